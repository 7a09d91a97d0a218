import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { lockPublications } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import {
  askReslot,
  countMove,
  fieldsOwned,
  noteMove,
  rewritePaths,
  setSlots,
  shiftCounts,
  sizeOfMove,
  takenSlots,
  territoriesAbove,
} from '@fieldback/db/territory/move-branch.repo'
import { lockTree } from '@fieldback/db/territory/tree-lock.repo'
import { nameKey } from '@fieldback/domain/account/normalise'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { otherSlots, questionTwice } from '@fieldback/domain/territory/fields-meet'
import { childPath, isWithin } from '@fieldback/domain/territory/path'
import { linesChanged, moveFault } from '@fieldback/domain/territory/placement'
import type { Rank } from '@fieldback/domain/territory/rank'
import { refuseChanged } from '../meanwhile.ts'
import { refuseTaken } from './arrange.ts'

/** Territories and counted cells that one move may rewrite: more would outlast a procedure's two seconds. */
const TERRITORIES_MAX = 5_000
const CELLS_MAX = 30_000

type Ids = { readonly newId: () => string }

/**
 * Puts a territory with its whole branch under another: rights, questions asked and figures follow, "as organised then"
 * too, for what was filed stays in its territory and the tree is today's. The right must hold above both places.
 * TERRITORY_ROOT, TERRITORY_CYCLE, TERRITORY_RANK, TERRITORY_NAME_TAKEN, TERRITORY_FIELDS_MEET {key, territory},
 * TOO_LARGE, CHANGED_MEANWHILE when it does not lie where the caller knew.
 */
export async function moveTerritory(
  sdb: ScopedDb,
  input: {
    readonly territoryId: string
    readonly parentId: string
    readonly known?: string | undefined
  },
  { newId }: Ids,
): Promise<{ readonly from: string }> {
  await lockPublications(sdb)
  await lockTree(sdb.tx, sdb.scope.orgId, 'change')
  const territory = await requireTerritory(sdb, 'organisation.administer', input.territoryId)
  const to = await requireTerritory(sdb, 'organisation.administer', input.parentId)
  const fault = moveFault(territory, to)
  if (fault) throw new FieldbackError(fault.code, fault.params)
  const from = await requireTerritory(sdb, 'organisation.administer', territory.parentId ?? '')
  if (from.id === to.id) return { from: from.id }
  refuseChanged(input.known, from.id)
  await refuseTaken(sdb, to.id, territory.id, territory.name)
  const line = linesChanged(territory.path, childPath(to.path, territory.id))
  await refuseLarge(sdb, territory, line.left.length + line.joined.length)

  const auditId = newId()
  const fieldIds = await settleFields(sdb, territory, line.joined)
  await shiftCounts(sdb, territory.id, line)
  await rewritePaths(sdb, territory, to)
  await noteMove(sdb, { id: auditId, from: territory.path, to: childPath(to.path, territory.id) })
  await countMove(sdb, line)
  if (fieldIds.length > 0) await askReslot(sdb, { id: auditId, territoryId: territory.id, fieldIds })
  await writeAudit(sdb, {
    id: auditId,
    action: 'territory.move',
    subjectId: territory.id,
    detail: { name: territory.name, from: from.id, to: to.id },
  })
  return { from: from.id }
}

async function refuseLarge(sdb: ScopedDb, territory: TerritoryRow, lines: number): Promise<void> {
  const { territories, cells } = await sizeOfMove(sdb, territory)
  if (territories > TERRITORIES_MAX || cells * lines > CELLS_MAX)
    throw new FieldbackError('TOO_LARGE', { territories, cells: cells * lines, max: CELLS_MAX })
}

/**
 * Questions of the branch and of its new line meet: never twice the same, never two in one column. Answers the ids of
 * those whose columns are to be written again in the branch.
 */
async function settleFields(
  sdb: ScopedDb,
  territory: TerritoryRow,
  joined: readonly string[],
): Promise<string[]> {
  const own = await fieldsOwned(sdb, { branch: territory.path })
  const above = await fieldsOwned(sdb, { ids: joined })
  const twice = questionTwice(own, above)
  if (twice) throw new FieldbackError('TERRITORY_FIELDS_MEET', twice)
  const taken = new Set((await takenSlots(sdb)).map(({ entity, slot }) => `${entity}:${slot}`))
  const changed = otherSlots(
    own.map(({ definition }) => definition),
    above.map(({ definition }) => definition),
    taken,
  )
  await setSlots(sdb, changed)
  const asked = above.filter(({ definition }) => definition.slot !== null)
  return [...asked.map(({ definition }) => definition.id), ...changed.map(({ id }) => id)]
}

export type PossibleParent = {
  readonly id: string
  readonly name: string
  readonly rank: Rank
  /** Name of what it lies under itself. */
  readonly under: string | null
}

const PARENTS_MAX = 12

/** Where a territory may be put, by any part of a name; its present parent is left out. */
export async function possibleParents(
  sdb: ScopedDb,
  input: { readonly territoryId: string; readonly search: string },
): Promise<{ readonly parents: readonly PossibleParent[]; readonly more: number }> {
  const territory = await requireTerritory(sdb, 'organisation.administer', input.territoryId)
  const key = nameKey(input.search)
  const found = (await territoriesAbove(sdb, territory.rank)).filter(
    ({ id, name, path }) =>
      id !== territory.parentId && !isWithin(territory.path, path) && nameKey(name).includes(key),
  )
  return {
    parents: found
      .slice(0, PARENTS_MAX)
      .map(({ id, name, rank, under }) => ({ id, name, rank: rank as Rank, under })),
    more: Math.max(0, found.length - PARENTS_MAX),
  }
}
