import type { Distribution } from '@fieldback/api/analytics/distribution'
import type { Place } from '@fieldback/api/analytics/place'
import type { Trend } from '@fieldback/api/analytics/trend'
import type { AskedMeasure, View } from '@fieldback/domain/analytics/address'
import type { Figure, Findings, PlaceRef } from '@fieldback/domain/analytics/findings'

/**
 * A branch stands beside the level above it even for who may not read that level: then only its shares are told, of five
 * people or more, and none that is narrowed. What such a question is in the procedures that tell them; null for any other.
 */
export function aboveMeasure(
  view: View,
  place: Place | undefined,
  measure: AskedMeasure | null,
): { of: 'orders' } | { of: 'answer'; fieldId: string; bucket: string } | null {
  const above = place?.line.at(-2)
  const narrowed = view.filters.length > 0 || view.outcomes.length > 0 || view.kind !== null
  if (!above || above.open || narrowed || !measure) return null
  if (measure.of === 'outcome') return measure.outcome === 'order' ? { of: 'orders' } : null
  if (measure.of !== 'share' || measure.bucket === null) return null
  return { of: 'answer', fieldId: measure.fieldId, bucket: measure.bucket }
}

const share = (value: number | null | undefined): Figure | null =>
  value === null || value === undefined
    ? null
    : { value, low: null, high: null, k: null, n: 0, people: null, between: null, hidden: null }

function beside(
  findings: Findings,
  place: PlaceRef,
  at: (key: string) => number | null | undefined,
): Findings {
  const rows = findings.rows.map((row) => ({ ...row, before: share(at(row.at[0] ?? '')) }))
  return { ...findings, comparedPlace: place, rows }
}

/** Months with the shares of the level above beside them. */
export const monthsBeside = (findings: Findings, trend: Trend | undefined): Findings =>
  trend?.reference
    ? beside(
        findings,
        trend.reference.place,
        (month) => trend.reference?.rates[trend.months.indexOf(month)]?.share,
      )
    : findings

/** Answers with the shares of the level above beside them. */
export const answersBeside = (findings: Findings, told: Distribution | undefined): Findings =>
  told?.reference && told.field.id === findings.measured?.id
    ? beside(
        findings,
        told.reference.place,
        (bucket) => told.buckets.find((one) => one.bucket === bucket)?.above,
      )
    : findings
