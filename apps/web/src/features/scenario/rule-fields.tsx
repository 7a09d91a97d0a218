'use client'
import { nameKey } from '@fieldback/domain/account/normalise'
import { Field } from '@fieldback/ui/field'
import { Segmented } from '@fieldback/ui/segmented'
import { Select } from '@fieldback/ui/select'
import { Skeleton } from '@fieldback/ui/skeleton'
import { TextInput } from '@fieldback/ui/text-input'
import Search from 'lucide-react/icons/search'
import { useState } from 'react'
import { useLabel } from '../../client/use-label.ts'
import type { Rule, ScenarioPage } from './scenario-page.ts'
import { useHoldings, useNamedAccounts } from './use-holdings.ts'
import { useWords } from './use-words.ts'

type By = 'all' | 'towns' | 'answer' | 'accounts'

type RuleState = {
  readonly by: By
  readonly towns: readonly string[]
  readonly answer: { readonly fieldId: string; readonly option: string } | null
  readonly ids: readonly string[]
}

/** Which accounts pass, as far as it is said. */
export function useRule(first: By) {
  const [state, setState] = useState<RuleState>({ by: first, towns: [], answer: null, ids: [] })
  return { state, set: (part: Partial<RuleState>) => setState((known) => ({ ...known, ...part })) }
}

/** Null until something is chosen. */
export function ruleOf({ by, towns, answer, ids }: RuleState): Rule | null {
  if (by === 'all') return { by }
  if (by === 'towns') return towns.length > 0 ? { by, towns: [...towns] } : null
  if (by === 'accounts') return ids.length > 0 ? { by, ids: [...ids] } : null
  return answer && { by, ...answer }
}

type RuleFieldsProps = {
  readonly page: ScenarioPage
  readonly territoryId: string
  readonly rule: ReturnType<typeof useRule>
  /** All of them may pass: not where a territory is split. */
  readonly all: boolean
}

/** The accounts of a territory by town, by an answer, by hand, or all. */
export function RuleFields({ page, territoryId, rule: { state, set }, all }: RuleFieldsProps) {
  const { text } = useWords()
  const held = useHoldings(page.id, territoryId)
  const ways: readonly { value: By; label: string }[] = [
    ...(all ? [{ value: 'all' as const, label: text('gesture.byAll') }] : []),
    { value: 'towns', label: text('gesture.byTowns') },
    { value: 'answer', label: text('gesture.byAnswer') },
    ...(page.can.readAccounts ? [{ value: 'accounts' as const, label: text('gesture.byHand') }] : []),
  ]
  return (
    <div className="grid gap-3">
      <div>
        <span className="mb-1.5 block font-medium text-small">{text('gesture.by')}</span>
        <Segmented
          label={text('gesture.by')}
          options={ways}
          value={state.by}
          onChange={(by) => set({ by })}
        />
      </div>
      {!held.data && state.by !== 'all' && <Skeleton label={text('gesture.loading')} lines={3} />}
      {held.data && state.by === 'towns' && (
        <TownList towns={held.data.towns} chosen={state.towns} onChange={(towns) => set({ towns })} />
      )}
      {held.data && state.by === 'answer' && (
        <AnswerFields
          answers={held.data.answers}
          chosen={state.answer}
          onChange={(answer) => set({ answer })}
        />
      )}
      {state.by === 'accounts' && (
        <AccountList
          scenarioId={page.id}
          territoryId={territoryId}
          chosen={state.ids}
          onChange={(ids) => set({ ids })}
        />
      )}
    </div>
  )
}

type Held = NonNullable<ReturnType<typeof useHoldings>['data']>

type ManyProps = {
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

export const toggled = (chosen: readonly string[], one: string): string[] =>
  chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]

function TownList({ towns, chosen, onChange }: ManyProps & Pick<Held, 'towns'>) {
  const { text, formats } = useWords()
  const [filter, setFilter] = useState('')
  if (towns.length === 0) return <p className="text-ink-2 text-small">{text('gesture.noTowns')}</p>
  const key = nameKey(filter)
  const count = towns
    .filter(({ town }) => chosen.includes(town))
    .reduce((sum, { accounts }) => sum + accounts, 0)
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-small">{text('gesture.towns')}</legend>
      <Filter label={text('gesture.townFilter')} value={filter} onChange={setFilter} />
      <ul className="mt-2 grid max-h-56 gap-x-4 overflow-y-auto sm:grid-cols-2">
        {towns
          .filter(({ town }) => nameKey(town).includes(key))
          .map(({ town, accounts }) => (
            <Check
              key={town}
              label={town}
              aside={formats.number(accounts)}
              checked={chosen.includes(town)}
              onChange={() => onChange(toggled(chosen, town))}
            />
          ))}
      </ul>
      <Picked count={count} />
    </fieldset>
  )
}

