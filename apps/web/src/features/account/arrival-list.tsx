'use client'
import type { AppRouter } from '@fieldback/api/root'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { Empty } from '@fieldback/ui/empty'
import { SectionHead } from '@fieldback/ui/section-head'
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useFormats } from '../../client/use-formats.ts'

type Arrival = inferRouterOutputs<AppRouter>['account']['arrivals']['arrivals'][number]

/** Accounts that came to the branch from elsewhere and wait for their first visit. */
export function ArrivalList({ territoryId }: { territoryId: string }) {
  const text = useTranslations('accountDesk.arrival')
  const columns = useColumns()
  const found = useQuery(useTRPC().account.arrivals.queryOptions({ territoryId })).data
  return (
    <section aria-labelledby="arrivals">
      <SectionHead id="arrivals">{text('title')}</SectionHead>
      <DataTable
        caption={text('title')}
        columns={columns}
        rows={found?.arrivals ?? []}
        rowKey={({ accountId }) => accountId}
        empty={found && <Empty title={text('none')} text={text('noneText')} />}
      />
      {found?.more && <p className="mt-2 text-ink-2">{text('more')}</p>}
    </section>
  )
}

function useColumns(): Column<Arrival>[] {
  const text = useTranslations('accountDesk')
  const formats = useFormats()
  return [
    { key: 'name', head: text('name'), rowHead: true, cell: ({ name }) => name },
    {
      key: 'town',
      head: text('town'),
      cell: ({ city }) => <span className="text-ink-2">{city}</span>,
    },
    {
      key: 'from',
      head: text('arrival.from'),
      cell: ({ fromName }) => fromName ?? <span className="text-ink-2">{text('arrival.elsewhere')}</span>,
    },
    { key: 'to', head: text('arrival.to'), cell: ({ toName }) => toName },
    {
      key: 'since',
      head: text('arrival.since'),
      figure: true,
      cell: ({ since }) => formats.day(since, 'numeric'),
    },
  ]
}
