'use client'
import type { AskedMeasure } from '@fieldback/domain/analytics/address'
import { TextLink } from '@fieldback/ui/text-link'
import Download from 'lucide-react/icons/download'
import type { Export } from './export-rows.ts'
import { useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { writeView } from './write-view.ts'

type Props = { of: Export; territoryId: string; measure?: AskedMeasure | undefined }

/** The figures beside it, as a file: what is hidden on the screen is hidden there. */
export function ExportLink({ of, territoryId, measure }: Props) {
  const text = useText()
  const { view } = useView()
  return (
    <TextLink
      href={`/api/analytics/export?of=${of}&${writeView({ ...view, territoryId, measure: measure ?? null, sort: null })}`}
      icon={<Download size={15} />}
    >
      {text('export.csv')}
    </TextLink>
  )
}
