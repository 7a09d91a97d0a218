import type { DayBound } from '@fieldback/domain/field/field-spec'

export const BOUND_KINDS = ['none', 'day', 'before', 'same', 'after'] as const

/** A limit of days as it is being written: a fixed day, or how far from the visit. */
export type DayBoundDraft = {
  readonly kind: (typeof BOUND_KINDS)[number]
  readonly day: string
  /** How many, before or after the visit. */
  readonly days: string
}

export const NO_BOUND: DayBoundDraft = { kind: 'none', day: '', days: '' }

export function draftBound(bound: DayBound | undefined): DayBoundDraft {
  if (bound?.day !== undefined) return { ...NO_BOUND, kind: 'day', day: bound.day }
  const days = bound?.days
  if (days === undefined) return NO_BOUND
  return days === 0
    ? { ...NO_BOUND, kind: 'same' }
    : { ...NO_BOUND, kind: days < 0 ? 'before' : 'after', days: String(Math.abs(days)) }
}

/** A kind is chosen, and neither the day nor how many are said. */
export const isHalfSaid = (draft: DayBoundDraft): boolean =>
  draft.kind !== 'none' && boundOf(draft) === undefined

/** A hundred years. */
const DAYS_MOST = 36_500

/** Nothing until it is all said. */
export function boundOf({ kind, day, days }: DayBoundDraft): DayBound | undefined {
  if (kind === 'none') return undefined
  if (kind === 'day') return day === '' ? undefined : { day }
  if (kind === 'same') return { days: 0 }
  const count = /^\d{1,5}$/.test(days.trim()) ? Math.min(Number(days), DAYS_MOST) : null
  return count === null ? undefined : { days: kind === 'before' ? -count : count }
}
