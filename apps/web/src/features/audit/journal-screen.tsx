'use client'
import { Button } from '@fieldback/ui/button'
import { DataTable } from '@fieldback/ui/data-table'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Empty } from '@fieldback/ui/empty'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Download from 'lucide-react/icons/download'
import ScrollText from 'lucide-react/icons/scroll-text'
import { useTranslations } from 'next-intl'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { journalParams, readJournalView } from './address.ts'
import { JournalFilters } from './journal-filters.tsx'
import { useJournalColumns } from './use-journal-columns.tsx'

/** Who changed what, when; every filter is in the address, so that a view can be sent. */
export function JournalScreen({ exportMax }: { exportMax: number }) {
  const text = useTranslations('audit')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const { orgName } = useMember()
  const view = readJournalView(useAddress().get)
  const columns = useJournalColumns()
  const journal = useInfiniteQuery(
    useTRPC().audit.list.infiniteQueryOptions(view, {
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const pages = journal.data?.pages
  const filtered = Object.values(view).some((value) => value !== null)
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead
        title={text('title', { organisation: orgName })}
        lede={<span className="block max-w-[64ch]">{text('lede')}</span>}
        actions={
          <Button icon={<Download size={16} />} href={`/api/audit/export?${journalParams(view)}`}>
            {text('export')}
          </Button>
        }
      />
      <JournalFilters view={view} about={pages?.[0]?.about ?? null} />
      {journal.error && (
        <Notice icon={<CircleAlert size={18} />} live>
          {sentence(journal.error)}
        </Notice>
      )}
      {pages ? (
        <DataTable
          caption={text('title', { organisation: orgName })}
          columns={columns}
          rows={pages.flatMap((page) => page.lines)}
          rowKey={(line) => line.id}
          empty={
            <Empty
              icon={<ScrollText size={28} />}
              title={text('empty')}
              text={text(filtered ? 'emptyNext' : 'emptyYet')}
            />
          }
        />
      ) : (
        !journal.error && <Skeleton label={text('loading')} lines={8} />
      )}
      {journal.error && (
        <Button onClick={() => journal.refetch()} className="self-start">
          {common('retry')}
        </Button>
      )}
      {journal.hasNextPage && (
        <Button
          disabled={journal.isFetchingNextPage}
          onClick={() => journal.fetchNextPage()}
          className="self-start"
        >
          {text('more')}
        </Button>
      )}
      <p className="text-caption text-ink-2">{text('exportNote', { max: formats.number(exportMax) })}</p>
    </DeskScreen>
  )
}
