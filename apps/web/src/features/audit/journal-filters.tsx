'use client'
import { AUDIT_KINDS } from '@fieldback/domain/audit/actions'
import type { SubjectName } from '@fieldback/domain/audit/words'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useId } from 'react'
import { wordIn } from '../../client/change-lines.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import type { JournalView } from './address.ts'

type JournalFiltersProps = {
  readonly view: JournalView
  /** Name of what the journal is narrowed to. */
  readonly about: SubjectName['name'] | null
}

/** By whom, about what, between which days; several at once. */
export function JournalFilters({ view, about }: JournalFiltersProps) {
  const text = useTranslations('audit')
  const locale = useLocale()
  const address = useAddress()
  const people = useQuery(useTRPC().audit.people.queryOptions())
  const set = (change: Readonly<Record<string, string | null>>) => address.set(change)
  const filtered = Object.values(view).some((value) => value !== null)
  return (
    <section aria-label={text('filters')} className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Select
        label={text('person')}
        aria-label={text('person')}
        value={view.membershipId ?? ''}
        onChange={(value) => set({ who: value })}
        options={[
          { value: '', label: text('everybody') },
          ...(people.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select
        label={text('kindLabel')}
        aria-label={text('kindLabel')}
        value={view.kind ?? ''}
        onChange={(value) => set({ kind: value })}
        options={[
          { value: '', label: text('everything') },
          ...AUDIT_KINDS.map((kind) => ({ value: kind, label: text(`kind.${kind}`) })),
        ]}
      />
      <Day label={text('from')} value={view.from} max={view.to} onChange={(from) => set({ from })} />
      <Day label={text('to')} value={view.to} min={view.from} onChange={(to) => set({ to })} />
      {view.subjectId !== null && (
        <span className="inline-flex items-center gap-2 rounded-full bg-sunken py-1.5 pr-3 pl-3.5 text-small">
          {about === null ? text('aboutUnknown') : text('about', { subject: wordIn(about, locale) })}
          <TextLink onClick={() => set({ about: null })}>{text('clearAbout')}</TextLink>
        </span>
      )}
      {filtered && view.subjectId === null && (
        <TextLink onClick={() => set({ who: null, kind: null, from: null, to: null })}>
          {text('clear')}
        </TextLink>
      )}
    </section>
  )
}

type DayProps = {
  readonly label: string
  readonly value: string | null
  readonly min?: string | null
  readonly max?: string | null
  readonly onChange: (day: string | null) => void
}

function Day({ label, value, min, max, onChange }: DayProps) {
  const id = useId()
  return (
    <span className="inline-flex items-center gap-2 text-ink-2 text-small">
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        type="date"
        quiet
        className="w-40!"
        // What is being typed is not a day yet: the field keeps it, the journal waits.
        defaultValue={value ?? ''}
        key={value ?? 'none'}
        min={min ?? undefined}
        max={max ?? undefined}
        onChange={(event) => {
          const { value: typed, validity } = event.target
          if (!validity.badInput && (typed === '' || typed >= '2000-01-01')) onChange(typed || null)
        }}
      />
    </span>
  )
}
