'use client'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Field } from '@fieldback/ui/field'
import { Segmented } from '@fieldback/ui/segmented'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useLabel } from '../../client/use-label.ts'
import type { RepairProps } from './repair-props.ts'

/** Types that a manager can answer at his desk; what only a visit can say is left out or given back. */
const WRITTEN: Readonly<Partial<Record<FieldSpec['type'], 'text' | 'number' | 'date'>>> = {
  integer: 'number',
  decimal: 'number',
  money: 'number',
  rating: 'number',
  duration: 'number',
  date: 'date',
  short_text: 'text',
  long_text: 'text',
  phone: 'text',
  email: 'text',
  web_address: 'text',
}
const CHOSEN: readonly FieldSpec['type'][] = ['yes_no', 'single_choice', 'multiple_choice', 'list_reference']

/** Leaves the one answer out that could not be read, or says another in its place. */
export function RepairAnswer({ item, given, onGive, fieldKey }: RepairProps & { readonly fieldKey: string }) {
  const text = useTranslations('quarantine')
  const label = useLabel()
  const [replacing, setReplacing] = useState(false)
  const id = useId()
  const asked = item.answers.find(({ key }) => key === fieldKey)
  const spec = asked?.definition?.spec
  const replaceable = spec !== undefined && (CHOSEN.includes(spec.type) || WRITTEN[spec.type] !== undefined)
  const put = (value: AnswerValue | undefined): void => {
    const answer =
      value === undefined || value === null ? null : { v: asked?.definition?.version ?? 1, x: value }
    onGive({ values: { ...given.values, [fieldKey]: answer } })
  }
  const value = given.values?.[fieldKey]
  const title = asked?.label ? label(asked.label) : text('view.questionUnknown')
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <p id={id} className="wrap-anywhere font-medium">
        {title}
      </p>
      <ChipGroup
        labelledBy={id}
        options={[
          { value: 'drop', label: text('settle.drop') },
          ...(replaceable ? [{ value: 'replace', label: text('settle.replace') }] : []),
        ]}
        value={replacing ? ['replace'] : value === null ? ['drop'] : []}
        onChange={([next]) => {
          setReplacing(next === 'replace')
          if (next === 'drop') put(undefined)
          else onGive({ values: { ...given.values, [fieldKey]: undefined as never } })
        }}
      />
      {replacing && spec && <AnswerInput spec={spec} value={value?.x} onChange={put} labelledBy={id} />}
    </div>
  )
}

type InputProps = {
  readonly spec: FieldSpec
  readonly value: AnswerValue | undefined
  readonly onChange: (value: AnswerValue | undefined) => void
  readonly labelledBy: string
}

function AnswerInput({ spec, value, onChange, labelledBy }: InputProps) {
  const text = useTranslations('quarantine')
  const label = useLabel()
  if (spec.type === 'yes_no')
    return (
      <Segmented
        label={text('settle.answer')}
        options={[
          { value: 'true', label: text('view.yes') },
          { value: 'false', label: text('view.no') },
        ]}
        value={String(value ?? '') as 'true'}
        onChange={(next) => onChange(next === 'true')}
      />
    )
  const written = WRITTEN[spec.type]
  if (written)
    return (
      <Field label={text('settle.answer')}>
        {(control) => (
          <TextInput
            {...control}
            type={written}
            step={written === 'number' ? 'any' : undefined}
            value={String(value ?? '')}
            onChange={({ target }) => onChange(readWritten(written, target.value))}
          />
        )}
      </Field>
    )
  const many = spec.type === 'multiple_choice'
  const chosen = Array.isArray(value)
    ? (value as readonly string[])
    : typeof value === 'string'
      ? [value]
      : []
  return (
    <ChipGroup
      multiple={many}
      labelledBy={labelledBy}
      options={spec.options
        .filter(({ retired }) => !retired)
        .map((option) => ({ value: option.id, label: label(option.label) }))}
      value={chosen}
      onChange={(next) => onChange(next.length === 0 ? undefined : many ? next : next[0])}
    />
  )
}

const readWritten = (type: 'text' | 'number' | 'date', typed: string): AnswerValue | undefined =>
  typed === '' ? undefined : type === 'number' ? Number(typed) : typed
