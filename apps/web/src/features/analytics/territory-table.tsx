'use client'
import type { PlaceFigure } from '@fieldback/api/analytics/figure'
import type { PlaceRef } from '@fieldback/domain/analytics/findings'
import type { Localised } from '@fieldback/domain/field/field-spec'
import { inLocale } from '@fieldback/i18n/figure-words'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { LevelMark } from '@fieldback/ui/level-mark'
import { useLocale } from 'next-intl'
import { MiniBar } from './mini-bar.tsx'
import { type SortableRow, sortRows } from './sort-rows.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView, viewLink } from './use-view.tsx'
import { changeText, intervalText } from './words.ts'

type Row = PlaceFigure & { readonly visits?: number; readonly reportsBefore?: number }

type Props = {
  rows: readonly Row[]
  /** Cases at the territory itself, outside those below. */
  direct: number
  /** Those that were below on a part of the days: their cases are among the direct ones. */
  part: readonly PlaceRef[]
  levelNames: readonly Localised[]
}

/** Every territory with its reports and orders, hidden ones said so; the order is in the address. */
export function TerritoryTable(props: Props) {
  const { rows, direct, part } = props
  const text = useText()
  const formats = useFormats()
  const { view, change } = useView()
  const columns = useColumns(props)
  const known = columns.some(({ key }) => key === view.sort?.key)
  const sort = view.sort && known ? view.sort : { key: 'n', direction: 'descending' as const }
  return (
    <>
      <DataTable
        caption={text('territories.table')}
        rowKey={(row: Row) => row.place.id}
        rows={sortRows(
          rows.filter(({ n }) => n > 0),
          sort,
        )}
        columns={columns}
        sort={sort}
        onSort={(key, direction) => change({ sort: { key, direction } })}
      />
      {direct > 0 && (
        <p className="mt-3 max-w-[72ch] text-caption text-ink-2">
          {part.length === 0
            ? text('territories.directOf', { count: direct })
            : text('territories.partOf', {
                count: direct,
                places: part.length,
                list: formats.list(part.map(({ name }) => name)),
              })}
        </p>
      )}
    </>
  )
}

function useColumns({ rows, levelNames }: Props): Column<Row>[] {
  const text = useText()
  const formats = useFormats()
  const locale = useLocale()
  const { hrefOf } = useView()
  const figure = (key: keyof SortableRow, head: string, cell: Column<Row>['cell']): Column<Row> => ({
    key,
    head,
    figure: true,
    sortable: true,
    cell,
  })
  const name: Column<Row> = {
    key: 'name',
    head: text('table.territory'),
    sortable: true,
    rowHead: true,
    cell: ({ place, elsewhere }) => {
      const level = levelNames[place.rank]
      return (
        <span className="inline-flex items-center gap-2">
          <LevelMark rank={place.rank} size={16} {...(level ? { label: inLocale(level, locale) } : {})} />
          {place.closed || elsewhere
            ? text(place.closed ? 'table.closed' : 'table.elsewhere', { place: place.name })
            : viewLink({
                href: hrefOf({ territoryId: place.id, sort: null }),
                className: 'touch hover:underline hover:underline-offset-4',
                children: place.name,
              })}
        </span>
      )
    },
  }
  const most = Math.max(1, ...rows.map(({ n }) => n))
  const hidden = <span className="font-regular text-ink-2">{text('table.hidden')}</span>
  return [
    name,
    {
      key: 'bar',
      head: <span className="sr-only">{text('territories.bars')}</span>,
      cell: ({ n, place }: Row) => <MiniBar wide share={n / most} rank={place.rank} />,
    },
    figure('n', text('stats.reports'), (row) => formats.number(row.n)),
    figure('change', text('table.change'), ({ n, reportsBefore = 0 }) =>
      reportsBefore === 0 ? '–' : formats.change(n - reportsBefore),
    ),
    figure('visits', text('stats.visits'), ({ visits = 0 }) => formats.number(visits)),
    figure('k', text('stats.orders'), ({ k }) => (k === null ? hidden : formats.number(k))),
    figure('rate', text('table.rate'), ({ rate }) =>
      rate === null ? hidden : <b>{formats.percent(rate.share)}</b>,
    ),
    {
      key: 'interval',
      head: text('table.interval'),
      figure: true,
      cell: ({ rate }) => (rate ? intervalText(rate, text, formats) : ''),
    },
    ...(rows.some(({ verdict }) => verdict !== null)
      ? [
          {
            key: 'moved',
            head: text('table.moved'),
            figure: true,
            cell: (row: Row) => changeText(row, text, formats) ?? '',
          },
        ]
      : []),
    ...(rows.some(({ people }) => people !== null)
      ? [figure('people', text('stats.people'), ({ people }) => formats.number(people ?? 0))]
      : []),
  ]
}
