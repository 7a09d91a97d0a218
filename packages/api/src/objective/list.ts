import {
  countObjective,
  type ObjectiveCount,
  type ObjectiveLine,
  objectivesOfBranch,
  type RefusalLine,
  refusalsOf,
} from '@fieldback/db/objective/objective.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { questionsTellingApart, type TellingQuestion } from '../field/telling-apart.ts'

export type CountedObjective = ObjectiveLine &
  ObjectiveCount & {
    /** The last words of those who do not take accounts on. */
    readonly refusals: readonly RefusalLine[]
  }
export type Objectives = {
  readonly objectives: readonly CountedObjective[]
  /** Older ones are not told. */
  readonly more: boolean
  /** By which accounts can be told apart here. */
  readonly questions: readonly TellingQuestion[]
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
    const refusals = count.refused > 0 ? await refusalsOf(sdb, line, REFUSALS_MOST) : []
    objectives.push({ ...line, ...count, refusals })
  }
  return {
    objectives,
    more: lines.length > OBJECTIVES_MOST,
    questions: await questionsTellingApart(sdb, territory.path),
  }
}
