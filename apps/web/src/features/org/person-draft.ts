import type { Role } from '@fieldback/domain/access/permissions'
import { normaliseEmail } from '@fieldback/domain/account/normalise'
import { PERSON_NAME_MAX } from '@fieldback/domain/org/founding'
import { nameFromAddress } from './name-from-address.ts'

/** A line of the form; `placeId` is empty for the national territory. */
export type PersonDraft = {
  readonly key: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly placeId: string
}

export type RowFault = {
  readonly at: 'email' | 'name'
  readonly code: 'wrongEmail' | 'twice' | 'wrongName' | 'longName'
}

export const emptyRow = (): PersonDraft => ({
  key: crypto.randomUUID(),
  email: '',
  name: '',
  role: 'rep',
  placeId: '',
})

export const isEmptyRow = ({ email, name }: PersonDraft): boolean => email.trim() === '' && name.trim() === ''

/** Another address; the name follows it as long as it is the one that was proposed. */
export function withAddress(row: PersonDraft, email: string): Pick<PersonDraft, 'email' | 'name'> {
  const proposed = row.name === (nameFromAddress(row.email) ?? '')
  return { email, name: proposed ? (nameFromAddress(email) ?? '') : row.name }
}

/** What keeps a line from being sent, given the lines above it; null when nothing does. */
export function rowFault(row: PersonDraft, above: readonly PersonDraft[]): RowFault | null {
  const email = normaliseEmail(row.email)
  if (email === null) return { at: 'email', code: 'wrongEmail' }
  if (above.some((other) => normaliseEmail(other.email) === email)) return { at: 'email', code: 'twice' }
  if (row.name.trim() === '') return { at: 'name', code: 'wrongName' }
  return row.name.trim().length > PERSON_NAME_MAX ? { at: 'name', code: 'longName' } : null
}
