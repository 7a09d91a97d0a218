import { lockPublications } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { territoriesAbove } from '@fieldback/db/territory/move-branch.repo'
import { nameKey } from '@fieldback/domain/account/normalise'
import { FieldbackError } from '@fieldback/domain/errors'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import { refuseChanged } from '../meanwhile.ts'
import { applyTreeSteps } from './apply-steps.ts'

const ADMINISTER = 'organisation.administer'

/**
 * Puts a territory with its whole branch under another: rights, questions asked and figures of today follow; as organised
 * then, what was filed stays where it was counted. The right must hold above both places. TERRITORY_ROOT,
 * TERRITORY_CYCLE, TERRITORY_RANK, TERRITORY_NAME_TAKEN, TERRITORY_FIELDS_MEET {key, place, territory}, TOO_LARGE,
 * CHANGED_MEANWHILE when it does not lie where the caller knew.
 */
export async function moveTerritory(
  sdb: ScopedDb,
  input: {
    readonly territoryId: string
    readonly parentId: string
    readonly known?: string | undefined
  },
  deps: { readonly now: () => Date; readonly newId: () => string },
): Promise<{ readonly from: string }> {
  await lockPublications(sdb)
  const { territoryId, parentId } = input
  const territory = await requireTerritory(sdb, ADMINISTER, territoryId)
  await requireTerritory(sdb, ADMINISTER, parentId)
  if (territory.parentId === null) throw new FieldbackError('TERRITORY_ROOT')
  if (territory.parentId !== parentId) refuseChanged(input.known, territory.parentId)
  await applyTreeSteps(sdb, [{ of: 'move', territoryId, parentId }], deps)
  return { from: territory.parentId }
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
  const territory = await requireTerritory(sdb, ADMINISTER, input.territoryId)
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
