'use client'
import { nameKey } from '@fieldback/domain/account/normalise'
import type { Answers } from '@fieldback/domain/field/answer'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { type CountedPlace, countedPlaces } from '@fieldback/domain/territory/counted-places'
import { type RehomeRule, type Side, streetOf } from '@fieldback/domain/territory/rehome-rule'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Field } from '@fieldback/ui/field'
import { Segmented } from '@fieldback/ui/segmented'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import Search from 'lucide-react/icons/search'
import { useMemo, useState } from 'react'
import { fieldsAcross, useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { useSectorTexts } from './use-sector-texts.ts'

export type RuleInputProps = {
  /** Those that a rule may mean. */
  accounts: readonly AccountRow[]
  territoryId: string
  contactsOf: (accountId: string) => readonly { readonly values: Answers }[]
  rule: RehomeRule | null
  onChange: (rule: RehomeRule | null) => void
}

/** Towns or accounts shown before some letters are typed. */
const SHOWN = 12

const townsOf = (accounts: readonly AccountRow[]): CountedPlace[] =>
  countedPlaces(accounts.map(({ city }) => [nameKey(city ?? ''), city ?? ''] as const))

export function ByTowns({ accounts, rule, onChange }: RuleInputProps) {
  const text = useSectorTexts()
  const { formats } = usePhone()
  const [typed, setTyped] = useState('')
  const towns = useMemo(() => townsOf(accounts), [accounts])
  const chosen = rule?.by === 'towns' ? rule.towns.map(nameKey) : []
  const key = nameKey(typed)
  const found = towns.filter((town) => town.key.includes(key))
  const shown = towns.filter((town) => chosen.includes(town.key) || found.slice(0, SHOWN).includes(town))
  if (towns.length === 0) return <p className="text-ink-2 text-small">{text('towns.none')}</p>
  return (
    <div className="grid gap-3">
      {towns.length > SHOWN && <Filter label={text('towns.filter')} value={typed} onChange={setTyped} />}
      <ChipGroup
        label={text('towns.label')}
        multiple
        options={shown.map((town) => ({
          value: town.key,
          label: `${town.name} · ${formats.number(town.accounts)}`,
        }))}
        value={chosen}
        onChange={(keys) => {
          const names = towns.filter((town) => keys.includes(town.key)).map(({ name }) => name)
          onChange(names.length > 0 ? { by: 'towns', towns: names } : null)
        }}
      />
      {found.length > SHOWN && (
        <p className="text-caption text-ink-2">{text('towns.more', { count: found.length - SHOWN })}</p>
      )}
    </div>
  )
}

function Filter({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (typed: string) => void
}) {
  return (
    <TextInput
      type="search"
      icon={<Search size={20} />}
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
    />
  )
}

const SIDES: readonly Side[] = ['all', 'odd', 'even']

export function ByStreet({ accounts, rule, onChange }: RuleInputProps) {
  const text = useSectorTexts()
  const { formats } = usePhone()
  const towns = useMemo(
    () => townsOf(accounts.filter(({ street }) => streetOf(street ?? '').key !== '')),
    [accounts],
  )
  const at = rule?.by === 'street' ? rule : null
  const [town, setTown] = useState(at?.town ?? towns[0]?.name ?? '')
  const streets = useMemo(
    () =>
      countedPlaces(
        accounts
          .filter(({ city }) => nameKey(city ?? '') === nameKey(town))
          .map(({ street }) => {
            const { key, name } = streetOf(street ?? '')
            return [key, name] as const
          }),
      ),
    [accounts, town],
  )
  if (towns.length === 0) return <p className="text-ink-2 text-small">{text('street.none')}</p>
  const asOptions = (places: readonly CountedPlace[]) =>
    places.map(({ name, accounts: count }) => ({ value: name, label: `${name} · ${formats.number(count)}` }))
  return (
    <div className="grid gap-4">
      <Field label={text('street.town')}>
        {(control) => (
          <Select
            {...control}
            value={town}
            options={asOptions(towns)}
            onChange={(next) => {
              setTown(next)
              onChange(null)
            }}
          />
        )}
      </Field>
      <Field label={text('street.street')}>
        {(control) => (
          <Select
            {...control}
            value={at?.street ?? ''}
            options={[{ value: '', label: '' }, ...asOptions(streets)]}
            onChange={(street) =>
              onChange(street === '' ? null : { by: 'street', town, street, side: at?.side ?? 'all' })
            }
          />
        )}
      </Field>
      {at && (
        <div>
          <Segmented
            label={text('street.side')}
            options={SIDES.map((value) => ({ value, label: text(`street.${value}`) }))}
            value={at.side}
            onChange={(side) => onChange({ ...at, side })}
          />
          <p className="mt-2 text-caption text-ink-2">{text('street.unnumbered')}</p>
        </div>
      )}
    </div>
  )
}

export function ByAnswer({ territoryId, rule, onChange }: RuleInputProps) {
  const text = useSectorTexts()
  const label = useLabel()
  const { frame } = usePhoneState()
  const questions = useMemo(
    () =>
      fieldsAcross(frame, territoryId).filter(
        ({ entity, spec }) => entity !== 'report' && (spec.type === 'yes_no' || spec.options.length > 0),
      ),
    [frame, territoryId],
  )
  const at = rule?.by === 'answer' ? rule : null
  const [fieldId, setFieldId] = useState(at?.fieldId ?? questions[0]?.id ?? '')
  const question = questions.find(({ id }) => id === fieldId)
  if (!question) return <p className="text-ink-2 text-small">{text('answer.none')}</p>
  const { spec } = question
  const options =
    spec.type === 'yes_no'
      ? [
          { value: 'true', label: text('answer.yes') },
          { value: 'false', label: text('answer.no') },
        ]
      : spec.options.map((option) => ({ value: option.id, label: label(option.label) }))
  const choose = (option: string | undefined) => onChange(option ? { by: 'answer', fieldId, option } : null)
  return (
    <div className="grid gap-4">
      <Field label={text('answer.question')}>
        {(control) => (
          <Select
            {...control}
            value={fieldId}
            options={questions.map(({ id, spec }) => ({ value: id, label: label(spec.label) }))}
            onChange={(next) => {
              setFieldId(next)
              onChange(null)
            }}
          />
        )}
      </Field>
      {options.length <= SHOWN ? (
        <ChipGroup
          label={text('answer.answer')}
          options={options}
          value={at ? [at.option] : []}
          onChange={([option]) => choose(option)}
        />
      ) : (
        <Field label={text('answer.answer')}>
          {(control) => (
            <Select
              {...control}
              value={at?.option ?? ''}
              options={[{ value: '', label: '' }, ...options]}
              onChange={choose}
            />
          )}
        </Field>
      )}
    </div>
  )
}

type ByHandProps = RuleInputProps & {
  /** The sub-sector an account would leave. */
  sectorOf: (account: AccountRow) => string | undefined
}

export function ByHand({ accounts, rule, onChange, sectorOf }: ByHandProps) {
  const text = useSectorTexts()
  const [typed, setTyped] = useState('')
  const chosen = new Set(rule?.by === 'accounts' ? rule.ids : [])
  const key = nameKey(typed)
  const named = useMemo(
    () =>
      accounts
        .map((account) => ({ account, key: nameKey(`${account.name} ${account.city ?? ''}`) }))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    [accounts],
  )
  const found = named.filter((one) => one.key.includes(key))
  const toggle = (id: string) => {
    const ids = chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]
    onChange(ids.length > 0 ? { by: 'accounts', ids } : null)
  }
  return (
    <fieldset className="grid gap-3">
      <legend className="sr-only">{text('by.accounts')}</legend>
      <Filter label={text('hand.search')} value={typed} onChange={setTyped} />
      <p className="text-caption text-ink-2" aria-live="polite">
        {text('hand.chosen', { count: chosen.size })}
      </p>
      <ul className="hairlines -mx-1">
        {found.slice(0, SHOWN * 2).map(({ account }) => (
          <li key={account.id}>
            <label className="flex min-h-12 items-center gap-3 px-1 py-2">
              <input
                type="checkbox"
                className="size-5 flex-none accent-accent"
                checked={chosen.has(account.id)}
                onChange={() => toggle(account.id)}
              />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{account.name}</span>
                <span className="block text-ink-2 text-small">
                  {[account.city, sectorOf(account)].filter(Boolean).join(' · ')}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {found.length > SHOWN * 2 && (
        <p className="text-caption text-ink-2">{text('hand.more', { count: found.length - SHOWN * 2 })}</p>
      )}
    </fieldset>
  )
}
