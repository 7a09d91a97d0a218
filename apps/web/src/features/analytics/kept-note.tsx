'use client'
import type { Findings } from '@fieldback/domain/analytics/findings'
import { Notice } from '@fieldback/ui/notice'
import Archive from 'lucide-react/icons/archive'
import { useFormats, useText } from './use-figures.ts'

/** Says that the figures reach back beyond the reports that are kept. */
export function KeptNote({ kept }: { kept: NonNullable<Findings['kept']> }) {
  const text = useText()
  const formats = useFormats()
  return (
    <div className="mb-5">
      <Notice icon={<Archive size={18} />} tone="quiet">
        {text('kept', { month: formats.month(kept.from), crossed: kept.crossed ? 'yes' : 'no' })}
      </Notice>
    </div>
  )
}
