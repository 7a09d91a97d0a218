'use client'
import type { FieldDefinition, FieldOption } from '@fieldback/domain/field/field-spec'
import { findableItems, searchItems } from '@fieldback/domain/list/find-items'
import { IconButton } from '@fieldback/ui/icon-button'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { TextInput } from '@fieldback/ui/text-input'
import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { useDeferredValue, useMemo, useState } from 'react'
import { useLabel, usePhone } from '../../phone.tsx'
import type { AnswerInputProps } from '../answer-input-props.ts'
import { UnknownChip } from '../unknown-chip.tsx'
import { useTypeTexts } from './type-texts.ts'

/** Items under the thumb, above the keyboard. */
const SHOWN = 6

/** What a list offers, searched on the phone alone: what was named last comes first. */
export default function ItemsInput(props: AnswerInputProps) {
  const { field, value, onChange, labelledBy } = props
  const text = useTypeTexts()
  const label = useLabel()
  const [typed, setTyped] = useState('')
  const sought = useDeferredValue(typed.trim())
  const chosen: readonly string[] = Array.isArray(value) ? value : typeof value === 'string' ? [value] : []
  const offered = useOffered(field)
  const findable = useMemo(
    () => findableItems(offered.map((option) => ({ ...factsOf(option), option }))),
    [offered],
  )
  const matches = useMemo(() => searchItems(findable, sought).map(({ option }) => option), [findable, sought])
  const found = matches.filter(({ id }) => !chosen.includes(id))
  const name = (id: string): string => {
    const option = field.spec.options.find((one) => one.id === id)
    return option ? label(option.label) : id
  }
  const say = (ids: readonly string[]) =>
    onChange(ids.length === 0 ? undefined : field.spec.multiple ? ids : ids[0])
  const choosing = field.spec.multiple || chosen.length === 0
  return (
    <div className="grid gap-2">
      {chosen.map((id) => (
        <p key={id} className="flex min-h-11 items-center justify-between gap-2">
          <b className="wrap-anywhere min-w-0 font-strong">{name(id)}</b>
          <IconButton
            label={text('items.remove', { item: name(id) })}
            icon={<X size={20} />}
            onClick={() => say(chosen.filter((one) => one !== id))}
          />
        </p>
      ))}
      {choosing && offered.length > SHOWN && (
        <TextInput
          type="search"
          icon={<Search size={20} />}
          aria-labelledby={labelledBy}
          placeholder={text('items.search')}
          autoComplete="off"
          autoCorrect="off"
          enterKeyHint="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {choosing && found.length > 0 && (
        <List labelledBy={labelledBy}>
          {found.slice(0, SHOWN).map((option) => (
            <ListRow
              key={option.id}
              title={label(option.label)}
              text={[option.item?.code, option.item?.group].filter(Boolean).join(', ')}
              onClick={() => {
                setTyped('')
                say([...chosen, option.id])
              }}
            />
          ))}
        </List>
      )}
      {choosing && (
        <p role="status" className="text-ink-2 text-small empty:hidden">
          {told()}
        </p>
      )}
      <div>
        <UnknownChip {...props} />
      </div>
    </div>
  )

  function told(): string | null {
    if (offered.length === 0) return text('items.empty')
    if (found.length === 0) return sought === '' ? null : text('items.none')
    return found.length > SHOWN ? text('items.more', { count: found.length - SHOWN }) : null
  }
}

const factsOf = ({ label, item }: FieldOption) => ({
  label,
  code: item?.code ?? null,
  group: item?.group ?? null,
})

/** Items in the order of their names, those named last in reports of this phone before the others. */
function useOffered(field: FieldDefinition): readonly FieldOption[] {
  const { store, locale } = usePhone()
  return useMemo(() => {
    const lastDay = new Map<string, string>()
    for (const { values, day } of store.getState().rows.reports.values())
      for (const id of [values[field.id]?.x ?? []].flat())
        if (typeof id === 'string' && day > (lastDay.get(id) ?? '')) lastDay.set(id, day)
    const { compare } = new Intl.Collator(locale)
    const dayOf = ({ id }: FieldOption): string => lastDay.get(id) ?? ''
    return field.spec.options
      .filter(({ retired }) => !retired)
      .map((option) => ({ option, name: (locale === 'en' && option.label.en) || option.label.fr }))
      .sort((a, b) => compare(dayOf(b.option), dayOf(a.option)) || compare(a.name, b.name))
      .map(({ option }) => option)
  }, [field, store, locale])
}
