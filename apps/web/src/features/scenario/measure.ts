import type { PlaceLine, ShownSide } from './scenario-page.ts'

export const MEASURES = ['accounts', 'visits', 'reports', 'seconds'] as const
export type Measure = (typeof MEASURES)[number]

/** What a bar shows of a territory: a share for each rep, the whole without one; of entry, seconds. */
export function measured({ load }: ShownSide, measure: Measure): number {
  if (measure === 'seconds') return load.seconds
  const whole = { accounts: load.accounts, visits: load.visitsDue, reports: load.reports }[measure]
  return whole / Math.max(1, load.reps)
}

/** The longest bar of both trees: one scale for all. */
export const longest = (places: readonly PlaceLine[], measure: Measure): number =>
  Math.max(
    1e-9,
    ...places.flatMap(({ before, after }) =>
      [before, after].flatMap((side) => (side && side.below === 0 ? [measured(side, measure)] : [])),
    ),
  )
