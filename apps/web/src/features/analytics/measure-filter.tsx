'use client'
import type { CountedField } from '@fieldback/api/analytics/place'
import { type AskedMeasure, REPORTS } from '@fieldback/domain/analytics/address'
import { type FieldMeasure, measureOf, measuresOf } from '@fieldback/domain/analytics/question-of-view'
import { OUTCOMES, type Outcome } from '@fieldback/domain/report/report'
import { bucketText } from '@fieldback/i18n/figure-words'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Select } from '@fieldback/ui/select'
import { useLocale } from 'next-intl'
import { useFormats, useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { fieldText } from './words.ts'

type Props = {
  fields: readonly CountedField[]
  field: CountedField | null
  measure: AskedMeasure
  answers: CountedField['answers']
}

const REPORTS_KEY = 'reports'
const outcomeOf = (key: string): Outcome | undefined =>
  OUTCOMES.find((outcome) => key === `outcome.${outcome}`)

/** What is measured: reports, how they end, or a question, each with the place that asks it; then how, and which answer. */
export function MeasureFilter({ fields, field, measure, answers }: Props) {
  const text = useText()
  const locale = useLocale()
  const formats = useFormats()
  const { change } = useView()
  const set = (next: AskedMeasure | null) => change({ measure: next, sort: null, cross: null })
  const choose = (key: string) => {
    const outcome = outcomeOf(key)
    if (key === REPORTS_KEY) return set(REPORTS)
    if (outcome) return set({ of: 'outcome', outcome })
    const chosen = fields.find(({ id }) => id === key)
    const [first] = chosen ? measuresOf(chosen) : []
    if (chosen && first) set(measureOf(chosen, first))
  }
  const bucket = 'bucket' in measure ? measure.bucket : null
  return (
    <>
      <Select
        label={text('measure.label')}
        lead={field && <LevelMark rank={field.owner.rank} size={16} label={field.owner.name} />}
        value={field?.id ?? (measure.of === 'outcome' ? `outcome.${measure.outcome}` : REPORTS_KEY)}
        onChange={choose}
        className="max-w-full"
        options={[
          { value: REPORTS_KEY, label: text('measure.reports') },
          ...OUTCOMES.map((outcome) => ({
            value: `outcome.${outcome}`,
            label: text('measure.outcome', { outcome }),
          })),
          ...fields.map((one) => ({
            value: one.id,
            label: text('measure.field', {
              field: fieldText(one, locale),
              place: one.owner.name,
              of: one.entity,
              retired: one.retired ? 'yes' : 'no',
              concept: one.concept ? 'yes' : 'no',
            }),
          })),
        ]}
      />
      {field && measure.of !== 'outcome' && (
        <Select
          label={text('measure.how')}
          value={measure.of}
          onChange={(of) => set(measureOf(field, of as FieldMeasure))}
          options={measuresOf(field).map((of) => ({ value: of, label: text(`measure.of.${of}`) }))}
        />
      )}
      {field && (measure.of === 'share' || measure.of === 'count') && answers.length > 0 && (
        <Select
          label={text('measure.answer')}
          value={bucket ?? ''}
          onChange={(chosen) => set(measureOf(field, measure.of as FieldMeasure, chosen || null))}
          options={[
            ...(measure.of === 'count' ? [{ value: '', label: text('measure.all') }] : []),
            ...answers.map((one) => ({ value: one.bucket, label: bucketText(one.label, text, formats) })),
          ]}
        />
      )}
    </>
  )
}
