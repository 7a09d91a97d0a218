import type { Figure, Findings, NamedField } from '@fieldback/domain/analytics/findings'
import type { Measured } from '@fieldback/domain/analytics/question'
import type { RateVerdict } from '@fieldback/domain/insight/compare-rates'
import type { Formats } from '@fieldback/i18n/format'
import type { AnalyticsText } from './use-figures.ts'

/** How the numbers of an answer are written: of what, and in which unit. */
export type Unit = { readonly of: Measured['of']; readonly field: NamedField | null }

export const unitOf = (measure: Measured, { measured }: Pick<Findings, 'measured'>): Unit => ({
  of: measure.of,
  field: measured,
})

const RATES: readonly Measured['of'][] = ['share', 'outcome', 'fill']

/** A number from 0 to 1, read as a percentage. */
export const isPercent = ({ of }: Pick<Unit, 'of'>): boolean => RATES.includes(of)

/** "31 %", "1 042", "12,5 h", "1 250 €", "45 s". */
export function valueText(value: number, unit: Unit, formats: Formats): string {
  if (isPercent(unit)) return formats.percent(value)
  if (unit.of === 'count') return formats.number(value)
  if (unit.of === 'entry') return formats.duration(value)
  return numberText(value, unit, formats)
}

function numberText(value: number, { of, field }: Unit, formats: Formats): string {
  if (field?.type === 'money') {
    // Cents of an average say nothing beside hundreds.
    const round = Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100
    return formats.money(round, field.unit ?? '')
  }
  if (field?.type === 'duration') return formats.minutes(Math.round(value))
  const size = formats.number(value, of === 'sum' || Math.abs(value) >= 100 ? 0 : 1)
  return field?.unit ? `${size} ${field.unit}` : size
}

/** On a map or an axis, where the unit is said beside: "31", "1 042". */
export const shortValue = (value: number, unit: Unit, formats: Formats): string =>
  isPercent(unit)
    ? formats.number(value * 100)
    : valueText(value, { ...unit, field: shortField(unit) }, formats)

const shortField = ({ field }: Unit): NamedField | null =>
  field && (field.type === 'money' || field.type === 'duration') ? field : null

/** "28 à 34 %"; null for counts and sums, which have none. */
export function intervalText(
  { low, high }: Pick<Figure, 'low' | 'high'>,
  { unit, text, formats }: { unit: Unit; text: AnalyticsText; formats: Formats },
): string | null {
  if (low === null || high === null) return null
  const from = isPercent(unit) ? formats.number(low * 100) : valueText(low, unit, formats)
  return text('interval', { low: from, high: valueText(high, unit, formats) })
}

type Compared = {
  readonly now: Figure
  readonly before: Figure | null
  readonly verdict: RateVerdict | null
}

/**
 * "+ 4 pts", "+ 12 %", "stable" where the intervals touch; null without anything to compare with. Percentages move by points,
 * other numbers by a share of what they were.
 */
export function changeText(
  { now, before, verdict }: Compared,
  { unit, text, formats }: { unit: Unit; text: AnalyticsText; formats: Formats },
): string | null {
  if (now.value === null || !before || before.value === null) return null
  if (verdict === 'unclear') return text('change.stable')
  if (isPercent(unit)) {
    const points = Math.round((now.value - before.value) * 100)
    return text('change.points', { count: Math.abs(points), points: formats.change(points) })
  }
  if (before.value === 0) return null
  return text('change.share', { share: formats.change((now.value / before.value - 1) * 100) })
}
