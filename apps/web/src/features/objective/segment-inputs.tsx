'use client'
import type { ObjectiveSegment } from '@fieldback/domain/objective/objective'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Field } from '@fieldback/ui/field'
import { Segmented } from '@fieldback/ui/segmented'
import { Select } from '@fieldback/ui/select'
import { useTranslations } from 'next-intl'
import { useLabel } from '../../client/use-label.ts'
import type { Questions } from './objective.ts'

type Props = {
  readonly segment: ObjectiveSegment
  readonly questions: Questions
  readonly onChange: (segment: ObjectiveSegment) => void
}

/** Which accounts: of a kind, and with an answer. */
export function SegmentInputs({ segment, questions, onChange }: Props) {
  const text = useTranslations('objectiveDesk')
  const label = useLabel()
  const { kind, answer } = segment
  const question = questions.find(({ fieldId }) => fieldId === answer?.fieldId)
  const choose = (fieldId: string) => {
    const chosen = questions.find((one) => one.fieldId === fieldId)
    onChange({ kind, answer: chosen ? { fieldId, of: chosen.of, options: [] } : null })
  }
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-2 font-medium text-small">{text('form.who')}</legend>
      <div>
        <Segmented
          label={text('form.kind')}
          options={(['all', 'client', 'prospect'] as const).map((value) => ({
            value,
            label: text(`form.${value}`),
          }))}
          value={kind ?? 'all'}
          onChange={(next) => onChange({ ...segment, kind: next === 'all' ? null : next })}
        />
      </div>
      {questions.length > 0 && (
        <Field label={text('form.question')}>
          {(control) => (
            <Select
              {...control}
              value={answer?.fieldId ?? ''}
              options={[
                { value: '', label: text('form.anyAnswer') },
                ...questions.map((one) => ({ value: one.fieldId, label: label(one.label) })),
              ]}
              onChange={choose}
            />
          )}
        </Field>
      )}
      {answer && question && (
        <ChipGroup
          label={text('form.answers')}
          multiple
          options={
            question.options.length === 0
              ? [
                  { value: 'true', label: text('form.yes') },
                  { value: 'false', label: text('form.no') },
                ]
              : question.options.map((option) => ({ value: option.id, label: label(option.label) }))
          }
          value={answer.options}
          onChange={(options) => onChange({ kind, answer: { ...answer, options: [...options] } })}
        />
      )}
    </fieldset>
  )
}
