'use client'
import type { AppRouter } from '@fieldback/api/root'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Tag } from '@fieldback/ui/tag'
import type { inferRouterOutputs } from '@trpc/server'
import Footprints from 'lucide-react/icons/footprints'
import Phone from 'lucide-react/icons/phone'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { PageLink } from '../../client/next-link.tsx'
import { useFormats } from '../../client/use-formats.ts'

type ReportLine = inferRouterOutputs<AppRouter>['report']['list']['reports'][number]

/** When, at whose place, how it ended, by whom: a line opens the report. */
export function ReportTable({ reports }: { reports: readonly ReportLine[] }) {
  const text = useTranslations('reportDesk')
  return <DataTable caption={text('caption')} columns={useColumns()} rows={reports} rowKey={({ id }) => id} />
}

function useColumns(): Column<ReportLine>[] {
  const text = useTranslations('reportDesk')
  const report = useTranslations('report')
  const formats = useFormats()
  const levelName = useLevelName()
  return [
    {
      key: 'day',
      head: text('column.day'),
      cell: ({ day }) => (
        <time dateTime={day} className="whitespace-nowrap text-ink-2">
          {formats.day(day, 'numeric')}
        </time>
      ),
    },
    {
      key: 'account',
      head: text('column.account'),
      rowHead: true,
      cell: ({ id, kind, account, outcome, author }) => (
        <span className="flex items-center gap-2">
          <span className="flex-none text-ink-3">
            {kind === 'call' ? <Phone size={15} /> : <Footprints size={15} />}
            <span className="sr-only">{report(`kinds.${kind}`)}</span>
          </span>
          <span className="wrap-anywhere min-w-0 @max-3xl:w-40">
            <PageLink href={`/manage/reports/${id}`} className="touch hover:underline">
              {account.name}
            </PageLink>
            {account.city && (
              <span className="@max-3xl:hidden block font-regular text-caption text-ink-2">
                {account.city}
              </span>
            )}
            {/* Where columns end beyond the edge, what matters most is said under the name. */}
            <span aria-hidden className="@3xl:hidden block font-regular text-caption text-ink-2">
              {report(`outcomes.${outcome}`)}, {author}
            </span>
          </span>
        </span>
      ),
    },
    {
      key: 'outcome',
      head: text('column.outcome'),
      cell: ({ outcome, status }) => (
        <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
          {report(`outcomes.${outcome}`)}
          {status !== 'accepted' && (
            <Tag tone={status === 'to_complete' ? 'line' : 'plain'}>{report(`view.state.${status}`)}</Tag>
          )}
        </span>
      ),
    },
    { key: 'author', head: text('column.author'), cell: ({ author }) => author },
    {
      key: 'place',
      head: text('column.place'),
      cell: ({ place }) => (
        <span className="inline-flex items-center gap-2 text-ink-2">
          <LevelMark rank={place.rank} size={16} label={levelName(place.rank)} />
          {place.name}
        </span>
      ),
    },
  ]
}
