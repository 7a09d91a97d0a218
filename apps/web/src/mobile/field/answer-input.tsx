'use client'
import type { FieldType } from '@fieldback/domain/field/field-spec'
import { LONG_TEXT_MAX, SHORT_TEXT_MAX } from '@fieldback/domain/field/types/text'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Select } from '@fieldback/ui/select'
import { Stepper } from '@fieldback/ui/stepper'
import { TextArea } from '@fieldback/ui/text-area'
import { TextInput } from '@fieldback/ui/text-input'
import { type ComponentType, Suspense } from 'react'
import { later } from '../later.tsx'
import { useLabel, usePhone } from '../phone.tsx'
import type { AnswerInputProps } from './answer-input-props.ts'
import { UnknownChip } from './unknown-chip.tsx'

const CHIPS_MOST = 5
const UNKNOWN = 'unknown'

const RareInput = later(() => import('./types/rare-input.tsx'))
// With the form, behind its first paint: a question of a later section may be reached without network.
void RareInput.fetch()

function RareQuestion(props: AnswerInputProps) {
  return (
    // As high as most of them, so that what follows does not jump.
    <Suspense fallback={<div className="h-13" />}>
      <RareInput {...props} />
    </Suspense>
  )
}

const INPUTS: Readonly<Record<FieldType, ComponentType<AnswerInputProps>>> = {
  yes_no: YesNoInput,
  single_choice: ChoiceInput,
  multiple_choice: ChoicesInput,
  integer: NumberInput,
  decimal: NumberInput,
  money: RareQuestion,
  duration: RareQuestion,
  rating: RareQuestion,
  date: DateInput,
  date_time: RareQuestion,
  short_text: WordsInput,
  long_text: WordsInput,
  phone: RareQuestion,
  email: RareQuestion,
  web_address: RareQuestion,
  postal_address: RareQuestion,
  position: RareQuestion,
  account_reference: RareQuestion,
  contact_reference: RareQuestion,
  list_reference: RareQuestion,
  photo: RareQuestion,
  computed: ComputedLine,
}

/** The right control for a question's type: chips before lists, steppers before keyboards. */
export function AnswerInput(props: AnswerInputProps) {
  // A phone that has not been opened since a release meets types it does not know: it leaves them unanswered.
  const Input: ComponentType<AnswerInputProps> | undefined = INPUTS[props.field.spec.type]
  return Input ? <Input {...props} /> : null
}

function YesNoInput({ value, onChange, asLast, labelledBy }: AnswerInputProps) {
  const text = usePhone().texts('field')
  const chosen = value === undefined ? [] : [value === null ? UNKNOWN : String(value)]
  const options = [
    { value: 'true', label: text('answer.yes') },
    { value: 'false', label: text('answer.no') },
    { value: UNKNOWN, label: text('answer.unknown') },
  ]
  const choose = ([next]: readonly string[]): void =>
    onChange(next === undefined ? undefined : next === UNKNOWN ? null : next === 'true')
  return (
    <ChipGroup
      options={options}
      value={chosen}
      onChange={choose}
      asLast={asLast}
      asLastLabel={text('asLast')}
      labelledBy={labelledBy}
    />
  )
}

function ChoiceInput({ field, value, onChange, asLast, labelledBy }: AnswerInputProps) {
  const text = usePhone().texts('field')
  const label = useLabel()
  const offered = field.spec.options.filter((option) => !option.retired || option.id === value)
  const options = offered.map((option) => ({ value: option.id, label: label(option.label) }))
  const chosen = typeof value === 'string' ? value : ''
  if (options.length <= CHIPS_MOST) {
    return (
      <ChipGroup
        options={options}
        value={chosen ? [chosen] : []}
        onChange={([next]) => onChange(next)}
        asLast={asLast}
        asLastLabel={text('asLast')}
        labelledBy={labelledBy}
      />
    )
  }
  return (
    <Select
      aria-labelledby={labelledBy}
      options={[{ value: '', label: text('answer.none') }, ...options]}
      value={chosen}
      onChange={(next) => onChange(next || undefined)}
    />
  )
}

function ChoicesInput({ field, value, onChange, asLast, labelledBy }: AnswerInputProps) {
  const text = usePhone().texts('field')
  const label = useLabel()
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  const offered = field.spec.options.filter((option) => !option.retired || chosen.includes(option.id))
  return (
    <ChipGroup
      multiple
      options={offered.map((option) => ({ value: option.id, label: label(option.label) }))}
      value={chosen}
      onChange={(next) => onChange(next.length > 0 ? next : undefined)}
      asLast={asLast}
      asLastLabel={text('asLast')}
      labelledBy={labelledBy}
    />
  )
}

function NumberInput(props: AnswerInputProps) {
  const { field, value, onChange, asLast, labelledBy } = props
  const text = usePhone().texts('field')
  const { min, max, unit, type } = field.spec
  const middle = min !== undefined && max !== undefined ? Math.round((min + max) / 2) : (min ?? 0)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Stepper
        value={typeof value === 'number' ? value : null}
        onChange={(next) => onChange(next ?? undefined)}
        min={min}
        max={max}
        step={type === 'integer' ? 1 : 0.5}
        start={middle}
        unit={unit}
        asLast={asLast}
        decreaseLabel={text('decrease')}
        increaseLabel={text('increase')}
        labelledBy={labelledBy}
      />
      <UnknownChip {...props} />
    </div>
  )
}

function DateInput(props: AnswerInputProps) {
  const { field, value, onChange, labelledBy } = props
  if (field.spec.earliest || field.spec.latest) return <RareQuestion {...props} />
  return (
    <div className="flex flex-wrap items-center gap-2">
      <TextInput
        type="date"
        className="min-w-40 flex-1"
        aria-labelledby={labelledBy}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
      <UnknownChip {...props} />
    </div>
  )
}

/** Follows the answers; nobody types it. */
function ComputedLine({ field, value, labelledBy }: AnswerInputProps) {
  const { texts, formats } = usePhone()
  const { unit, decimals = 2 } = field.spec
  return (
    <output aria-labelledby={labelledBy} className="block text-heading tabular-nums">
      {typeof value === 'number' ? (
        `${formats.number(value, decimals)}${unit ? `\u00a0${unit}` : ''}`
      ) : (
        <span className="text-body text-ink-2">{texts('field')('computed')}</span>
      )}
    </output>
  )
}

function WordsInput({ field, value, onChange, labelledBy }: AnswerInputProps) {
  const written = typeof value === 'string' ? value : ''
  const short = field.spec.type === 'short_text'
  const common = {
    'aria-labelledby': labelledBy,
    value: written,
    maxLength: short ? SHORT_TEXT_MAX : LONG_TEXT_MAX,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value || undefined),
  }
  return short ? <TextInput {...common} /> : <TextArea {...common} />
}
