import { type Day, daysBetween } from '../agenda/day.ts'
import type { ReturnCard, ReturnCode } from './return-card.ts'

/**
 * Days for which something that was told leaves its place to what was not. What is clear is worth hearing once a working week;
 * that a difference is none, or that nothing has changed, once a month.
 */
export const REST_DAYS = { clear: 5, other: 30 } as const
const CLEAR = /_(HIGHER|LOWER|UP|DOWN|FOUND|THRESHOLD)$/
const restOf = (code: ReturnCode): number => (CLEAR.test(code) ? REST_DAYS.clear : REST_DAYS.other)

/** News of the very account that was visited: never heard before, whatever was told of others. */
const OF_ACCOUNT: ReadonlySet<ReturnCode> = new Set(['REMINDER_SET', 'PRIORITY_SOONER', 'PRIORITY_LATER'])

/** Told at most so many of, the latest kept: what does not fit may be told again. */
const TOLD_MOST = 200

/** What a report's save told, and on which day. */
export type Told = { readonly key: string; readonly day: Day; readonly reportId: string }

/** When a card said the same last within its rest, as a place among all that was told: larger is later. null: not lately. */
export type ToldAt = (card: ReturnCard) => number | null

/** The same sentence with other figures is the same: what it is about, what it says, and of which answer. */
const keyOf = ({ fieldId, kind, code, answer }: ReturnCard): string =>
  [fieldId, kind, code, JSON.stringify(answer)].join('|')

/** Of what other reports told: a report that is looked at again tells what it told. */
export function toldIn(told: readonly Told[], today: Day, reportId: string): ToldAt {
  const last = new Map<string, { readonly at: number; readonly days: number }>()
  for (const [at, { key, day, reportId: of }] of told.entries())
    if (of !== reportId) last.set(key, { at, days: daysBetween(day, today) })
  return (card) => {
    const same = OF_ACCOUNT.has(card.code) ? undefined : last.get(keyOf(card))
    return same && same.days < restOf(card.code) ? same.at : null
  }
}

/** With one more that was told, latest last; once a report. */
export const withTold = (
  told: readonly Told[],
  card: ReturnCard,
  at: Pick<Told, 'day' | 'reportId'>,
): readonly Told[] =>
  [...told.filter(({ reportId }) => reportId !== at.reportId), { key: keyOf(card), ...at }].slice(-TOLD_MOST)