type AnswerFieldsProps = Pick<Held, 'answers'> & {
  readonly chosen: RuleState['answer']
  readonly onChange: (answer: NonNullable<RuleState['answer']>) => void
}

function AnswerFields({ answers, chosen, onChange }: AnswerFieldsProps) {
  const { text, formats } = useWords()
  const label = useLabel()
  if (answers.length === 0) return <p className="text-ink-2 text-small">{text('gesture.noAnswers')}</p>
  const asked = answers.find(({ fieldId }) => fieldId === chosen?.fieldId) ?? answers[0]
  const told = (option: Held['answers'][number]['options'][number]) =>
    option.label ? label(option.label) : text(option.option === 'true' ? 'gesture.yes' : 'gesture.no')
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={text('gesture.question')}>
        {(control) => (
          <Select
            {...control}
            value={asked?.fieldId ?? ''}
            onChange={(fieldId) => {
              const option = answers.find((one) => one.fieldId === fieldId)?.options[0]?.option
              if (option !== undefined) onChange({ fieldId, option })
            }}
            options={answers.map((one) => ({ value: one.fieldId, label: label(one.label) }))}
          />
        )}
      </Field>
      <Field label={text('gesture.answer')}>
        {(control) => (
          <Select
            {...control}
            value={chosen?.option ?? ''}
            onChange={(option) => asked && option !== '' && onChange({ fieldId: asked.fieldId, option })}
            options={[
              { value: '', label: text('gesture.choose') },
              ...(asked?.options ?? []).map((one) => ({
                value: one.option,
                label: `${told(one)} (${formats.number(one.accounts)})`,
              })),
            ]}
          />
        )}
      </Field>
    </div>
  )
}

function AccountList({
  scenarioId,
  territoryId,
  chosen,
  onChange,
}: ManyProps & { readonly scenarioId: string; readonly territoryId: string }) {
  const { text } = useWords()
  const [search, setSearch] = useState('')
  const found = useNamedAccounts(scenarioId, territoryId, search)
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-small">{text('gesture.hand')}</legend>
      <Filter label={text('gesture.handSearch')} value={search} onChange={setSearch} />
      <ul className="mt-2 grid max-h-56 gap-x-4 overflow-y-auto sm:grid-cols-2">
        {found.data?.accounts.map(({ id, name, city }) => (
          <Check
            key={id}
            label={name}
            aside={city ?? ''}
            checked={chosen.includes(id)}
            onChange={() => onChange(toggled(chosen, id))}
          />
        ))}
      </ul>
      {found.data && found.data.more > 0 && (
        <p className="text-caption text-ink-2">{text('gesture.handMore', { count: found.data.more })}</p>
      )}
      <Picked count={chosen.length} />
    </fieldset>
  )
}

function Picked({ count }: { count: number }) {
  const { text } = useWords()
  return (
    <p aria-live="polite" className="mt-1 text-caption text-ink-2">
      {text('gesture.picked', { count })}
    </p>
  )
}

type FilterProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

const Filter = ({ label, value, onChange }: FilterProps) => (
  <TextInput
    type="search"
    quiet
    autoComplete="off"
    icon={<Search size={16} />}
    aria-label={label}
    placeholder={label}
    value={value}
    onChange={(event) => onChange(event.target.value)}
    onKeyDown={(event) => {
      // Enter would send the form around it.
      if (event.key === 'Enter') event.preventDefault()
    }}
  />
)

type CheckProps = {
  readonly label: string
  readonly aside: string
  readonly checked: boolean
  readonly onChange: () => void
}

export const Check = ({ label, aside, checked, onChange }: CheckProps) => (
  <li>
    <label className="flex min-h-11 items-center gap-2.5 desk:min-h-9">
      <input type="checkbox" checked={checked} onChange={onChange} className="size-4 accent-(--fb-accent)" />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      <span className="text-caption text-ink-2 tabular-nums">{aside}</span>
    </label>
  </li>
)
