'use client'
import type { Place } from '@fieldback/api/analytics/place'
import { byTerritoryAt } from '@fieldback/domain/analytics/address'
import { SectionHead } from '@fieldback/ui/section-head'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'
import { FileLinks } from './chart-files.tsx'
import { GroupNotes } from './group-notes.tsx'
import { atStart, type Start } from './start.ts'
import { TerritoryTable } from './territory-table.tsx'
import { useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { Awaited } from './waiting.tsx'

type Props = { place: Place; territoryId: string; start: Start | undefined }

/** Reports of the territories just below: bars in a table; a name opens the territory. */
export function ReportsByTerritory({ place, territoryId, start }: Props) {
  const text = useText()
  const trpc = useTRPC()
  const { view } = useView()
  const asked = byTerritoryAt(view, territoryId)
  const query = useQuery(
    trpc.analytics.byTerritory.queryOptions(asked, {
      placeholderData: keepPreviousData,
      ...atStart(start?.byTerritory, asked),
    }),
  )
  return (
    <section aria-labelledby="by-territory" className="border-line border-t pt-7">
      <SectionHead id="by-territory" aside={<FileLinks of="byTerritory" territoryId={territoryId} />}>
        {text('territories.title', { place: place.place.name })}
      </SectionHead>
      <Awaited query={query}>
        {(data) => (
          <>
            <TerritoryTable
              rows={data.rows}
              direct={data.direct}
              part={data.part}
              levelNames={place.levelNames}
            />
            <GroupNotes rows={data.rows} of="reports" />
          </>
        )}
      </Awaited>
    </section>
  )
}
