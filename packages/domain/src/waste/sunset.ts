import { addDays, type Day } from '../agenda/day.ts'

/** From the proposal until a question is no longer asked, if nobody answers. */
export const SUNSET_DAYS = 30
/** Of these, the last ones are announced again. */
export const WARNED_DAYS = 7
/** How long a question that its owner kept is left alone. */
export const KEPT_DAYS = 180

/** A proposal to stop asking a question that gives nothing back, as long as it stands. */
export type Sunset = {
  readonly fieldId: string
  readonly proposedOn: Day
  readonly warnedOn: Day | null
}

/** The last day on which a question is asked, if nobody answers; a warning is never later than its days before. */
export const lastDayOf = ({ proposedOn, warnedOn }: Omit<Sunset, 'fieldId'>): Day => {
  const planned = addDays(proposedOn, SUNSET_DAYS)
  // Whoever was warned late, because nothing ran, still has his days.
  const warned = warnedOn === null ? null : addDays(warnedOn, WARNED_DAYS)
  return warned !== null && warned > planned ? warned : planned
}

export type SunsetPlan = {
  readonly propose: readonly string[]
  readonly warn: readonly string[]
  readonly retire: readonly string[]
  /** Proposals that fell: the question gave something back after all, or is no longer asked. */
  readonly drop: readonly string[]
}

/**
 * What is to be done today. `unused`: questions that gave nothing back for three months; `kept`: the day on which the
 * owner of a question said last that it stays. Nothing is retired on the day of its warning, however late that comes.
 */
export function planSunsets(
  today: Day,
  {
    unused,
    standing,
    kept,
  }: {
    readonly unused: ReadonlySet<string>
    readonly standing: readonly Sunset[]
    readonly kept: ReadonlyMap<string, Day>
  },
): SunsetPlan {
  const proposed = new Set(standing.map(({ fieldId }) => fieldId))
  const isLeftAlone = (fieldId: string) => {
    const day = kept.get(fieldId)
    return day !== undefined && today < addDays(day, KEPT_DAYS)
  }
  const idle = standing.filter(({ fieldId }) => unused.has(fieldId))
  const ids = (of: readonly Sunset[]) => of.map(({ fieldId }) => fieldId)
  return {
    propose: [...unused].filter((fieldId) => !proposed.has(fieldId) && !isLeftAlone(fieldId)),
    warn: ids(
      idle.filter(
        ({ proposedOn, warnedOn }) =>
          warnedOn === null && today >= addDays(proposedOn, SUNSET_DAYS - WARNED_DAYS),
      ),
    ),
    retire: ids(idle.filter((sunset) => sunset.warnedOn !== null && today > lastDayOf(sunset))),
    drop: ids(standing.filter(({ fieldId }) => !unused.has(fieldId))),
  }
}
