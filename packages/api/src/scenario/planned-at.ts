import { plannedNaming } from '@fieldback/db/scenario/scenario.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { type ToldStep, toldStep } from '@fieldback/domain/scenario/told'
import { stepNames } from './step-names.ts'

const PLANNED_MAX = 20

export type PlannedChange = {
  readonly id: string
  readonly name: string
  /** Day. */
  readonly day: string
  /** Changes when the scenario does. */
  readonly version: number
  /** It could not be applied on its day, and waits to be mended. */
  readonly failed: boolean
  /** What it does with the territory, a gesture each. */
  readonly told: readonly (readonly ToldStep[])[]
  /** It does nothing else, and the reader may give it up. */
  readonly cancels: boolean
}

/**
 * What is planned for a territory in the scenarios that the reader sees, the earliest first, at most 20; `more` when some
 * were left off. NOT_FOUND, FORBIDDEN.
 */
export async function plannedAt(
  sdb: ScopedDb,
  territoryId: string,
): Promise<{ readonly planned: readonly PlannedChange[]; readonly more: boolean }> {
  await requireTerritory(sdb, 'scenario.read', territoryId)
  const found = await plannedNaming(sdb, { territoryId, limit: PLANNED_MAX + 1 })
  const steps = found.flatMap(({ gestures }) => gestures.flatMap((gesture) => gesture.steps))
  const names = await stepNames(sdb, steps)
  return {
    planned: found
      .slice(0, PLANNED_MAX)
      .map(({ id, name, territory, fault, version, effectiveOn, gestures, count }) => ({
        id,
        name,
        day: effectiveOn,
        version,
        failed: fault !== null,
        told: gestures.map((gesture) => gesture.steps.flatMap((step) => toldStep(step, names))),
        cancels: count === 1 && verdictAt(sdb.scope, 'territory.arrange', territory).allowed,
      })),
    more: found.length > PLANNED_MAX,
  }
}
