'use client'
import type { Findings } from '@fieldback/domain/analytics/findings'
import type { Question } from '@fieldback/domain/analytics/question'
import type { Localised } from '@fieldback/domain/field/field-spec'
import { changeText, inLocale, intervalText, unitOf, valueText } from '@fieldback/i18n/figure-words'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { LevelMark } from '@fieldback/ui/level-mark'
import { useLocale } from 'next-intl'
import { Behind, casesBehind } from './behind-link.tsx'
import { ChartHead } from './chart-head.tsx'
import { Notes } from './months-section.tsx'
import { type PlaceRow, placeRows, sortPlaces } from './place-rows.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView, viewLink } from './use-view.tsx'

type Props = {
  findings: Findings
  asked: Question
  levelNames: readonly Localised[]
}

/** Every territory with its figures, hidden ones said so, and the reports behind; the order is in the address. */
export function PlaceTable({ findings, asked, levelNames }: Props) {
  const text = useText()
  const formats = useFormats()
  const { view, change } = useView()
  const columns = useColumns({ findings, asked, levelNames })
  const known = columns.some(({ key }) => key === view.sort?.key)
  const sort = view.sort && known ? view.sort : { key: 'value', direction: 'descending' as const }
  const cut = findings.cut.find(({ what }) => what === 'territories')
  return (
    <section aria-labelledby="table" data-chart="table" className="border-line border-t pt-7">
      <ChartHead id="table" files="places">
        {text('territories.title', { place: findings.place.name })}
      </ChartHead>
      <DataTable
        caption={text('territories.table')}
        rowKey={(row: PlaceRow) => row.place.id}
        rows={sortPlaces(
          placeRows(findings).filter(({ now }) => now.n > 0 || now.hidden),
          sort,
        )}
        columns={columns}
        sort={sort}
        onSort={(key, direction) => change({ sort: { key, direction } })}
      />
      <Notes>
        {(findings.direct ?? 0) > 0 &&
          (findings.part.length === 0
            ? text('territories.directOf', { count: findings.direct ?? 0 })
            : text('territories.partOf', {
                count: findings.direct ?? 0,
                places: findings.part.length,
                list: formats.list(findings.part.map(({ name }) => name)),
              }))}
        {cut !== undefined &&
          text('cut.territories', { shown: formats.number(cut.shown), of: formats.number(cut.of) })}
      </Notes>
    </section>
  )
}

function useColumns({ findings, asked, levelNames }: Props): Column<PlaceRow>[] {
  const { measure } = asked
  const text = useText()
  const formats = useFormats()
  const locale = useLocale()
  const { hrefOf } = useView()
  const unit = unitOf(measure, findings)
  const words = { unit, text, formats }
  const rows = placeRows(findings)
  const hidden = <span className="font-regular text-ink-2">{text('table.hidden')}</span>
  const figure = (key: string, head: string, cell: Column<PlaceRow>['cell']): Column<PlaceRow> => ({
    key,
    head,
    figure: true,
    sortable: true,
    cell,
  })
  const level = (row: PlaceRow) => {
    const name = levelNames[row.place.rank]
    return name ? { label: inLocale(name, locale) } : {}
  }
  const isRatio = measure.of === 'share' || measure.of === 'outcome' || measure.of === 'fill'
  const stock = findings.measured !== null && findings.measured.entity !== 'report'
  return [
    {
      key: 'name',
      head: text('table.territory'),
      sortable: true,
      rowHead: true,
      cell: (row) => (
        <span className="inline-flex items-center gap-2">
          <LevelMark rank={row.place.rank} size={16} {...level(row)} />
          {row.place.closed || row.place.elsewhere
            ? text(row.place.closed ? 'table.closed' : 'table.elsewhere', { place: row.place.name })
            : viewLink({
                href: hrefOf({ territoryId: row.place.id, level: null, sort: null }),
                className: 'touch hover:underline hover:underline-offset-4',
                children: row.place.name,
              })}
        </span>
      ),
    },
    ...(measure.of === 'count'
      ? []
      : [
          figure(
            'n',
            text(
              measure.of === 'outcome'
                ? 'stats.reports'
                : stock || measure.of !== 'fill'
                  ? 'table.answers'
                  : 'table.asked',
            ),
            ({ now }) => (now.hidden && now.n === 0 ? hidden : formats.number(now.n)),
          ),
        ]),
    ...(isRatio
      ? [figure('k', text('table.counted'), ({ now }) => (now.k === null ? hidden : formats.number(now.k)))]
      : []),
    figure('value', text(`table.of.${measure.of}`), ({ now }) =>
      now.value === null ? now.hidden ? hidden : '–' : <b>{valueText(now.value, unit, formats)}</b>,
    ),
    ...(findings.method === null
      ? []
      : [
          {
            key: 'interval',
            head: text('table.interval'),
            figure: true,
            cell: ({ now }: PlaceRow) => intervalText(now, words) ?? '',
          },
        ]),
    ...(rows.some((row) => changeText(row, words) !== null)
      ? [
          {
            key: 'moved',
            head: text('table.moved'),
            figure: true,
            cell: (row: PlaceRow) => changeText(row, words) ?? '',
          },
        ]
      : []),
    ...(rows.some(({ now }) => now.people !== null)
      ? [figure('people', text('stats.people'), ({ now }) => formats.number(now.people ?? 0))]
      : []),
    ...(stock
      ? []
      : [
          {
            key: 'behind',
            head: <span className="sr-only">{text('behindHead')}</span>,
            figure: true,
            cell: ({ place, now }: PlaceRow) => (
              <Behind asked={asked} findings={findings} at={[place.id]} n={casesBehind(now, asked)} />
            ),
          },
        ]),
  ]
}
