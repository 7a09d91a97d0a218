import type { AskedMeasure } from '@fieldback/domain/analytics/address'
import type { BucketLabel } from '@fieldback/domain/analytics/bucket'
import type { NamedField } from '@fieldback/domain/analytics/findings'
import type { Formats } from '@fieldback/i18n/format'
import type { AnalyticsText } from './use-figures.ts'
import { bucketText, inLocale } from './words.ts'

export type Subject = {
  readonly measure: AskedMeasure
  /** The question measured; null for reports. */
  readonly field: Pick<NamedField, 'label'> | null
  /** The one of its answers that is measured. */
  readonly answer: BucketLabel | null
}

/** "Concurrent en place : Frimat", "Effectif, moyenne", "Comptes rendus qui finissent par une commande". */
export function subjectText(
  { measure, field, answer }: Subject,
  text: AnalyticsText,
  formats: Formats,
): string {
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
