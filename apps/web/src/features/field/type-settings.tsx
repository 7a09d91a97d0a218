'use client'
import { CURRENCIES, type Currency } from '@fieldback/domain/field/currency'
import type { FieldType } from '@fieldback/domain/field/field-spec'
import { hasUnit, isDated, isNumber } from '@fieldback/domain/field/plan-publish'
import { SCALE_LEAST, SCALE_MOST, unitOf } from '@fieldback/domain/field/types/number'
import { PHOTOS_MOST } from '@fieldback/domain/field/types/photo'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useLocale, useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { DayBounds } from './day-bounds.tsx'
import type { BlockInput } from './draft.ts'
import { ListSettings } from './list-settings.tsx'

/** Kinds of answers as somebody looks for them. */
export const GROUP_OF: Readonly<
  Record<FieldType, 'choose' | 'count' | 'date' | 'tell' | 'reach' | 'where' | 'who' | 'show'>
> = {
  yes_no: 'choose',
  single_choice: 'choose',
  multiple_choice: 'choose',
  list_reference: 'choose',
  rating: 'choose',
  integer: 'count',
  decimal: 'count',
  money: 'count',
  duration: 'count',
  computed: 'count',
  date: 'date',
  date_time: 'date',
  short_text: 'tell',
  long_text: 'tell',
  phone: 'reach',
  email: 'reach',
  web_address: 'reach',
  postal_address: 'where',
  position: 'where',
  account_reference: 'who',
  contact_reference: 'who',
  photo: 'show',
}

type Fixable = BlockInput & {
  /** It has been published: what its answers are told in no longer changes. */
  readonly fixed: boolean
}
type SettingsProps = Fixable & { readonly territoryId: string }

/** What a kind of answer needs to be asked: bounds and unit, currency, scale. */
export function TypeSettings({ draft, change, fixed, territoryId }: SettingsProps) {
  if (draft.type === 'list_reference')
    return <ListSettings draft={draft} change={change} fixed={fixed} territoryId={territoryId} />
  if (draft.type === 'rating') return <Scale draft={draft} change={change} fixed={fixed} />
  if (isDated(draft)) return <Days draft={draft} change={change} />
  if (draft.type === 'photo') return <Photos draft={draft} change={change} />
  if (!isNumber(draft)) return null
  return (
    <div className="grid gap-3">
      {draft.type === 'money' && <CurrencyChoice draft={draft} change={change} fixed={fixed} />}
      <Bounds draft={draft} change={change} />
    </div>
  )
}

function Days({ draft, change }: BlockInput) {
  const text = useTranslations('fieldDesk')
  return <DayBounds draft={draft} change={change} none={text('question.limit.none')} />
}

function Bounds({ draft, change }: BlockInput) {
  const text = useTranslations('fieldDesk')
  const unit = hasUnit(draft) ? null : unitOf(draft)
  const parts = hasUnit(draft) ? (['min', 'max', 'unit'] as const) : (['min', 'max'] as const)
  return (
    <div className="grid max-w-md grid-cols-3 gap-3">
      {parts.map((name) => (
        <Field
          key={name}
          label={
            unit === null
              ? text(`question.${name}`)
              : text('question.inUnit', { bound: text(`question.${name}`), unit })
          }
        >
          {(control) => (
            <TextInput
              {...control}
              inputMode={name === 'unit' ? 'text' : 'decimal'}
              maxLength={20}
              autoComplete="off"
              value={draft[name]}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}

const SCALES = Array.from({ length: SCALE_MOST - SCALE_LEAST + 1 }, (_, at) => String(SCALE_LEAST + at))

function Scale({ draft, change, fixed }: Fixable) {
  const text = useTranslations('fieldDesk')
  return (
    <div>
      <Select
        label={text('question.scale')}
        disabled={fixed}
        options={SCALES.map((value) => ({ value, label: text('question.scaleTo', { most: value }) }))}
        value={String(draft.scale)}
        onChange={(value) => change({ scale: Number(value) })}
      />
    </div>
  )
}

const PHOTO_COUNTS = Array.from({ length: PHOTOS_MOST }, (_, at) => at + 1)

function Photos({ draft, change }: BlockInput) {
  const text = useTranslations('fieldDesk')
  return (
    <div>
      <Select
        label={text('question.photos')}
        options={PHOTO_COUNTS.map((most) => ({
          value: String(most),
          label: text('question.photosMost', { most }),
        }))}
        value={String(draft.photos)}
        onChange={(value) => change({ photos: Number(value) })}
      />
    </div>
  )
}

/** Where French-speaking organisations sell most; the others follow by name. */
const USUAL: readonly Currency[] = ['EUR', 'CHF', 'GBP', 'USD', 'CAD', 'MAD', 'XOF', 'XAF', 'XPF']
const nothing = () => () => {}

function CurrencyChoice({ draft, change, fixed }: Fixable) {
  const text = useTranslations('fieldDesk')
  const locale = useLocale()
  // A browser may name a currency otherwise than the server: names come once it is its turn.
  const here = useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  )
  const names = here ? new Intl.DisplayNames(locale, { type: 'currency' }) : null
  const label = (code: Currency) => (names ? `${code}, ${names.of(code)}` : code)
  const others = CURRENCIES.filter((code) => !USUAL.includes(code)).toSorted((a, b) =>
    label(a).localeCompare(label(b), locale),
  )
  return (
    <div>
      <Select
        label={text('question.currency')}
        disabled={fixed}
        options={[...USUAL, ...others].map((code) => ({ value: code, label: label(code) }))}
        value={draft.currency}
        onChange={(value) => change({ currency: value as Currency })}
      />
    </div>
  )
}
