import type { Role } from '@fieldback/domain/access/permissions'
import type { ChosenPlace } from './place-field.tsx'

/** A role being given. */
export type RoleDraft = {
  readonly key: number
  readonly role: Role
  readonly place: ChosenPlace | null
  readonly validFrom: string
  /** Empty: no end planned. */
  readonly validTo: string
}

export const newRole = (key: number, day: string): RoleDraft => ({
  key,
  role: 'rep',
  place: null,
  validFrom: day,
  validTo: '',
})
