'use client'
import type { Overview } from '@fieldback/api/analytics/overview'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { useFormats, useText } from './use-figures.ts'
import { stepText } from './words.ts'

type Step = Overview['series'][number]

/** The same figures, step by step, the latest first; folded away until asked for. */
export function ActivityTable({ overview }: { overview: Overview }) {
  const text = useText()
  const formats = useFormats()
  const { grain } = overview
  const figure = (key: Exclude<keyof Step, 'at'>, head: string): Column<Step> => ({
    key,
    head,
    figure: true,
    cell: (row) => formats.number(row[key]),
  })
  return (
    <details className="group">
      <summary className="flex min-h-11 w-fit cursor-pointer items-center font-medium text-accent-ink text-small hover:underline hover:underline-offset-4 desk:min-h-8">
        {text('overview.asTable')}
      </summary>
      <DataTable
        caption={text('overview.time')}
        rowKey={(row) => row.at}
        rows={overview.series.toReversed()}
        columns={[
          {
            key: 'at',
            head: text(`grain.${grain}`),
            cell: (row) => stepText(row.at, grain, formats, 'long'),
          },
          figure('reports', text('stats.reports')),
          figure('visit', text('kind.visit')),
          figure('call', text('kind.call')),
          figure('order', text('outcome.order')),
          figure('quote', text('outcome.quote')),
          figure('revisit', text('outcome.revisit')),
          figure('none', text('outcome.none')),
        ]}
      />
    </details>
  )
}
