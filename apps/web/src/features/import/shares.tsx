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

export type SharesProps = {
  readonly counts: ImportCounts
  readonly says: Says
  /** Lines that were not handled, where the work ended on the way. */
  readonly left?: number
}

/** How the lines of a file share out, in figures and as a bar. */
export function Shares({ counts, says, left = 0 }: SharesProps) {
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
  const rest = {
    key: 'left',
    value: left,
    swatch: 'no-data' as const,
    label: text('tried.left', { count: formats.number(left) }),
  }
  if (segments.length === 0 && left === 0) return null
  return (
    <DistributionBar
      thick
      segments={left > 0 ? [...segments, rest] : segments}
      label={text('tried.shares')}
    />
  )
}
