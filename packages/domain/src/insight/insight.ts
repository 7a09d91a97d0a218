import type { Month, Period } from '../analytics/period.ts'
import type { ToldOutcome } from './count-grid.ts'
import type { Factor } from './factor-counts.ts'
import type { Rate } from './wilson.ts'

/**
 * `association`: an answer, a delay or a frequency with an outcome. `sister`: a territory's outcomes beside those of
 * its sisters. `anomaly`: its last month beside its own past. `cold`: accounts unseen for longer than their own rhythm.
 * `lookalike`: accounts not yet won with the profile of won ones.
 */
export type InsightKind = 'association' | 'sister' | 'anomaly' | 'cold' | 'lookalike'

/** Who `there` is. */
export type Compared = 'other_answers' | 'other_accounts' | 'sisters' | 'own_past' | 'own_rhythm'

/** How strong, within strata: odds ratio with its 95 % interval, and difference of shares. */
export type Effect = {
  readonly odds: number
  readonly low: number
  readonly high: number
  readonly difference: number
}

/** Accounts that are named at most. */
export const NAMED_MOST = 50

/** What is said: who, what and on what evidence. Ids and counts only; i18n (insight-words) writes the sentence. */
export type InsightClaim = {
  readonly kind: InsightKind
  readonly territoryId: string
  readonly factor: Factor
  /** Null where no answer is in it. */
  readonly bucket: string | null
  /** Null where the share is of an answer, or of accounts. */
  readonly outcome: ToldOutcome | null
  /** The month that stands out; null for other kinds. */
  readonly month: Month | null
  readonly compared: Compared
  readonly period: Period
}

export type InsightEvidence = {
  readonly direction: 'more' | 'less'
  readonly here: Rate
  readonly there: Rate
  readonly effect: Effect
  /** Before correction for the number of tests. */
  readonly p: number
  /** How much more such counts differ than by chance, of all that the question's homes say; absent where that is not looked at. */
  readonly varied?: number | undefined
  /** Cases that go with it at least: the lower end of the difference, times those concerned. What ranks. */
  readonly usefulness: number
  /** Those concerned, as many as are named: of `cold` the latest first, of `lookalike` those unseen for longest. */
  readonly accounts: readonly string[]
}

export type Insight = InsightClaim & InsightEvidence & { readonly key: string }

/** Letters of a key, with room to spare: ids, a bucket, a month. */
export const INSIGHT_KEY_MAX = 300

/** The same claim has the same key at every run; a month that stands out is a claim of its own. */
export const keyOfClaim = (
  { kind, territoryId, factor, bucket, outcome, month }: InsightClaim,
  direction: InsightEvidence['direction'],
): string =>
  [
    kind,
    territoryId,
    factor.kind,
    'fieldId' in factor ? factor.fieldId : '',
    bucket ?? '',
    outcome ?? '',
    month ?? '',
    direction,
  ].join('|')
