'use client'
import { AUDIT_KINDS } from '@fieldback/domain/audit/actions'
import type { SubjectName } from '@fieldback/domain/audit/words'
import { Select } from '@fieldback/ui/select'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { wordIn } from '../../client/change-lines.ts'
import { DayFilter } from '../../client/day-filter.tsx'
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
      <DayFilter label={text('from')} value={view.from} max={view.to} onChange={(from) => set({ from })} />
      <DayFilter label={text('to')} value={view.to} min={view.from} onChange={(to) => set({ to })} />
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
