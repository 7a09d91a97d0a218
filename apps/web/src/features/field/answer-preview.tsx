'use client'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { Chip } from '@fieldback/ui/chip'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Select } from '@fieldback/ui/select'
import { Stepper } from '@fieldback/ui/stepper'
import { TextArea } from '@fieldback/ui/text-area'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { useLabel } from '../../client/use-label.ts'
import { RarePreview } from './rare-preview.tsx'

const CHIPS_MOST = 5

/** The control that the phone gives to a type, unanswered. */
export function AnswerPreview({ spec, labelledBy }: { spec: FieldSpec; labelledBy: string }) {
  const text = useTranslations('field')
  const label = useLabel()
  const offered = spec.options
    .filter((option) => !option.retired)
    .map((option) => ({ value: option.id, label: label(option.label) }))
  switch (spec.type) {
    case 'yes_no':
      return <ChipGroup labelledBy={labelledBy} value={[]} options={yesNo()} />
    case 'single_choice':
      if (offered.length > CHIPS_MOST)
        return (
          <Select
            aria-labelledby={labelledBy}
            value=""
            options={[{ value: '', label: text('answer.none') }]}
          />
        )
      return <ChipGroup labelledBy={labelledBy} value={[]} options={offered} />
    case 'multiple_choice':
      return <ChipGroup multiple labelledBy={labelledBy} value={[]} options={offered} />
    case 'integer':
    case 'decimal':
      return (
        <div className="flex flex-wrap items-center gap-2">
          <Stepper
            value={null}
            onChange={() => {}}
            labelledBy={labelledBy}
            unit={spec.unit}
            min={spec.min}
            max={spec.max}
            decreaseLabel={text('decrease')}
            increaseLabel={text('increase')}
          />
          <Chip pressed={false}>{text('answer.unknown')}</Chip>
        </div>
      )
    case 'date':
      return (
        <div className="flex items-center gap-2">
          <TextInput type="date" aria-labelledby={labelledBy} />
          <Chip pressed={false}>{text('answer.unknown')}</Chip>
        </div>
      )
    case 'short_text':
      return <TextInput aria-labelledby={labelledBy} />
    case 'long_text':
      return <TextArea aria-labelledby={labelledBy} />
    default:
      return <RarePreview spec={spec} labelledBy={labelledBy} />
  }

  function yesNo() {
    return (['yes', 'no', 'unknown'] as const).map((value) => ({ value, label: text(`answer.${value}`) }))
  }
}
