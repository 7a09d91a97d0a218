import type { Scenario } from '@fieldback/db/scenario/scenario.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import { type Figures, figuresOf, type PlaceOutlook, placesOf } from '@fieldback/domain/scenario/outlook'
import { type Laid, layOver } from './live.ts'
import { requireScenario } from './open-scenario.ts'
import { type PlaceLine, placeLines, touchedBy } from './read.ts'

export type Compared = {
  readonly id: string
  readonly name: string
  readonly author: string
  readonly effectiveOn: string | null
  readonly gestures: number
  /** Gestures that cannot be taken any more. */
  readonly stuck: number
  /** Gestures that make questions clash for which nothing is chosen. */
  readonly waiting: number
  readonly figures: Figures
  /** The territories that either of the two touches, in both. */
  readonly places: readonly PlaceLine[]
}

type One = {
  readonly scenario: Scenario
  readonly laid: Laid
  readonly outlooks: ReadonlyMap<string, PlaceOutlook>
}

/** Two scenarios of one branch beside each other, over the organisation as it is. NOT_FOUND, FORBIDDEN, CONFLICT for two branches. */
export async function compare(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly otherId: string },
): Promise<readonly [Compared, Compared]> {
  const [a, b] = [await readOne(sdb, input.scenarioId), await readOne(sdb, input.otherId)]
  if (a.scenario.territory.id !== b.scenario.territory.id)
    throw new FieldbackError('CONFLICT', { what: 'branch' })
  const touched = new Set([a, b].flatMap(({ laid, outlooks }) => [...touchedBy(laid, outlooks)]))
  return [compared(a, touched), compared(b, touched)]
}

async function readOne(sdb: ScopedDb, id: string): Promise<One> {
  const scenario = await requireScenario(sdb, 'scenario.read', id)
  const laid = await layOver(sdb, scenario)
  return { scenario, laid, outlooks: placesOf(laid.live, laid.projection, laid.days) }
}

function compared({ scenario, laid, outlooks }: One, touched: ReadonlySet<string>): Compared {
  const { live, projection, days } = laid
  const { id, name, author, effectiveOn, gestures, territory } = scenario
  return {
    id,
    name,
    author,
    effectiveOn,
    gestures: gestures.length,
    waiting: new Set(projection.by.filter((_, at) => (projection.meetings[at]?.open.length ?? 0) > 0)).size,
    stuck: projection.outcomes.filter(({ kind }) => kind === 'stuck').length,
    figures: figuresOf(live, projection, days),
    places: placeLines(laid, outlooks, { top: territory.id, touched, opened: [] }).places,
  }
}
