import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { lockName } from '@fieldback/db/territory/territory.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { LOCAL, SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { refuseChanged } from '../meanwhile.ts'
import { applyTreeSteps } from './apply-steps.ts'

type Deps = { readonly now: () => Date; readonly newId: () => string }

/** Adds a sub-sector under a local territory. TERRITORY_RANK when the parent is not local, TERRITORY_NAME_TAKEN. */
export async function createSubSector(
  sdb: ScopedDb,
  input: { readonly parentId: string; readonly name: string },
  deps: Deps,
): Promise<TerritoryRow> {
  const parent = await requireTerritory(sdb, 'territory.arrange', input.parentId)
  if (parent.rank !== LOCAL) throw new FieldbackError('TERRITORY_RANK', { rank: parent.rank, need: LOCAL })
  const id = deps.newId()
  await applyTreeSteps(sdb, [{ of: 'create', id, ...input, rank: SUB_SECTOR, code: null }], deps)
  return requireTerritory(sdb, 'territory.arrange', id)
}

/**
 * Gives a sub-sector another name; other levels are the administrator's. TERRITORY_RANK, TERRITORY_NAME_TAKEN,
 * CHANGED_MEANWHILE when it is not called as the caller knew.
 */
export async function rename(
  sdb: ScopedDb,
  input: { readonly territoryId: string; readonly name: string; readonly known?: string | undefined },
  deps: Deps,
): Promise<TerritoryRow> {
  const territory = await requireTerritory(sdb, 'territory.arrange', input.territoryId)
  if (territory.name !== input.name && input.known !== undefined)
    refuseChanged(input.known, await lockName(sdb, territory.id))
  await applyTreeSteps(sdb, [{ of: 'rename', territoryId: territory.id, name: input.name }], deps)
  return { ...territory, name: input.name }
}
