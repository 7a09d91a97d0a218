'use client'
import type { RetentionYears } from '@fieldback/domain/retention/retention'
import { DataTable } from '@fieldback/ui/data-table'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { byYear } from './by-year.ts'

/** What a rule would erase, of which months, and when it would begin, before anybody asks for it. */
export function ErasurePreview({ years }: { years: RetentionYears }) {
  const text = useTranslations('retention')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const { data, error } = useQuery(useTRPC().retention.preview.queryOptions({ years }))
  if (error) return <p className="text-ink-2 text-small">{sentence(error)}</p>
  if (!data) return <Skeleton label={text('loading')} lines={3} />
  if (data.startsAt === null || data.keptFrom === null) return null
  const rows = byYear(data.months)
  const month = formats.month(data.keptFrom)
  const day = formats.day(formats.dayOf(data.startsAt))
  const short = (of: string) => formats.month(of, 'short')
  return (
    <div className="grid w-full gap-3 text-small">
      <p role="status">
        <b>
          {rows.length === 0
            ? text('none', { month })
            : text('goes', { month, count: rows.reduce((sum, { n }) => sum + n, 0) })}
        </b>{' '}
        {text('starts', { day, time: formats.time(data.startsAt) })}
      </p>
      {rows.length > 0 && (
        <DataTable
          caption={text('byYear')}
          rows={rows}
          rowKey={({ year }) => year}
          columns={[
            { key: 'year', head: text('year'), cell: ({ year }) => year },
            {
              key: 'months',
              head: text('months'),
              cell: ({ from, to }) =>
                from === to ? short(from) : text('span', { from: short(from), to: short(to) }),
            },
            { key: 'reports', head: text('reports'), figure: true, cell: ({ n }) => formats.number(n) },
          ]}
        />
      )}
    </div>
  )
}
