'use client'
import { OPS_OF } from '@fieldback/domain/field/condition'
import type { ClauseValue, ConditionOp } from '@fieldback/domain/field/condition-shape'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { IconButton } from '@fieldback/ui/icon-button'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { BARE_OPS, type DraftClause, LIST_OPS } from './condition-draft.ts'
import { figure } from './draft.ts'
import { PickMany, type PickManyProps } from './pick-many.tsx'
import type { Source } from './use-sources.ts'

type ClauseRowProps = {
  readonly clause: DraftClause
  /** Counted from 1 within its condition; names the controls. */
  readonly number: string
  readonly sources: readonly Source[]
  readonly onChange: (clause: DraftClause) => void
  readonly onRemove: () => void
}

/** One sentence: about what, how, and what. */
export function ClauseRow({ clause, number, sources, onChange, onRemove }: ClauseRowProps) {
  const text = useTranslations('fieldCondition')
  const source = sources.find(({ about }) => about === clause.about)
  const ops = source ? OPS_OF[source.kind] : []
  const setAbout = (about: string): void => {
    const next = sources.find((one) => one.about === about)
    onChange({ about, op: (next && OPS_OF[next.kind][0]) ?? 'is', value: undefined })
  }
  const setOp = (op: ConditionOp): void => {
    const kept = LIST_OPS.has(op) === LIST_OPS.has(clause.op) && !BARE_OPS.has(op)
    onChange({ ...clause, op, value: kept ? clause.value : undefined })
  }
  return (
    <li className="grid gap-2 py-2">
      <div className="flex items-start gap-1">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
          <span className="min-w-36 flex-1 basis-36">
            <Select
              aria-label={text('about', { number })}
              options={[
                { value: '', label: text('choose') },
                ...sources.map(({ about, label }) => ({ value: about, label })),
              ]}
              value={clause.about}
              onChange={setAbout}
            />
          </span>
          {source && (
            <span className="w-36">
              <Select
                aria-label={text('how', { number })}
                options={ops.map((op) => ({ value: op, label: text(`op.${op}`) }))}
                value={clause.op}
                onChange={(op) => setOp(op as ConditionOp)}
              />
            </span>
          )}
          {source && !BARE_OPS.has(clause.op) && !isChips(source, clause.op) && (
            <span className="w-36">
              <ValueInput
                source={source}
                clause={clause}
                label={text('what', { number })}
                onChange={(value) => onChange({ ...clause, value })}
              />
            </span>
          )}
        </div>
        <IconButton label={text('remove', { number })} icon={<X size={18} />} onClick={onRemove} />
      </div>
      {source && isChips(source, clause.op) && (
        <Several
          multiple
          label={text('what', { number })}
          options={offered(source, clause.value)}
          value={Array.isArray(clause.value) ? clause.value : []}
          onChange={(value) => onChange({ ...clause, value })}
        />
      )}
      {source?.kind === 'words' && clause.op === 'one_of' && (
        <p className="text-caption text-ink-2">{text('activityHint')}</p>
      )}
      {source && <Told source={source} value={clause.value} />}
    </li>
  )
}

/** What the eye takes in as chips; more are searched. */
const CHIPS_MOST = 30

function Several(props: PickManyProps & { readonly multiple: true }) {
  return props.options.length > CHIPS_MOST ? <PickMany {...props} /> : <ChipGroup {...props} />
}

const isChips = (source: Source, op: ConditionOp): boolean => LIST_OPS.has(op) && source.kind !== 'words'

const chosenIn = (value: ClauseValue | undefined): readonly string[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [String(value)]

/** Answers that may be named: a retired one only while it is. */
const offered = ({ options }: Source, value: ClauseValue | undefined) =>
  options.filter((option) => !option.retired || chosenIn(value).includes(option.value))

/** What no longer can be said, and how it counts. */
function Told({ source, value }: { source: Source; value: ClauseValue | undefined }) {
  const text = useTranslations('fieldCondition')
  const gone = source.options.filter((option) => option.retired && chosenIn(value).includes(option.value))
  if (source.retired)
    return <p className="text-caption text-ink-2">{text('retiredTold', { question: source.label })}</p>
  return gone.map((option) => (
    <p key={option.value} className="text-caption text-ink-2">
      {text('optionRetiredTold', { option: option.label })}
    </p>
  ))
}

type ValueInputProps = {
  readonly source: Source
  readonly clause: DraftClause
  readonly label: string
  readonly onChange: (value: ClauseValue | undefined) => void
}

function ValueInput({ source, clause, label, onChange }: ValueInputProps) {
  const text = useTranslations('fieldCondition')
  const { value } = clause
  const [typed, setTyped] = useState('')
  if (source.kind === 'flag' || source.kind === 'choice')
    return (
      <Select
        aria-label={label}
        options={[{ value: '', label: text('choose') }, ...offered(source, value)]}
        value={value === undefined ? '' : String(value)}
        onChange={(next) =>
          onChange(next === '' ? undefined : source.kind === 'flag' ? next === 'true' : next)
        }
      />
    )
  if (source.kind === 'day')
    return (
      <TextInput
        type="date"
        aria-label={label}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    )
  const read = (written: string): ClauseValue | undefined => {
    if (source.kind === 'number') return figure(written)
    if (clause.op !== 'one_of') return written.trim() || undefined
    return written
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
  }
  // Shown as it is typed ("3,", "a, ") as long as that is what it means.
  const asTyped = JSON.stringify(read(typed)) === JSON.stringify(value)
  return (
    <TextInput
      aria-label={label}
      inputMode={source.kind === 'number' ? 'decimal' : 'text'}
      maxLength={200}
      autoComplete="off"
      value={asTyped ? typed : Array.isArray(value) ? value.join(', ') : String(value ?? '')}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(read(event.target.value))
      }}
    />
  )
}
