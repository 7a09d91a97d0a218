import { bucketLabelParts } from '../analytics/bucket.ts'
import { CASES_MIN } from '../analytics/group-size.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { Said } from './return-card.ts'
import type { Trend } from './trend.ts'
import { type TrendAboveInput, trendAbove } from './trend-above.ts'

/** Where a trend is read: what is around it, for the place above. */
export type TrendPlace = Omit<TrendAboveInput, 'field' | 'bucket'>

/** A trend as the sentence, figures and picture of a card, with the place above in the picture. */
export function trendSaid(found: Trend, field: EffectiveField, around: TrendPlace): Said {
  if (found.verdict === 'too_few') {
    const { have, need } = found
    return {
      code: 'TREND_PROGRESS',
      params: { have, need, missing: need - have },
      evidence: [{ code: 'CASES', n: have, of: need }],
    }
  }
  const { verdict, last, before, bucket, points } = found
  return {
    code: verdict === 'higher' ? 'TREND_UP' : verdict === 'lower' ? 'TREND_DOWN' : 'TREND_STEADY',
    params: { lastShare: last.share, beforeShare: before.share, lastN: last.n, beforeN: before.n },
    answer: bucketLabelParts(field.spec, bucket),
    evidence: [
      { code: 'LAST_DAYS', n: last.k, of: last.n },
      { code: 'DAYS_BEFORE', n: before.k, of: before.n },
    ],
    proof: {
      kind: 'line',
      shares: points.map(({ k, n }) => (n < CASES_MIN ? null : k / n)),
      from: points.map(({ from }) => from),
      k: last.k + before.k,
      n: last.n + before.n,
      above: trendAbove({ ...around, field, bucket }),
    },
  }
}
