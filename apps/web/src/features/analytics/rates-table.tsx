'use client'
import type { Place } from '@fieldback/api/analytics/place'
import { SectionHead } from '@fieldback/ui/section-head'
import { ExportLink } from './export-link.tsx'
import { TerritoryTable } from './territory-table.tsx'
import { measureOf, type Rates } from './use-explorer.ts'
import { useFormats, useText } from './use-figures.ts'
import { bucketText } from './words.ts'

type Props = { place: Place; rates: Rates; territoryId: string }

/** The ranking's figures, every territory, in any order. */
export function RatesTable({ place, rates, territoryId }: Props) {
  const text = useText()
  const formats = useFormats()
  return (
    <section aria-labelledby="table" className="border-line border-t pt-7">
      <SectionHead id="table" aside={<RatesExport rates={rates} territoryId={territoryId} />}>
        {text('territories.title', { place: place.place.name })}
      </SectionHead>
      <TerritoryTable
        of={'field' in rates ? 'answer' : 'orders'}
        answer={'field' in rates ? bucketText(rates.label, text, formats) : undefined}
        rows={rates.rows}
        direct={rates.direct}
        part={rates.part}
        levelNames={place.levelNames}
      />
    </section>
  )
}

export function RatesExport({ rates, territoryId }: { rates: Rates; territoryId: string }) {
  const of = 'field' in rates ? 'byTerritoryOfBucket' : 'byTerritory'
  return <ExportLink of={of} territoryId={territoryId} measure={measureOf(rates)} />
}
