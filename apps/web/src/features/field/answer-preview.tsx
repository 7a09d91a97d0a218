'use client'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { Chip } from '@fieldback/ui/chip'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Select } from '@fieldback/ui/select'
import { Stepper } from '@fieldback/ui/stepper'
import { TextArea } from '@fieldback/ui/text-area'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { DaysLine, RarePreview } from './rare-preview.tsx'

const CHIPS_MOST = 5

type AnswerPreviewProps = {
  readonly spec: FieldSpec
  /** Of the visit. */
  readonly day: string
  readonly labelledBy: string
  /** Of a preview that may be played with; undefined: not answered. */
  readonly value?: AnswerValue | undefined
  readonly onChange?: (value: AnswerValue | undefined) => void
}

/** The control that the phone gives to a type. */
export function AnswerPreview({ spec, day, labelledBy, value, onChange }: AnswerPreviewProps) {
  const formats = useFormats()
  const text = useTranslations('field')
  const label = useLabel()
  const offered = spec.options
    .filter((option) => !option.retired)
    .map((option) => ({ value: option.id, label: label(option.label) }))
  switch (spec.type) {
    case 'yes_no':
      return (
        <ChipGroup
          labelledBy={labelledBy}
          value={value === undefined ? [] : [value === null ? 'unknown' : value ? 'yes' : 'no']}
          options={yesNo()}
          onChange={([next]) =>
            onChange?.(next === undefined ? undefined : next === 'unknown' ? null : next === 'yes')
          }
        />
      )
    case 'single_choice':
      if (offered.length > CHIPS_MOST)
        return (
          <Select
            aria-labelledby={labelledBy}
            value={typeof value === 'string' ? value : ''}
            options={[{ value: '', label: text('answer.none') }, ...(onChange ? offered : [])]}
            onChange={(next) => onChange?.(next || undefined)}
          />
        )
      return (
        <ChipGroup
          labelledBy={labelledBy}
          value={typeof value === 'string' ? [value] : []}
          options={offered}
          onChange={([next]) => onChange?.(next)}
        />
      )
    case 'multiple_choice':
      return (
        <ChipGroup
          multiple
          labelledBy={labelledBy}
          value={Array.isArray(value) ? value : []}
          options={offered}
          onChange={(next) => onChange?.(next.length > 0 ? next : undefined)}
        />
      )
    case 'integer':
    case 'decimal':
      return (
        <div className="flex flex-wrap items-center gap-2">
          <Stepper
            value={typeof value === 'number' ? value : null}
            onChange={(next) => onChange?.(next ?? undefined)}
            labelledBy={labelledBy}
            unit={spec.unit}
            min={spec.min}
            max={spec.max}
            decreaseLabel={text('decrease')}
            increaseLabel={text('increase')}
          />
          <Chip pressed={value === null}>{text('answer.unknown')}</Chip>
        </div>
      )
    case 'computed':
      return (
        <output aria-labelledby={labelledBy} className="block text-heading tabular-nums">
          {typeof value === 'number'
            ? `${formats.number(value, spec.decimals ?? 2)}${spec.unit ? `\u00a0${spec.unit}` : ''}`
            : '–'}
        </output>
      )
    case 'date':
      return (
        <div className="grid gap-2">
          <div className="flex flex-wrap items-center gap-2">
            <TextInput type="date" aria-labelledby={labelledBy} {...typed()} />
            <Chip pressed={value === null}>{text('answer.unknown')}</Chip>
          </div>
          <DaysLine spec={spec} day={day} />
        </div>
      )
    case 'short_text':
      return <TextInput aria-labelledby={labelledBy} {...typed()} />
    case 'long_text':
      return <TextArea aria-labelledby={labelledBy} {...typed()} />
    default:
      return <RarePreview spec={spec} day={day} labelledBy={labelledBy} />
  }

  /** Nothing where the preview is not played with: the control then keeps what is typed to itself. */
  function typed() {
    if (!onChange) return {}
    return {
      value: typeof value === 'string' ? value : '',
      onChange: (event: { target: { value: string } }) => onChange(event.target.value || undefined),
    }
  }

  function yesNo() {
    return (['yes', 'no', 'unknown'] as const).map((value) => ({ value, label: text(`answer.${value}`) }))
  }
}
