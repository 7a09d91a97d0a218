import { periodFault } from '@fieldback/domain/access/period-fault'
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

/** Whether it can be given: somewhere, and on days that can be. */
export const isWhole = (draft: RoleDraft, day: string): boolean =>
  draft.place !== null && periodFault(draft, day) === null

export const newRole = (key: number, day: string): RoleDraft => ({
  key,
  role: 'rep',
  place: null,
  validFrom: day,
  validTo: '',
})
