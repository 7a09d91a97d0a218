'use client'
import { OUTCOMES, REPORT_KINDS } from '@fieldback/domain/report/report'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { DayFilter } from '../../client/day-filter.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { isNarrowed, type ReportView } from './address.ts'

type Props = {
  readonly territoryId: string
  readonly view: ReportView
  /** Of the one account that is looked at; null when it is not known yet. */
  readonly accountName: string | null
}

const NOTHING = {
  by: null,
  account: null,
  q: null,
  from: null,
  to: null,
  kind: null,
  outcome: null,
  lacking: null,
  basis: null,
  below: null,
  counted: null,
  answers: null,
}

/** By whom, what, how it ended, between which days, still to complete, at whose place; several at once. */
export function ReportFilters({ territoryId, view, accountName }: Props) {
  const text = useTranslations('reportDesk')
  const report = useTranslations('report')
  const { set } = useAddress()
  const authors = useQuery(useTRPC().report.authors.queryOptions({ territoryId }))
  const [cleared, setCleared] = useState(0)
  const any = (label: string) => ({ value: '', label })
  return (
    <section aria-label={text('filters')} className="flex flex-wrap items-center gap-x-3 gap-y-2">
      {view.accountId === null && <NameFilter key={cleared} typed={view.account} />}
      <Select
        label={text('by')}
        value={view.authorId ?? ''}
        onChange={(by) => set({ by })}
        options={[
          any(text('everybody')),
          ...(authors.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select
        label={text('kindLabel')}
        value={view.kind ?? ''}
        onChange={(kind) => set({ kind })}
        options={[
          any(text('anyKind')),
          ...REPORT_KINDS.map((kind) => ({ value: kind, label: report(`kinds.${kind}`) })),
        ]}
      />
      <Select
        label={text('outcomeLabel')}
        value={view.outcomes.length === 1 ? (view.outcomes[0] ?? '') : ''}
        onChange={(outcome) => set({ outcome })}
        options={[
          any(text('anyOutcome')),
          ...OUTCOMES.map((outcome) => ({ value: outcome, label: report(`outcomes.${outcome}`) })),
        ]}
      />
      <DayFilter label={text('from')} value={view.from} max={view.to} onChange={(from) => set({ from })} />
      <DayFilter label={text('to')} value={view.to} min={view.from} onChange={(to) => set({ to })} />
      <label className="flex min-h-11 items-center gap-2 text-small desk:min-h-9">
        <input
          type="checkbox"
          className="size-5 accent-accent desk:size-4"
          checked={view.toComplete}
          onChange={(event) => set({ lacking: event.target.checked ? '1' : null })}
        />
        {text('toComplete')}
      </label>
      {view.accountId !== null && (
        <span className="inline-flex items-center gap-2 rounded-full bg-sunken py-1.5 pr-3 pl-3.5 text-small">
          {accountName ?? text('oneAccount')}
          <TextLink onClick={() => set({ account: null })}>{text('allAccounts')}</TextLink>
        </span>
      )}
      {isNarrowed(view) && (
        <TextLink
          onClick={() => {
            set(NOTHING)
            setCleared(cleared + 1)
          }}
        >
          {text('clear')}
        </TextLink>
      )}
    </section>
  )
}

/** The letters show at once and reach the address when the hand rests. */
function NameFilter({ typed: first }: { typed: string }) {
  const text = useTranslations('reportDesk')
  const { set } = useAddress()
  const [typed, write] = useState(first)
  const sought = typed.trim()
  useEffect(() => {
    const rest = setTimeout(() => set({ q: sought }), 300)
    return () => clearTimeout(rest)
  }, [sought, set])
  return (
    <span className="w-64 max-w-full">
      <TextInput
        type="search"
        quiet
        icon={<Search size={16} />}
        aria-label={text('search')}
        placeholder={text('search')}
        value={typed}
        maxLength={100}
        onChange={(event) => write(event.target.value)}
        onBlur={() => set({ q: sought })}
      />
    </span>
  )
}
