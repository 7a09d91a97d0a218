import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import {
  insertSubSector,
  lockName,
  lockSiblingNames,
  renameTerritory,
} from '@fieldback/db/territory/territory.repo'
import { verdictAt } from '@fieldback/domain/access/scope'
import { nameKey } from '@fieldback/domain/account/normalise'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { refuseChanged } from '../meanwhile.ts'

type NewId = () => string

/** Adds a sub-sector under a local territory. TERRITORY_RANK when the parent is not local, TERRITORY_NAME_TAKEN. */
export async function createSubSector(
  sdb: ScopedDb,
  input: { readonly parentId: string; readonly name: string },
  newId: NewId,
): Promise<TerritoryRow> {
  const parent = await requireTerritory(sdb, 'territory.arrange', input.parentId)
  if (parent.rank + 1 !== SUB_SECTOR)
    throw new FieldbackError('TERRITORY_RANK', { rank: parent.rank, need: SUB_SECTOR - 1 })
  await refuseTaken(sdb, parent.id, null, input.name)
  const sector = await insertSubSector(sdb, parent, { id: newId(), name: input.name })
  await writeAudit(sdb, {
    id: newId(),
    action: 'territory.createSubSector',
    subjectId: sector.id,
    detail: { name: sector.name, parentId: parent.id },
  })
  return sector
}

/**
 * Gives a sub-sector another name; other levels are the administrator's. TERRITORY_RANK, TERRITORY_NAME_TAKEN,
 * CHANGED_MEANWHILE when it is not called as the caller knew.
 */
export async function rename(
  sdb: ScopedDb,
  input: { readonly territoryId: string; readonly name: string; readonly known?: string | undefined },
  newId: NewId,
): Promise<TerritoryRow> {
  const territory = await requireTerritory(sdb, 'territory.arrange', input.territoryId)
  const administers = verdictAt(sdb.scope, 'organisation.administer', territory.path).allowed
  if (territory.rank !== SUB_SECTOR && !administers)
    throw new FieldbackError('TERRITORY_RANK', { rank: territory.rank, need: SUB_SECTOR })
  if (territory.parentId !== null) await refuseTaken(sdb, territory.parentId, territory.id, input.name)
  const before = await lockName(sdb, territory.id)
  if (before !== input.name) refuseChanged(input.known, before)
  await renameTerritory(sdb, territory.id, input.name)
  await writeAudit(sdb, {
    id: newId(),
    action: 'territory.rename',
    subjectId: territory.id,
    detail: { from: before, to: input.name },
  })
  return { ...territory, name: input.name }
}

/** Names are compared as they are read aloud: case and accents do not tell two neighbours apart. */
export async function refuseTaken(
  sdb: ScopedDb,
  parentId: string,
  exceptId: string | null,
  name: string,
): Promise<void> {
  const key = nameKey(name)
  const taken = (await lockSiblingNames(sdb, parentId, exceptId)).find((other) => nameKey(other) === key)
  if (taken !== undefined) throw new FieldbackError('TERRITORY_NAME_TAKEN', { name: taken })
}
