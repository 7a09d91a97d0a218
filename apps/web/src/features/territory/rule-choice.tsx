'use client'
import { Segmented } from '@fieldback/ui/segmented'
import { Select } from '@fieldback/ui/select'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import type { Rule, SplitChoices } from './gesture.ts'

type RuleChoiceProps = {
  readonly territoryId: string
  readonly rule: Rule | null
  readonly onChange: (rule: Rule | null) => void
}
type Ways = 'towns' | 'street' | 'answer'
type WayProps = {
  readonly choices: SplitChoices
  readonly rule: Rule | null
  readonly onChange: (rule: Rule | null) => void
}

/** By what accounts are told apart: towns, the side of a street, an answer. */
export function RuleChoice({ territoryId, rule, onChange }: RuleChoiceProps) {
  const text = useTranslations('territory')
  const [by, setBy] = useState<Ways>('towns')
  const [town, setTown] = useState<string | null>(null)
  const choices = useQuery({
    ...useTRPC().territory.splitChoices.queryOptions({ territoryId, town: by === 'street' ? town : null }),
    placeholderData: keepPreviousData,
  })
  if (!choices.data) return null
  const way = { choices: choices.data, rule, onChange }
  const change = (value: Ways) => {
    setBy(value)
    onChange(null)
  }
  return (
    <div className="mt-4">
      <Segmented
        label={text('splitForm.by')}
        value={by}
        onChange={change}
        options={(['towns', 'street', 'answer'] as const).map((value) => ({
          value,
          label: text(`splitForm.ways.${value}`),
        }))}
      />
      <div className="mt-3">
        {by === 'towns' && <ByTowns {...way} />}
        {by === 'street' && <ByStreet {...way} town={town} onTown={setTown} />}
        {by === 'answer' && <ByAnswer {...way} />}
      </div>
      {choices.data.more && <p className="mt-2 text-caption text-ink-2">{text('splitForm.more')}</p>}
    </div>
  )
}

const None = ({ children }: { readonly children: string }) => (
  <p className="text-ink-2 text-small">{children}</p>
)

function ByTowns({ choices, rule, onChange }: WayProps) {
  const text = useTranslations('territory')
  const chosen = rule?.by === 'towns' ? rule.towns : []
  const toggle = (name: string) => {
    const towns = chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]
    onChange(towns.length > 0 ? { by: 'towns', towns } : null)
  }
  if (choices.towns.length === 0) return <None>{text('splitForm.noTown')}</None>
  return (
    <fieldset className="max-h-72 overflow-y-auto rounded-md bg-surface p-2 inset-ring inset-ring-line-2">
      <legend className="sr-only">{text('splitForm.ways.towns')}</legend>
      <ul className="grid sm:grid-cols-2 lg:grid-cols-3">
        {choices.towns.map(({ name, accounts }) => (
          <li key={name}>
            <label className="flex min-h-11 items-center gap-2.5 rounded-sm px-2 text-small hover:bg-canvas desk:min-h-8">
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                onChange={() => toggle(name)}
                className="size-4 flex-none accent-accent"
              />
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="text-caption text-ink-3 tabular-nums">{accounts}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function ByStreet({
  choices,
  rule,
  onChange,
  town,
  onTown,
}: WayProps & { readonly town: string | null; readonly onTown: (town: string | null) => void }) {
  const text = useTranslations('territory')
  const chosen = rule?.by === 'street' ? rule : null
  const pick = (value: string) => {
    onTown(value || null)
    onChange(null)
  }
  const found = choices.streets.find(({ name }) => name === chosen?.street)
  if (choices.towns.length === 0) return <None>{text('splitForm.noTown')}</None>
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Select
        label={text('splitForm.town')}
        value={town ?? ''}
        onChange={pick}
        options={[
          { value: '', label: '–' },
          ...choices.towns.map(({ name, accounts }) => ({ value: name, label: `${name} (${accounts})` })),
        ]}
      />
      {town !== null && (
        <Select
          label={text('splitForm.street')}
          value={chosen?.street ?? ''}
          onChange={(street) => onChange(street === '' ? null : { by: 'street', town, street, side: 'all' })}
          options={[
            { value: '', label: '–' },
            ...choices.streets.map(({ name, accounts }) => ({ value: name, label: `${name} (${accounts})` })),
          ]}
        />
      )}
      {chosen && found && (
        <Segmented
          label={text('splitForm.side')}
          value={chosen.side}
          onChange={(side) => onChange({ ...chosen, side })}
          options={[
            { value: 'all', label: text('splitForm.sides.all') },
            { value: 'odd', label: text('splitForm.sides.odd', { count: found.odd }) },
            { value: 'even', label: text('splitForm.sides.even', { count: found.even }) },
          ]}
        />
      )}
    </div>
  )
}

function ByAnswer({ choices, rule, onChange }: WayProps) {
  const text = useTranslations('territory')
  const locale = useLocale()
  const [fieldId, setFieldId] = useState('')
  const question = choices.questions.find(({ id }) => id === fieldId)
  const said = (label: { readonly fr: string; readonly en?: string | undefined }) =>
    (locale === 'en' && label.en) || label.fr
  const answerText = ({ option, label }: { option: string; label: Parameters<typeof said>[0] | null }) =>
    label ? said(label) : text(option === 'true' ? 'splitForm.yes' : 'splitForm.no')
  if (choices.questions.length === 0) return <None>{text('splitForm.noQuestion')}</None>
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Select
        label={text('splitForm.question')}
        value={fieldId}
        onChange={(id) => {
          setFieldId(id)
          onChange(null)
        }}
        options={[
          { value: '', label: '–' },
          ...choices.questions.map(({ id, label }) => ({ value: id, label: said(label) })),
        ]}
      />
      {question && (
        <Select
          label={text('splitForm.answer')}
          value={rule?.by === 'answer' ? rule.option : ''}
          onChange={(option) => onChange(option === '' ? null : { by: 'answer', fieldId, option })}
          options={[
            { value: '', label: '–' },
            ...question.answers.map((answer) => ({ value: answer.option, label: answerText(answer) })),
          ]}
        />
      )}
    </div>
  )
}
