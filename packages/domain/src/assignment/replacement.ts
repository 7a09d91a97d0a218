import { periodFault } from '../access/period-fault.ts'
import type { DatedGrant } from '../access/scope.ts'
import type { Day } from '../agenda/day.ts'
import type { ErrorCode, ErrorParams } from '../errors.ts'

/** Somebody takes another's places; days are YYYY-MM-DD, both inclusive. */
export type Replacement = {
  readonly id: string
  readonly absentId: string
  readonly substituteId: string
  readonly validFrom: Day
  readonly validTo: Day
}

type Asked = Omit<Replacement, 'id'>
type Period = { readonly validFrom: Day; readonly validTo: Day | null }
type Fault = { readonly code: ErrorCode; readonly params: ErrorParams }

/**
 * What is wrong with a replacement, beside those that stand. Whoever is away has one substitute a day, and a substitute is
 * not away himself those days; one who replaces somebody may be replaced in turn, in his own places alone. Days, the same
 * person twice (INVALID_INPUT), REPLACEMENT_OVERLAPS with the days of the other, REPLACEMENT_SUBSTITUTE_AWAY.
 */
export function replacementFault(asked: Asked, standing: readonly Replacement[], today: Day): Fault | null {
  const { absentId, substituteId, validFrom } = asked
  if (absentId === substituteId) return { code: 'INVALID_INPUT', params: { what: 'substitute' } }
  if (periodFault(asked, today)) return { code: 'ASSIGNMENT_DATES', params: { from: validFrom, today } }
  const those = standing.filter((other) => meeting(other, asked) !== null)
  const twice = those.find((other) => other.absentId === absentId)
  if (twice) return { code: 'REPLACEMENT_OVERLAPS', params: { from: twice.validFrom, to: twice.validTo } }
  const away = those.find((other) => other.absentId === substituteId)
  return away
    ? { code: 'REPLACEMENT_SUBSTITUTE_AWAY', params: { from: away.validFrom, to: away.validTo } }
    : null
}

/** The days that two periods share; null when they share none. */
export function meeting(a: Period, b: Period): { validFrom: Day; validTo: Day | null } | null {
  const [, validFrom = a.validFrom] = [a.validFrom, b.validFrom].sort()
  const ends = [a.validTo, b.validTo].filter((day): day is Day => day !== null).sort()
  const validTo = ends[0] ?? null
  return validTo !== null && validTo < validFrom ? null : { validFrom, validTo }
}

/** A place of somebody who is away; `replacesId` null: his own, and not one that he holds in place of another. */
export type HeldPlace = DatedGrant & { readonly replacesId: string | null }

/**
 * What passes to a substitute: each place that is the absent person's own on some of those days, for these days. What he
 * holds in place of another does not: that other is told whom he has.
 */
export const placesPassedOn = (
  held: readonly HeldPlace[],
  period: { readonly validFrom: Day; readonly validTo: Day },
): (HeldPlace & { readonly validTo: Day })[] =>
  held.flatMap((place) => {
    const days = place.replacesId === null ? meeting(place, period) : null
    return days === null
      ? []
      : [{ ...place, validFrom: days.validFrom, validTo: days.validTo ?? period.validTo }]
  })

/** For whom somebody stands in at an account, by a place that passed to him, and on which days. */
export type StandIn = {
  readonly absentId: string
  readonly accountId: string
  readonly validFrom: Day
  readonly validTo: Day
}

type Promised = { readonly assigneeId: string; readonly accountId: string }

/** Whether somebody may settle what another promised, on a day: he stands in for him there. */
export const standsInFor = (
  standIns: readonly StandIn[],
  { assigneeId, accountId }: Promised,
  day: Day,
): boolean =>
  standIns.some(
    (one) =>
      one.absentId === assigneeId &&
      one.accountId === accountId &&
      one.validFrom <= day &&
      day <= one.validTo,
  )
