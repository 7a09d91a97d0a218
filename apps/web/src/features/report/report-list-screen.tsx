'use client'
import type { ReportListPage } from '@fieldback/api/report/search'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PageHead } from '@fieldback/ui/page-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import Download from 'lucide-react/icons/download'
import NotebookPen from 'lucide-react/icons/notebook-pen'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { isNarrowed, readReportView } from './address.ts'
import { ExportPanel } from './export-panel.tsx'
import { ReportFilters } from './report-filters.tsx'
import { ReportTable } from './report-table.tsx'

export type ReportListScreenProps = {
  readonly territory: { readonly id: string; readonly name: string }
  /** What is to be known of the territory before its reports. */
  readonly notice?: ReactNode
}

/** What was said of a branch's accounts, newest first; what narrows it is in the address, so that a view can be sent. */
export function ReportListScreen({ territory, notice }: ReportListScreenProps) {
  const text = useTranslations('reportDesk')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const view = readReportView(useAddress().get)
  const [leaving, setLeaving] = useState(false)
  const query = { territoryId: territory.id, ...view }
  const list = useInfiniteQuery({
    ...useTRPC().report.list.infiniteQueryOptions(query, { getNextPageParam: (page) => page.next }),
    placeholderData: keepPreviousData,
    // Authors are told of each reading: a tab that comes to the front is none.
    refetchOnWindowFocus: false,
  })
  const reports = list.data?.pages.flatMap((page) => page.reports) ?? []
  const keptFrom = list.data?.pages.at(-1)?.keptFrom
  const narrowed = isNarrowed(view)
  return (
    <>
      <PageHead
        title={text('title', { place: territory.name })}
        lede={text('lede')}
        actions={
          <Button icon={<Download size={16} />} aria-expanded={leaving} onClick={() => setLeaving(!leaving)}>
            {text('export.open')}
          </Button>
        }
      />
      {notice}
      {leaving && <ExportPanel query={query} onClose={() => setLeaving(false)} />}
      <ReportFilters
        territoryId={territory.id}
        view={view}
        accountName={view.accountId === null ? null : (reports[0]?.account.name ?? null)}
      />
      {view.basis === 'then' && <ThenNote beyond={list.data?.pages[0]?.beyond ?? null} />}
      {list.error && !list.data && (
        <Empty icon={<NotebookPen size={28} />} title={text('unreadable')} text={sentence(list.error)} />
      )}
      {list.error && (
        <Button className="self-start" onClick={() => list.refetch()}>
          {common('retry')}
        </Button>
      )}
      {!list.data && !list.error && <Skeleton label={text('loading')} lines={8} />}
      {list.data && reports.length === 0 && !list.hasNextPage && (
        <Empty
          icon={<NotebookPen size={28} />}
          title={text(narrowed ? 'noneFound' : 'none')}
          text={text(narrowed ? 'noneFoundNext' : 'noneNext')}
        />
      )}
      {reports.length > 0 && <ReportTable reports={reports} />}
      {list.hasNextPage && (
        <Button
          className="self-start"
          onClick={() => list.fetchNextPage()}
          disabled={list.isFetchingNextPage}
        >
          {text('more')}
        </Button>
      )}
      {keptFrom && !list.hasNextPage && (
        <p className="text-ink-2 text-small">{text('keptFrom', { month: formats.month(keptFrom) })}</p>
      )}
    </>
  )
}

/** Which reports these are, and how many more a figure counts that leads here. */
function ThenNote({ beyond }: Pick<ReportListPage, 'beyond'>) {
  const text = useTranslations('reportDesk')
  const formats = useFormats()
  const n = beyond ? formats.number(beyond.n) : ''
  return (
    <div role="status" className="text-small text-ink-2">
      <p>{text('then')}</p>
      {beyond?.more && <p>{text('beyondMore', { n })}</p>}
      {beyond && !beyond.more && beyond.n > 0 && <p>{text('beyond', { count: beyond.n, n })}</p>}
    </div>
  )
}
