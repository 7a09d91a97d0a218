import { type Day, daysBetween } from '../agenda/day.ts'
import type { ReturnCard, ReturnCode } from './return-card.ts'

/** Days for which something that was told leaves its place to what was not: two weeks of visits to other accounts. */
export const REST_DAYS = 14

/** News of the very account that was visited: never heard before, whatever was told of others. */
const OF_ACCOUNT: ReadonlySet<ReturnCode> = new Set(['REMINDER_SET', 'PRIORITY_SOONER', 'PRIORITY_LATER'])

/** Told at most so many of, the latest kept: what does not fit may be told again. */
const TOLD_MOST = 100

/** What a report's save told, and on which day. */
export type Told = { readonly key: string; readonly day: Day; readonly reportId: string }

/** When a card said the same last within its rest, as a place among all that was told: larger is later. null: not lately. */
export type ToldAt = (card: ReturnCard) => number | null

/** The same sentence with other figures is the same: what it is about, what it says, and of which answer. */
const keyOf = ({ fieldId, kind, code, answer }: ReturnCard): string =>
  [fieldId, kind, code, JSON.stringify(answer)].join('|')

/** Of what other reports told: a report that is looked at again tells what it told. */
export function toldIn(told: readonly Told[], today: Day, reportId: string): ToldAt {
  const last = new Map<string, number>()
  for (const [at, one] of told.entries())
    if (one.reportId !== reportId && daysBetween(one.day, today) < REST_DAYS) last.set(one.key, at)
  return (card) => (OF_ACCOUNT.has(card.code) ? null : (last.get(keyOf(card)) ?? null))
}

/** With one more that was told, latest last; once a report. */
export const withTold = (
  told: readonly Told[],
  card: ReturnCard,
  at: Pick<Told, 'day' | 'reportId'>,
): readonly Told[] =>
  [...told.filter(({ reportId }) => reportId !== at.reportId), { key: keyOf(card), ...at }].slice(-TOLD_MOST)
