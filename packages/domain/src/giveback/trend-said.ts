import { bucketLabelParts } from '../analytics/bucket.ts'
import { CASES_MIN } from '../analytics/group-size.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { Said } from './return-card.ts'
import type { Trend } from './trend.ts'

/** A trend as the sentence, figures and picture of a card. */
export function trendSaid(found: Trend, field: EffectiveField): Said {
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
    },
  }
}
