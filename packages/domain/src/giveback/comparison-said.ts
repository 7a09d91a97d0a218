import { bucketLabelParts } from '../analytics/bucket.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { Comparison } from './comparison.ts'
import type { EvidenceLine, Said } from './return-card.ts'

/** A comparison as the sentence, figures and picture of a card. */
export function comparisonSaid(found: Comparison, field: EffectiveField): Said {
  if (found.verdict === 'too_few') {
    const { have, need, side } = found
    if (have >= need) return { code: 'COMPARISON_READY', params: { have } }
    return {
      code: 'COMPARISON_PROGRESS',
      params: { have, need, missing: need - have, side },
      evidence: [{ code: 'CASES', n: have, of: need }],
    }
  }
  const { here } = found
  if (found.verdict === 'here_only') {
    return {
      code: 'COMPARISON_HERE',
      params: { hereShare: here.share, hereK: here.k, hereN: here.n },
      evidence: [{ code: 'HERE', n: here.k, of: here.n }],
      proof: {
        kind: 'bars',
        totals: { here: here.n, there: null },
        bars: found.bars.map((bar) => ({
          ...bar,
          label: bucketLabelParts(field.spec, bar.bucket),
          mark: bar.bucket === found.bucket,
        })),
      },
    }
  }
  return verdictSaid(found)
}

function verdictSaid(found: Extract<Comparison, { readonly there: unknown }>): Said {
  const { here, there, verdict, basis, reference, asOf } = found
  const codes = CODES[basis]
  const lines: readonly EvidenceLine[] = [
    { code: basis === 'place' ? 'HERE' : 'WITH_ANSWER', n: here.k, of: here.n },
    { code: basis === 'place' ? 'THERE' : 'WITH_OTHERS', n: there.k, of: there.n },
  ]
  return {
    code: codes[verdict],
    params: {
      hereShare: here.share,
      thereShare: there.share,
      hereN: here.n,
      thereN: there.n,
      ...(reference ? { place: reference.name } : {}),
    },
    evidence: lines,
    proof: {
      kind: 'intervals',
      rows: [
        { side: 'here', rate: here },
        { side: 'there', rate: there },
      ],
    },
    asOf,
  }
}

const CODES = {
  place: {
    higher: 'COMPARISON_PLACE_HIGHER',
    lower: 'COMPARISON_PLACE_LOWER',
    unclear: 'COMPARISON_PLACE_UNCLEAR',
  },
  outcome: {
    higher: 'COMPARISON_OUTCOME_HIGHER',
    lower: 'COMPARISON_OUTCOME_LOWER',
    unclear: 'COMPARISON_OUTCOME_UNCLEAR',
  },
} as const
