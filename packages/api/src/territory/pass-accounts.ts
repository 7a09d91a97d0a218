import { accountsAt, countReports, lockAccounts } from '@fieldback/db/account/move.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Path } from '@fieldback/domain/territory/path'
import type { Fault } from '@fieldback/domain/territory/placement'
import { passes, type RehomeRule, type RuledAccount } from '@fieldback/domain/territory/rehome-rule'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { carryOver } from '../account/move.ts'
import type { Taken } from './place-branches.ts'

/** What one passage may move: each report is counted at its new place by a fact of its own. */
export const ACCOUNTS_MAX = 5_000
const REPORTS_MAX = 10_000
/** Accounts read to find those that pass: a second of the server's time. */
const READ_MAX = 50_000

type Deps = { readonly now: () => Date; readonly newId: () => string }
type Place = { readonly id: string; readonly name: string; readonly path: Path }

/** Why so much cannot pass at once; null when it can. */
export function tooMany({
  accounts,
  reports,
}: {
  readonly accounts: number
  readonly reports: number
}): Fault | null {
  if (accounts > ACCOUNTS_MAX) return { code: 'TOO_LARGE', params: { accounts, max: ACCOUNTS_MAX } }
  if (reports > REPORTS_MAX) return { code: 'TOO_LARGE', params: { reports, max: REPORTS_MAX } }
  return null
}

/** Accounts whose home is a territory and that pass by a rule, in order of id. */
export async function passingAccounts(sdb: ScopedDb, fromId: string, rule: RehomeRule): Promise<string[]> {
  const accounts = await allAccountsAt(sdb, fromId, { values: rule.by === 'answer' })
  return accounts.filter((account) => passes(rule, account)).map(({ id }) => id)
}

/** The accounts whose home is a territory, `values` with what a rule may ask of them. TOO_LARGE {accounts, max}. */
export async function allAccountsAt(
  sdb: ScopedDb,
  territoryId: string,
  { values }: { readonly values: boolean },
): Promise<RuledAccount[]> {
  const accounts = await accountsAt(sdb, territoryId, { values, limit: READ_MAX + 1 })
  if (accounts.length > READ_MAX)
    throw new FieldbackError('TOO_LARGE', { accounts: accounts.length, max: READ_MAX })
  return accounts
}

/**
 * Makes accounts of one territory those of another, with all that is counted at their homes; reports stay where they were
 * filed. The tree is held for the change. Answers how many passed, and the steps that take them back. TOO_LARGE {accounts,
 * reports, max}.
 */
export async function passAccounts(
  sdb: ScopedDb,
  { from, to, rule }: { readonly from: Place; readonly to: Place; readonly rule: RehomeRule },
  { now }: Pick<Deps, 'now'>,
): Promise<{ readonly accounts: number; readonly undo: TreeStep[] }> {
  const wanted = await passingAccounts(sdb, from.id, rule)
  if (wanted.length === 0) return { accounts: 0, undo: [] }
  refuseMany({ accounts: wanted.length, reports: 0 })
  // What left while they were waited for is no longer passed.
  const leaving = (await lockAccounts(sdb, wanted)).filter(({ territoryId }) => territoryId === from.id)
  const ids = leaving.map(({ id }) => id)
  refuseMany({ accounts: ids.length, reports: await countReports(sdb, ids) })
  if (ids.length === 0) return { accounts: 0, undo: [] }
  await carryOver(sdb, leaving, to, now())
  return {
    accounts: ids.length,
    undo: [{ of: 'rehome', fromId: to.id, toId: from.id, rule: { by: 'accounts', ids } }],
  }
}

function refuseMany(passing: Parameters<typeof tooMany>[0]): void {
  const fault = tooMany(passing)
  if (fault) throw new FieldbackError(fault.code, fault.params)
}

/** The same as a gesture of its own, told in the journal. */
export async function splitOff(
  sdb: ScopedDb,
  what: { readonly from: Place; readonly to: Place; readonly rule: RehomeRule },
  deps: Deps,
): Promise<Taken> {
  const { accounts, undo } = await passAccounts(sdb, what, deps)
  const id = deps.newId()
  await writeAudit(sdb, {
    id,
    action: 'territory.rehome',
    subjectId: what.to.id,
    detail: { name: what.to.name, from: what.from.id, by: what.rule.by, count: accounts, undo },
  })
  return { undo, auditIds: [id] }
}
