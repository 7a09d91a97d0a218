'use client'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { BOUND_KINDS, type DayBoundDraft } from './day-bound-draft.ts'

type Bounds = { readonly earliest: DayBoundDraft; readonly latest: DayBoundDraft }
type DayBoundsProps = {
  readonly draft: Bounds
  readonly change: (patch: Partial<Bounds>) => void
  readonly disabled?: boolean
  /** What stands where nothing is said. */
  readonly none: string
}

/** The earliest and the latest day that may be answered, fixed or as far from the visit. */
export function DayBounds({ draft, change, none, disabled = false }: DayBoundsProps) {
  const text = useTranslations('fieldDesk')
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-3">
      {(['earliest', 'latest'] as const).map((name) => (
        <DayBoundInput
          key={name}
          label={text(`question.${name}`)}
          draft={draft[name]}
          none={none}
          disabled={disabled}
          onChange={(said) => change({ [name]: { ...draft[name], ...said } })}
        />
      ))}
    </div>
  )
}

type DayBoundInputProps = {
  readonly label: string
  readonly draft: DayBoundDraft
  readonly none: string
  readonly disabled: boolean
  readonly onChange: (said: Partial<DayBoundDraft>) => void
}

function DayBoundInput({ label, draft, none, disabled, onChange }: DayBoundInputProps) {
  const text = useTranslations('fieldDesk')
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Select
        label={label}
        disabled={disabled}
        options={BOUND_KINDS.map((value) => ({
          value,
          label: value === 'none' ? none : text(`question.limit.${value}`),
        }))}
        value={draft.kind}
        onChange={(value) => onChange({ kind: value as DayBoundDraft['kind'] })}
      />
      {draft.kind === 'day' && (
        <span className="w-44">
          <TextInput
            type="date"
            aria-label={text('question.limitDay', { bound: label })}
            disabled={disabled}
            value={draft.day}
            onChange={(event) => onChange({ day: event.target.value })}
          />
        </span>
      )}
      {(draft.kind === 'before' || draft.kind === 'after') && (
        <span className="flex items-center gap-2">
          <TextInput
            inputMode="numeric"
            className="max-w-20"
            maxLength={5}
            autoComplete="off"
            aria-label={text('question.limitDays', { bound: label })}
            disabled={disabled}
            value={draft.days}
            onChange={(event) => onChange({ days: event.target.value })}
          />
          {text('question.days')}
        </span>
      )}
    </div>
  )
}
