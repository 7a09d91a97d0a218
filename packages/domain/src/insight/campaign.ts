import {
  activityOf,
  CONCEPT,
  conceptOf,
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
        conceptOf,
        shown: (year.at(-1) ?? []).map(({ key }) => key),
        factors,
        activity: activityOf(world, run),
      }),
    )
  }
  return year
}

const isPlanted = ({ kind, factor, bucket, outcome, direction }: Insight, fieldId = PLANTED_FIELD): boolean =>
  isOf({ kind, factor }, fieldId) && bucket === PLANTED_BUCKET && outcome === 'order' && direction === 'more'
const isOf = ({ kind, factor }: Pick<Insight, 'kind' | 'factor'>, fieldId: string): boolean =>
  kind === 'association' && 'fieldId' in factor && factor.fieldId === fieldId

/** Whether the planted effect is named first at the last run. */
const namesFirst = (year: readonly Insight[][], fieldId: string): boolean => {
  const first = year.at(-1)?.[0]
  return first !== undefined && isPlanted(first, fieldId)
}

/** What counts of a year: something shown at any run; the planted one named first at the last; the confounded one shown. */
const COUNTED: Readonly<Record<WorldKind, (year: readonly Insight[][]) => boolean>> = {
  noise: (year) => year.some((shown) => shown.length > 0),
  planted: (year) => namesFirst(year, PLANTED_FIELD),
  confounded: (year) => year.some((shown) => shown.some((one) => isOf(one, PLANTED_FIELD))),
  alike: (year) => year.some((shown) => shown.length > 0),
  shared: (year) => namesFirst(year, CONCEPT),
}

/**
 * Plays a year of so many organisations of a kind, seeds from 1, and answers the share of those that count: with
 * something shown where there is nothing (`noise`, `alike`), with the planted effect named first, with the confounded
 * one shown; for `shared`, with the concept named first.
 */
export function campaignShare(kind: WorldKind, organisations: number): number {
  let counted = 0
  for (let seed = 1; seed <= organisations; seed++)
    if (COUNTED[kind](playYear(makeWorld(kind, seed)))) counted++
  return counted / organisations
}
