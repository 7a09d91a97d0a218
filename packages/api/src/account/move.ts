import {
  countReports,
  leaveFacts,
  loadHanging,
  lockAccounts,
  type MovingAccount,
  moveHomes,
  rewriteSlots,
} from '@fieldback/db/account/move.repo'
import { openPaths } from '@fieldback/db/assignment/assignment.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { definitionsOf } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { enqueue } from '@fieldback/db/sync/enqueue'
import { verdictAt } from '@fieldback/domain/access/scope'
import { moveFacts } from '@fieldback/domain/account/move-facts'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { pathIds } from '@fieldback/domain/territory/path'

export const MOVE_MAX = 100
/** Reports whose place in the figures one move may change: more would outlast a procedure's two seconds. */
export const REPORTS_MAX = 5_000

export type Moved = { readonly accountId: string; readonly from: string }

/**
 * Moves accounts to a territory, all or none; those already there are left alone. The right must hold at every old home
 * and at the new one. NOT_FOUND, FORBIDDEN, TOO_LARGE when more than 5,000 reports hang on them. Answers where each was,
 * and whether all of them may go back there: nothing goes to a closed territory.
 */
export async function move(
  sdb: ScopedDb,
  input: { readonly accountIds: readonly string[]; readonly territoryId: string },
  deps: { readonly now: () => Date; readonly newId: () => string },
): Promise<{ moved: Moved[]; back: boolean }> {
  const to = await requireTerritory(sdb, 'account.move', input.territoryId)
  const wanted = [...new Set(input.accountIds)]
  const accounts = await lockAccounts(sdb, wanted)
  checkRights(sdb, accounts, wanted.length)
  const leaving = accounts.filter((account) => account.territoryId !== to.id)
  if (leaving.length === 0) return { moved: [], back: false }
  const ids = leaving.map((account) => account.id)
  const reports = await countReports(sdb, ids)
  if (reports > REPORTS_MAX) throw new FieldbackError('TOO_LARGE', { reports, max: REPORTS_MAX })

  await carryOver(sdb, leaving, to, deps.now())
  const moved = leaving.map((account) => ({ accountId: account.id, from: account.territoryId }))
  await writeAudit(sdb, {
    id: deps.newId(),
    action: 'account.move',
    subjectId: to.id,
    detail: { to: to.id, moved },
  })
  const homes = [...new Set(moved.map(({ from }) => from))]
  return { moved, back: (await openPaths(sdb, homes)).size === homes.length }
}

/** Moves locked accounts with all that is counted at their homes, and has what was promised there pass on; rights, bounds and the journal are the caller's. */
export async function carryOver(
  sdb: ScopedDb,
  leaving: readonly MovingAccount[],
  to: Pick<TerritoryRow, 'id' | 'path'>,
  at: Date,
): Promise<void> {
  const ids = leaving.map((account) => account.id)
  const hanging = await loadHanging(sdb, leaving)
  await leaveFacts(
    sdb,
    moveFacts(
      {
        versions: new Map(hanging.versions.map((field) => [`${field.id}:${field.version}`, field])),
        conversions: hanging.conversions,
        fieldSets: hanging.fieldSets,
      },
      { to: to.id, accounts: leaving, contacts: hanging.contacts, reports: hanging.reports },
    ),
  )
  await moveHomes(sdb, ids, to.id, at)
  await rewriteSlots(sdb, ids, await newQuestions(sdb, leaving, to))
  await enqueue(sdb.tx, 'pass_callbacks', sdb.scope.orgId)
}

function checkRights({ scope }: ScopedDb, accounts: readonly MovingAccount[], wanted: number): void {
  if (accounts.length < wanted) throw new FieldbackError('NOT_FOUND', { what: 'account' })
  for (const { path } of accounts) {
    const verdict = verdictAt(scope, 'account.move', path)
    if (!verdict.allowed)
      throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'account.move' })
  }
}

/** Questions with a typed column that the new home asks and at least one old home did not. */
async function newQuestions(
  sdb: ScopedDb,
  leaving: readonly MovingAccount[],
  to: Pick<TerritoryRow, 'path'>,
) {
  const everywhere = pathIds(to.path).filter((id) => leaving.every(({ path }) => pathIds(path).includes(id)))
  const asked = await definitionsOf(
    sdb,
    pathIds(to.path).filter((id) => !everywhere.includes(id)),
  )
  return asked.filter((field) => field.slot !== null)
}
