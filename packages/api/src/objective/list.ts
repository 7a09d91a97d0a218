import {
  askForCounts,
  countObjectives,
  holdsAtMost,
  type ObjectiveCount,
  type ObjectiveLine,
  objectivesOfBranch,
  type RefusalLine,
  refusalsOf,
} from '@fieldback/db/objective/objective.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { groupBy } from '@fieldback/domain/analytics/group-by'
import { questionsTellingApart, type TellingQuestion } from '../field/telling-apart.ts'

/** `at`: the instant when it was counted behind the page; null: as it is now. */
export type ToldCount = ObjectiveCount & { readonly at: string | null }
export type ToldObjective = Omit<ObjectiveLine, 'kept'> & {
  /** null: it is being counted for the first time. */
  readonly count: ToldCount | null
  /** The last words of those who do not take accounts on. */
  readonly refusals: readonly RefusalLine[]
}
export type Objectives = {
  readonly objectives: readonly ToldObjective[]
  /** Older ones are not told. */
  readonly more: boolean
  /** Some are being counted anew: they are told soon. */
  readonly counting: boolean
  /** By which accounts can be told apart here. */
  readonly questions: readonly TellingQuestion[]
}

const OBJECTIVES_MOST = 30
const REFUSALS_MOST = 50
/** A branch of more is counted behind the page: each objective reads all of its accounts. */
const COUNTED_AT_ONCE = 5_000
/** Counted anew when somebody looks and it is older. */
const STALE_MS = 5 * 60_000

/** What is stated for a branch, how far each is, and why some accounts are not taken on. */
export async function listObjectives(sdb: ScopedDb, territoryId: string, now: Date): Promise<Objectives> {
  const territory = await requireTerritory(sdb, 'objective.state', territoryId)
  const lines = await objectivesOfBranch(sdb, territory.path, OBJECTIVES_MOST + 1)
  const told = lines.slice(0, OBJECTIVES_MOST)
  const counted = (await holdsAtMost(sdb, territory.path, COUNTED_AT_ONCE))
    ? await countNow(sdb, told)
    : await countBehind(sdb, told, now)
  const refusals = groupBy(await refusalsOf(sdb, told, REFUSALS_MOST), ({ objectiveId }) => objectiveId)
  return {
    objectives: told.map(({ kept: _, ...line }, at) => {
      const count = counted.counts[at] ?? null
      // Who was seen all the same needs no word; where the count is older than the words, they are told.
      const allSeen = count?.at === null && count.refused === 0
      return { ...line, count, refusals: allSeen ? [] : (refusals.get(line.id) ?? []) }
    }),
    more: lines.length > OBJECTIVES_MOST,
    counting: counted.counting,
    questions: await questionsTellingApart(sdb, territory.path),
  }
}

type CountedLines = { readonly counts: readonly (ToldCount | null)[]; readonly counting: boolean }

async function countNow(
  { tx, scope }: ScopedDb,
  objectives: readonly ObjectiveLine[],
): Promise<CountedLines> {
  const counts = await countObjectives(tx, scope.orgId, { objectives, day: scope.day })
  return { counts: counts.map((count) => ({ ...count, at: null })), counting: false }
}

/** As last counted; what is older than some minutes is asked for. */
async function countBehind(sdb: ScopedDb, lines: readonly ObjectiveLine[], now: Date): Promise<CountedLines> {
  const old = lines.filter(({ kept }) => kept === null || now.getTime() - Date.parse(kept.at) > STALE_MS)
  if (old.length > 0)
    await askForCounts(
      sdb,
      old.map(({ id }) => id),
    )
  return { counts: lines.map(({ kept }) => kept), counting: old.length > 0 }
}
