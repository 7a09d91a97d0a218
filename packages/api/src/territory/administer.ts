import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { lockPublications } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { anyTerritory, codeBearer, setCode } from '@fieldback/db/territory/administer.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { Rank } from '@fieldback/domain/territory/rank'
import { refuseChanged } from '../meanwhile.ts'
import { applyTreeSteps } from './apply-steps.ts'

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
  deps: Clock,
): Promise<TerritoryRow> {
  await requireTerritory(sdb, ADMINISTER, input.parentId)
  const id = deps.newId()
  await applyTreeSteps(sdb, [{ of: 'create', id, ...input }], deps)
  return requireTerritory(sdb, ADMINISTER, id)
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
export async function close(sdb: ScopedDb, territoryId: string, deps: Clock): Promise<void> {
  await requireTerritory(sdb, 'territory.arrange', territoryId)
  await applyTreeSteps(sdb, [{ of: 'close', territoryId }], deps)
}

/** Opens a closed territory again under its parent. NOT_FOUND, CONFLICT when the parent is closed, TERRITORY_NAME_TAKEN, TERRITORY_CODE_TAKEN. */
export async function reopen(sdb: ScopedDb, territoryId: string, deps: Clock): Promise<TerritoryRow> {
  await applyTreeSteps(sdb, [{ of: 'reopen', territoryId }], deps)
  return requireTerritory(sdb, 'territory.arrange', territoryId)
}
