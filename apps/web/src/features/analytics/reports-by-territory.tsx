'use client'
import type { ByTerritory } from '@fieldback/api/analytics/by-territory'
import type { Place } from '@fieldback/api/analytics/place'
import { BarList } from '@fieldback/ui/bar-list'
import { SectionHead } from '@fieldback/ui/section-head'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'
import { ExportLink } from './export-link.tsx'
import { GroupNotes } from './group-notes.tsx'
import { TerritoryTable } from './territory-table.tsx'
import { useFormats, useText } from './use-figures.ts'
import { useView, viewLink } from './use-view.tsx'
import { Awaited } from './waiting.tsx'

/** Reports of the territories just below: bars, then the table; a name opens the territory. */
export function ReportsByTerritory({ place, territoryId }: { place: Place; territoryId: string }) {
  const text = useText()
  const trpc = useTRPC()
  const { view } = useView()
  const { basis, period } = view
  const query = useQuery(
    trpc.analytics.byTerritory.queryOptions(
      { territoryId, basis, period },
      { placeholderData: keepPreviousData },
    ),
  )
  return (
    <section aria-labelledby="by-territory" className="border-line border-t pt-7">
      <SectionHead id="by-territory" aside={<ExportLink of="byTerritory" territoryId={territoryId} />}>
        {text('territories.title', { place: place.place.name })}
      </SectionHead>
      <Awaited query={query}>
        {(data) => (
          <div className="grid gap-x-9 gap-y-7 xl:grid-cols-[400px_minmax(0,1fr)]">
            <Bars data={data} />
            <div>
              <TerritoryTable
                of="orders"
                rows={data.rows}
                direct={data.direct}
                levelNames={place.levelNames}
              />
              <GroupNotes rows={data.rows} of="reports" />
            </div>
          </div>
        )}
      </Awaited>
    </section>
  )
}

function Bars({ data: { rows } }: { data: ByTerritory }) {
  const text = useText()
  const formats = useFormats()
  const { hrefOf } = useView()
  const shown = rows.filter(({ n }) => n > 0).toSorted((a, b) => b.n - a.n)
  return (
    <BarList
      label={text('territories.bars')}
      rank={shown[0]?.place.rank}
      renderLink={viewLink}
      items={shown.map(({ place, n }) => ({
        key: place.id,
        name: place.name,
        value: n,
        valueLabel: formats.number(n),
        ...(place.closed ? {} : { href: hrefOf({ territoryId: place.id, sort: null }) }),
      }))}
    />
  )
}
