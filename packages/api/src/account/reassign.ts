import {
  countMeant,
  findReassignment,
  findReassignments,
  type HomeCounts,
  holdingAbove,
  insertReassignment,
  keptLines,
  questionsAlong,
  type ReassignmentRow,
  setReassignmentState,
} from '@fieldback/db/account/reassignment.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { findField } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { enqueue } from '@fieldback/db/sync/enqueue'
import { type AccountFilter, CHOSEN_BY } from '@fieldback/domain/account/account-filter'
import {
  type Change,
  questionsGainedAndLost,
  UNDO_DAYS,
  undoUntil,
  whoGainsAndLoses,
} from '@fieldback/domain/account/reassignment'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Localised } from '@fieldback/domain/field/field-spec'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin } from '@fieldback/domain/territory/path'

export type ReassignInput = { readonly filter: AccountFilter; readonly toId: string }

/** Names and homes beyond these are counted and not told. */
const TOLD_MAX = 50

export type ReassignPreview = {
  readonly accounts: number
  readonly contacts: number
  readonly reports: number
  /** Open ones that pass to whoever has the accounts then. */
  readonly callbacks: number
  readonly homes: readonly Omit<HomeCounts, 'path'>[]
  readonly gain: readonly Change[]
  readonly lose: readonly Change[]
  readonly gained: readonly Localised[]
  readonly lost: readonly Localised[]
}

/** What a reassignment would do; nothing is changed. NOT_FOUND, FORBIDDEN, INVALID_INPUT. */
export async function previewReassign(sdb: ScopedDb, input: ReassignInput): Promise<ReassignPreview> {
  const { branch, to } = await requireBoth(sdb, input)
  const homes = await countMeant(sdb, { ...input, branch: branch.path }, to.path)
  const paths = [...homes.map(({ path }) => path), to.path]
  const sum = (key: 'accounts' | 'contacts' | 'reports' | 'callbacks') =>
    homes.reduce((total, home) => total + home[key], 0)
  const { gain, lose } = whoGainsAndLoses(await holdingAbove(sdb, paths), homes, to.path)
  const { gained, lost } = questionsGainedAndLost(await questionsAlong(sdb, paths), homes, to.path)
  return {
    accounts: sum('accounts'),
    contacts: sum('contacts'),
    reports: sum('reports'),
    callbacks: sum('callbacks'),
    homes: homes.slice(0, TOLD_MAX).map(({ path: _, ...home }) => home),
    gain: gain.slice(0, TOLD_MAX),
    lose: lose.slice(0, TOLD_MAX),
    gained: gained.slice(0, TOLD_MAX).map(({ label }) => label),
    lost: lost.slice(0, TOLD_MAX).map(({ label }) => label),
  }
}

/**
 * Has all accounts that match given another home, in the background. The right must hold in the whole branch they are
 * sought in and at the new home, and is looked at again for every account when its turn comes. NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export async function reassign(
  sdb: ScopedDb,
  input: ReassignInput,
  deps: { readonly now: () => Date; readonly newId: () => string },
): Promise<{ readonly id: string; readonly total: number }> {
  const { branch, to } = await requireBoth(sdb, input)
  const homes = await countMeant(sdb, { ...input, branch: branch.path }, to.path)
  const total = homes.reduce((sum, { accounts }) => sum + accounts, 0)
  const id = deps.newId()
  await insertReassignment(sdb, { id, ...input, total, at: deps.now() })
  await enqueue(sdb.tx, 'reassign', sdb.scope.orgId)
  await writeAudit(sdb, {
    id: deps.newId(),
    action: 'account.reassign',
    subjectId: to.id,
    detail: { reassignmentId: id, to: to.id, territoryId: branch.id, count: total },
  })
  return { id, total }
}

/**
 * Takes a reassignment back as a whole, within a week, also one that still runs: it stops where it is. NOT_FOUND,
 * FORBIDDEN, CONFLICT when it is being taken back already, REASSIGNMENT_UNDO_OVER.
 */
export async function undoReassign(
  sdb: ScopedDb,
  id: string,
  deps: { readonly now: () => Date; readonly newId: () => string },
): Promise<void> {
  const found = await findReassignment(sdb, id, { lock: true })
  await requireEven(sdb, found.filter.territoryId)
  await requireEven(sdb, found.toId)
  if (found.state === 'undoing' || found.state === 'undone') throw new FieldbackError('CONFLICT')
  if (deps.now() > undoUntil(new Date(found.askedAt)))
    throw new FieldbackError('REASSIGNMENT_UNDO_OVER', { days: UNDO_DAYS })
  const { orgId, membershipId } = sdb.scope
  await setReassignmentState(sdb.tx, orgId, { id, state: 'undoing', at: null, undoneBy: membershipId })
  await enqueue(sdb.tx, 'reassign', orgId)
  await writeAudit(sdb, {
    id: deps.newId(),
    action: 'account.undoReassign',
    subjectId: found.toId,
    detail: { reassignmentId: id, to: found.toId, territoryId: found.filter.territoryId, count: found.moved },
  })
}

export type ToldReassignment = ReassignmentRow & { readonly undoable: boolean; readonly undoUntil: string }

/** The last twenty of a branch. */
export async function listReassignments(
  sdb: ScopedDb,
  territoryId: string,
  now: Date,
): Promise<ToldReassignment[]> {
  const { path } = await requireEven(sdb, territoryId)
  const rows = await findReassignments(sdb, path, 20)
  return rows.map((row) => {
    const until = undoUntil(new Date(row.askedAt))
    const open = row.state === 'moving' || row.state === 'moved' || row.state === 'stopped'
    return { ...row, undoable: open && now <= until, undoUntil: until.toISOString() }
  })
}

/** Accounts that stayed where they were, with why: at most a hundred. NOT_FOUND, FORBIDDEN. */
export async function listKept(sdb: ScopedDb, id: string) {
  const found = await findReassignment(sdb, id)
  await requireEven(sdb, found.filter.territoryId)
  return keptLines(sdb, id, 100)
}

const requireEven = (sdb: ScopedDb, territoryId: string): Promise<TerritoryRow> =>
  requireTerritory(sdb, 'account.move', territoryId, { evenClosed: true })

/** Both ends, with the right to move accounts there; what is asked of answers must be a question of that branch. */
async function requireBoth(sdb: ScopedDb, { filter, toId }: ReassignInput) {
  const branch = await requireEven(sdb, filter.territoryId)
  const to = await requireTerritory(sdb, 'account.move', toId)
  if (filter.answer) await requireChosen(sdb, filter.answer.fieldId, branch)
  return { branch, to }
}

/** NOT_FOUND, INVALID_INPUT for a question that is not of accounts, or is not answered by choosing. */
export async function requireChosen(sdb: ScopedDb, fieldId: string, { path }: TerritoryRow): Promise<void> {
  const { definition, owner } = await findField(sdb, fieldId)
  const near = isWithin(owner.path, path) || isWithin(path, owner.path)
  const chosen = (CHOSEN_BY as readonly string[]).includes(definition.spec.type)
  if (!near || !chosen || definition.entity !== 'account')
    throw new FieldbackError('INVALID_INPUT', { what: 'answer' })
}
