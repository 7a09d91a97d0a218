import { definitionsOf } from '@fieldback/db/field/field.repo'
import {
  countObjective,
  type ObjectiveCount,
  type ObjectiveLine,
  objectivesOfBranch,
  type RefusalLine,
  refusalsOf,
} from '@fieldback/db/objective/objective.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import type { Localised } from '@fieldback/domain/field/field-spec'
import { pathIds } from '@fieldback/domain/territory/path'
import { tellsApart } from './state.ts'

export type CountedObjective = ObjectiveLine &
  ObjectiveCount & {
    /** The last words of those who do not take accounts on. */
    readonly refusals: readonly RefusalLine[]
  }
export type SegmentQuestion = {
  readonly fieldId: string
  readonly of: 'account' | 'contact'
  readonly label: Localised
  /** Empty: yes or no. */
  readonly options: readonly { readonly id: string; readonly label: Localised }[]
}
export type Objectives = {
  readonly objectives: readonly CountedObjective[]
  /** Older ones are not told. */
  readonly more: boolean
  /** By which accounts can be told apart here. */
  readonly questions: readonly SegmentQuestion[]
}

const OBJECTIVES_MOST = 30
const REFUSALS_MOST = 50

/** What is stated for a branch, how far each is, and why some accounts are not taken on. */
export async function listObjectives(sdb: ScopedDb, territoryId: string): Promise<Objectives> {
  const territory = await requireTerritory(sdb, 'objective.state', territoryId)
  const lines = await objectivesOfBranch(sdb, territory.path, OBJECTIVES_MOST + 1)
  const objectives: CountedObjective[] = []
  for (const line of lines.slice(0, OBJECTIVES_MOST)) {
    const count = await countObjective(sdb, line.path, line)
    const refusals = count.refused > 0 ? await refusalsOf(sdb, line.id, REFUSALS_MOST) : []
    objectives.push({ ...line, ...count, refusals })
  }
  const asked = (await definitionsOf(sdb, pathIds(territory.path))).filter(tellsApart)
  return {
    objectives,
    more: lines.length > OBJECTIVES_MOST,
    questions: asked.map(({ id, entity, spec }) => ({
      fieldId: id,
      of: entity === 'contact' ? 'contact' : 'account',
      label: spec.label,
      options: spec.options
        .filter(({ retired }) => !retired)
        .map((option) => ({ id: option.id, label: option.label })),
    })),
  }
}
