import {
  activityOf,
  countsOf,
  makeWorld,
  PLANTED_BUCKET,
  PLANTED_FIELD,
  periodOf,
  RUNS,
  type World,
  type WorldKind,
} from './campaign-world.ts'
import { findInsights } from './find-insights.ts'
import type { Insight } from './insight.ts'

/** What was shown at each of twelve monthly runs. */
export function playYear(world: World): Insight[][] {
  const counts = countsOf(world)
  const year: Insight[][] = []
  for (let run = 1; run <= RUNS; run++) {
    const factors = counts.map((factor) => factor.after(run))
    year.push(
      findInsights({
        tree: world.tree,
        period: periodOf(run),
        run,
        shown: (year.at(-1) ?? []).map(({ key }) => key),
        factors,
        activity: activityOf(world, run),
      }),
    )
  }
  return year
}

const isPlanted = ({ kind, factor, bucket, outcome, direction }: Insight): boolean =>
  isOfPlanted({ kind, factor }) && bucket === PLANTED_BUCKET && outcome === 'order' && direction === 'more'
const isOfPlanted = ({ kind, factor }: Pick<Insight, 'kind' | 'factor'>): boolean =>
  kind === 'association' && 'fieldId' in factor && factor.fieldId === PLANTED_FIELD

/** What counts of a year: something shown at any run; the planted one named first at the last; the confounded one shown. */
const COUNTED: Readonly<Record<WorldKind, (year: readonly Insight[][]) => boolean>> = {
  noise: (year) => year.some((shown) => shown.length > 0),
  planted: (year) => {
    const first = year.at(-1)?.[0]
    return first !== undefined && isPlanted(first)
  },
  confounded: (year) => year.some((shown) => shown.some(isOfPlanted)),
  alike: (year) => year.some((shown) => shown.length > 0),
}

/**
 * Plays a year of so many organisations of a kind, seeds from 1, and answers the share of those that count: with
 * something shown where there is nothing (`noise`, `alike`), with the planted effect named first, with the confounded
 * one shown.
 */
export function campaignShare(kind: WorldKind, organisations: number): number {
  let counted = 0
  for (let seed = 1; seed <= organisations; seed++)
    if (COUNTED[kind](playYear(makeWorld(kind, seed)))) counted++
  return counted / organisations
}
