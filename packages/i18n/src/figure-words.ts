import type { AskedMeasure } from '@fieldback/domain/analytics/address'
import type { BucketLabel } from '@fieldback/domain/analytics/bucket'
import type { Figure, Findings, NamedField } from '@fieldback/domain/analytics/findings'
import type { Period } from '@fieldback/domain/analytics/period'
import type { Measured } from '@fieldback/domain/analytics/question'
import type { Localised } from '@fieldback/domain/field/field-spec'
import type { RateVerdict } from '@fieldback/domain/insight/compare-rates'
import type { Formats } from './format.ts'
import type { MessageValues } from './icu.ts'

/** Says a text of the namespace `analytics`. */
export type SayFigure = (key: SaidKey, values?: MessageValues) => string
type SaidKey =
  | 'interval'
  | 'period.range'
  | `answer.${'yes' | 'no' | 'unknown' | 'from' | 'range' | 'rangeBefore'}`
  | `change.${'unclear' | 'points' | 'share'}`
  | 'explorer.subject'
  | 'subject.reports'
  | 'subject.countOf'
  | `subject.${Measured['of']}`

/** A label in the reader's language, French when it was not translated. */
export const inLocale = (label: Localised, locale: string): string =>
  (locale === 'en' ? label.en : undefined) ?? label.fr

/** What a bucket means: "Frimat", "oui", "de 10 à 14 ans", "mars 2027". */
export function bucketText(label: BucketLabel, text: SayFigure, formats: Formats): string {
  switch (label.kind) {
    case 'yes':
    case 'no':
    case 'unknown':
      return text(`answer.${label.kind}`)
    case 'option':
      return inLocale(label.label, formats.locale)
    case 'month':
      return formats.month(label.month, 'short')
    case 'other':
      return label.bucket
    case 'range':
      return rangeText(label, text, formats)
  }
}

function rangeText(
  { from, to, whole, unit: told, measure }: Extract<BucketLabel, { kind: 'range' }>,
  text: SayFigure,
  formats: Formats,
): string {
  const unit = measure ? null : told
  const number = (value: number) => {
    if (measure === 'money') return formats.money(value, told ?? '')
    if (measure === 'duration') return formats.minutes(value)
    // A year is not written 1 985.
    const year = whole && unit === null && value >= 1000 && value < 3000
    return year ? String(value) : formats.number(value, 6)
  }
  const size = unit === null ? '' : ` ${unit}`
  if (to === null) return text('answer.from', { from: `${number(from)}${size}` })
  if (whole && from === to) return `${number(from)}${size}`
  return text(whole ? 'answer.range' : 'answer.rangeBefore', {
    from: number(from),
    to: `${number(to)}${size}`,
  })
}

/** "sept. à nov. 2026", "novembre 2026". */
export function periodText({ from, to }: Period, text: SayFigure, formats: Formats): string {
  if (from === to) return formats.month(from)
  const first = formats.month(from, 'short')
  const sameYear = from.slice(0, 4) === to.slice(0, 4)
  return text('period.range', {
    from: sameYear ? first.replace(/\s*\d{4}$/, '') : first,
    to: formats.month(to, 'short'),
  })
}

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
  { unit, text, formats }: { unit: Unit; text: SayFigure; formats: Formats },
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
 * "+ 4 pts", "+ 12 %", "no clear difference" where the intervals touch; null without anything to compare with. Percentages move by points,
 * other numbers by a share of what they were.
 */
export function changeText(
  { now, before, verdict }: Compared,
  { unit, text, formats }: { unit: Unit; text: SayFigure; formats: Formats },
): string | null {
  if (now.value === null || !before || before.value === null) return null
  if (verdict === 'unclear') return text('change.unclear')
  if (isPercent(unit)) {
    const points = Math.round((now.value - before.value) * 100)
    return text('change.points', { count: Math.abs(points), points: formats.change(points) })
  }
  if (before.value === 0) return null
  return text('change.share', { share: formats.change((now.value / before.value - 1) * 100) })
}

export type Subject = {
  readonly measure: AskedMeasure
  /** The question measured; null for reports. */
  readonly field: Pick<NamedField, 'label'> | null
  /** The one of its answers that is measured. */
  readonly answer: BucketLabel | null
}

/** "Concurrent en place : Frimat", "Effectif, moyenne", "Comptes rendus qui finissent par une commande". */
export function subjectText({ measure, field, answer }: Subject, text: SayFigure, formats: Formats): string {
  if (measure.of === 'outcome') return text('subject.outcome', { outcome: measure.outcome })
  if (!field) return text('subject.reports')
  const label = inLocale(field.label, formats.locale)
  if (answer && (measure.of === 'share' || measure.of === 'count'))
    return text(measure.of === 'share' ? 'explorer.subject' : 'subject.countOf', {
      field: label,
      answer: bucketText(answer, text, formats),
    })
  return text(`subject.${measure.of}`, { field: label })
}
