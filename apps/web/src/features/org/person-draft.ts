import type { Role } from '@fieldback/domain/access/permissions'
import { normaliseEmail } from '@fieldback/domain/account/normalise'
import { PERSON_NAME_MAX } from '@fieldback/domain/org/founding'
import { nameFromAddress } from './name-from-address.ts'

/** A line of the form; `placeId` is empty until a place is chosen. */
export type PersonDraft = {
  readonly key: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly placeId: string
}

export type RowFault = {
  readonly at: 'email' | 'name' | 'place'
  readonly code: 'wrongEmail' | 'twice' | 'wrongName' | 'longName' | 'noPlace'
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

/**
 * Where somebody works, empty while it has to be chosen: a rep is never given the whole country by default, those who
 * look after all of it are. `places` begins with the national territory.
 */
export function placeOf(
  { placeId, role }: Pick<PersonDraft, 'placeId' | 'role'>,
  places: readonly { readonly id: string }[],
): string {
  const wide = role === 'headquarters' || role === 'administrator' || places.length === 1
  return placeId || (wide ? (places[0]?.id ?? '') : '')
}

/** What keeps a line from being sent, given the lines above it and the places; null when nothing does. */
export function rowFault(
  row: PersonDraft,
  above: readonly PersonDraft[],
  places: readonly { readonly id: string }[],
): RowFault | null {
  const email = normaliseEmail(row.email)
  if (email === null) return { at: 'email', code: 'wrongEmail' }
  if (above.some((other) => normaliseEmail(other.email) === email)) return { at: 'email', code: 'twice' }
  if (row.name.trim() === '') return { at: 'name', code: 'wrongName' }
  if (row.name.trim().length > PERSON_NAME_MAX) return { at: 'name', code: 'longName' }
  return placeOf(row, places) === '' ? { at: 'place', code: 'noPlace' } : null
}
