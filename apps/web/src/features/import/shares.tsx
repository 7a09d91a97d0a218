'use client'
import { type ImportCounts, LINE_OUTCOMES, type LineOutcome } from '@fieldback/domain/import/import'
import { DistributionBar } from '@fieldback/ui/distribution-bar'
import type { Swatch } from '@fieldback/ui/legend'
import { useWords } from './use-words.ts'

const SWATCHES: Readonly<Record<LineOutcome, Swatch>> = {
  create: 'accent',
  update: 'accent-line',
  unchanged: 'neutral',
  duplicate: 'ink',
  refused: 'hidden',
}

/** Before it is done one says what becomes of a line, after it what became of it. */
export type Says = 'outcome' | 'became'

/** How the lines of a file share out, in figures and as a bar. */
export function Shares({ counts, says }: { readonly counts: ImportCounts; readonly says: Says }) {
  const { text, formats } = useWords()
  const segments = LINE_OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) => ({
    key: outcome,
    value: counts[outcome],
    swatch: SWATCHES[outcome],
    label: text('tried.share', {
      outcome: text(`${says}.${outcome}`),
      count: formats.number(counts[outcome]),
    }),
  }))
  if (segments.length === 0) return null
  return <DistributionBar thick segments={segments} label={text('tried.shares')} />
}
