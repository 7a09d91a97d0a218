import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { lockPublications } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import {
  anyTerritory,
  codeBearer,
  setClosed,
  setCode,
  standsHere,
} from '@fieldback/db/territory/administer.repo'
import { insertTerritories } from '@fieldback/db/territory/insert-territories.repo'
import { verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { childPath } from '@fieldback/domain/territory/path'
import { isEmptyPlace, rankFault } from '@fieldback/domain/territory/placement'
import { type Rank, SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { refuseChanged } from '../meanwhile.ts'
import { refuseTaken } from './arrange.ts'

type Ids = { readonly newId: () => string }
type Clock = Ids & { readonly now: () => Date }

const ADMINISTER = 'organisation.administer'

/** Adds a territory under any of a higher level. TERRITORY_RANK, TERRITORY_NAME_TAKEN, TERRITORY_CODE_TAKEN. */
export async function add(
  sdb: ScopedDb,
  input: {
    readonly parentId: string
    readonly rank: Rank
    readonly name: string
    readonly code: string | null
  },
  { newId }: Ids,
): Promise<TerritoryRow> {
  const parent = await requireTerritory(sdb, ADMINISTER, input.parentId)
  const fault = rankFault(parent.rank, input.rank)
  if (fault) throw new FieldbackError(fault.code, fault.params)
  await lockPublications(sdb)
  await refuseTaken(sdb, parent.id, null, input.name)
  await refuseCode(sdb, input.code, input.rank, null)
  const id = newId()
  const territory = {
    id,
    parentId: parent.id,
    rank: input.rank,
    name: input.name,
    path: childPath(parent.path, id),
  }
  await insertTerritories(sdb.tx, sdb.scope.orgId, [{ ...territory, code: input.code }])
  await writeAudit(sdb, {
    id: newId(),
    action: 'territory.add',
    subjectId: id,
    detail: { name: input.name, parentId: parent.id, parent: parent.name, rank: input.rank },
  })
  return territory
}

/** Gives a territory its official code, or takes it away; answers the one it had. TERRITORY_CODE_TAKEN, CHANGED_MEANWHILE. */
export async function changeCode(
  sdb: ScopedDb,
  input: {
    readonly territoryId: string
    readonly code: string | null
    readonly known?: string | null | undefined
  },
  { newId }: Ids,
): Promise<{ before: string | null }> {
  const territory = await requireTerritory(sdb, ADMINISTER, input.territoryId)
  await lockPublications(sdb)
  const before = (await anyTerritory(sdb, territory.id))?.code ?? null
  if (before === input.code) return { before }
  refuseChanged(input.known, before)
  await refuseCode(sdb, input.code, territory.rank, territory.id)
  await setCode(sdb, territory.id, input.code)
  await writeAudit(sdb, {
    id: newId(),
    action: 'territory.setCode',
    subjectId: territory.id,
    detail: { name: territory.name, from: before, to: input.code },
  })
  return { before }
}

/** Official codes tell territories of one level apart: a map and an import find them by it. */
async function refuseCode(
  sdb: ScopedDb,
  code: string | null,
  rank: Rank,
  exceptId: string | null,
): Promise<void> {
  if (code === null) return
  const bearer = await codeBearer(sdb, { code, rank, exceptId })
  if (bearer !== null) throw new FieldbackError('TERRITORY_CODE_TAKEN', { name: bearer })
}

/**
 * Closes a territory on which nothing stands: it leaves the trees, its history stays counted.
 * TERRITORY_ROOT, TERRITORY_NOT_EMPTY with what stands there, TERRITORY_RANK when only its sub-sectors are the caller's.
 */
export async function close(sdb: ScopedDb, territoryId: string, { now, newId }: Clock): Promise<void> {
  const territory = await requireTerritory(sdb, 'territory.arrange', territoryId)
  refuseAbove(sdb, territory)
  if (territory.parentId === null) throw new FieldbackError('TERRITORY_ROOT')
  await lockPublications(sdb)
  const here = await standsHere(sdb, territory.id)
  if (!isEmptyPlace(here)) throw new FieldbackError('TERRITORY_NOT_EMPTY', { ...here })
  await setClosed(sdb, territory.id, now())
  await writeAudit(sdb, {
    id: newId(),
    action: 'territory.close',
    subjectId: territory.id,
    detail: { name: territory.name, parentId: territory.parentId },
  })
}

/** Opens a closed territory again under its parent. NOT_FOUND, CONFLICT when the parent is closed, TERRITORY_NAME_TAKEN, TERRITORY_CODE_TAKEN. */
export async function reopen(sdb: ScopedDb, territoryId: string, { newId }: Ids): Promise<TerritoryRow> {
  await lockPublications(sdb)
  const found = await anyTerritory(sdb, territoryId)
  if (!found) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
  const { closed, code, ...territory } = found
  const verdict = verdictAt(sdb.scope, 'territory.arrange', territory.path)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'territory.arrange' })
  refuseAbove(sdb, territory)
  if (!closed || territory.parentId === null) return territory
  const parent = await anyTerritory(sdb, territory.parentId)
  if (!parent || parent.closed) throw new FieldbackError('CONFLICT', { what: 'parent' })
  await refuseTaken(sdb, territory.parentId, territory.id, territory.name)
  await refuseCode(sdb, code, territory.rank, territory.id)
  await setClosed(sdb, territory.id, null)
  await writeAudit(sdb, {
    id: newId(),
    action: 'territory.reopen',
    subjectId: territory.id,
    detail: { name: territory.name, parentId: territory.parentId },
  })
  return territory
}

/** Managers arrange the sub-sectors of their branch; what lies above is the administrator's. */
function refuseAbove(sdb: ScopedDb, { rank, path }: TerritoryRow): void {
  if (rank === SUB_SECTOR || verdictAt(sdb.scope, ADMINISTER, path).allowed) return
  throw new FieldbackError('TERRITORY_RANK', { rank, need: SUB_SECTOR })
}
