import { countReports, lockAccounts } from '@fieldback/db/account/move.repo'
import { inOrg, type OrgTx } from '@fieldback/db/client'
import { holdTypes } from '@fieldback/db/field/conversion.repo'
import { accountsAround } from '@fieldback/db/import/accounts.repo'
import { contactsAround } from '@fieldback/db/import/contacts.repo'
import { importFields } from '@fieldback/db/import/fields.repo'
import { allTerritories, organisationFacts } from '@fieldback/db/import/territories.repo'
import {
  type LineEffect,
  type Work,
  type WrittenVerdict,
  writeVerdicts,
} from '@fieldback/db/import/work.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { writeRecords } from '@fieldback/db/sync/write-records'
import { type AccountLine, readAccountLine } from '@fieldback/domain/import/account-line'
import type { AccountsAround } from '@fieldback/domain/import/accounts-around'
import { type AskedFields, askedFields } from '@fieldback/domain/import/asked-fields'
import { indexTerritories, type Territories } from '@fieldback/domain/import/find-territory'
import type { LineVerdict, StagedLine } from '@fieldback/domain/import/line'
import { type AccountEffects, makesAccount, planAccounts } from '@fieldback/domain/import/plan-accounts'
import { planContacts, readContactLine } from '@fieldback/domain/import/plan-contacts'
import type { PushContext } from '@fieldback/domain/sync/state'
import { carryOver } from '../account/move.ts'
import { localDay } from '../open-session.ts'
import { normalisePhone } from '../sync/normalise-phone.ts'
import { BatchTooLarge, type ImportDeps, type JudgeBatch, type Stop, throughLines } from './work.ts'

/** Reports whose place in the figures one transaction may change. */
const REPORTS_MAX = 5_000

/** What every batch of a step shares: the tree, the questions in force, the local day. */
export type Ground = {
  readonly territories: Territories
  readonly asked: AskedFields
  readonly fields: Awaited<ReturnType<typeof importFields>>
  readonly day: string
}

export async function groundOf({ db, now }: ImportDeps, work: Work): Promise<Ground> {
  const entity = work.kind === 'contacts' ? 'contact' : 'account'
  return inOrg(db, work.orgId, async (tx) => {
    const territories = indexTerritories(await allTerritories(tx, work.orgId))
    const fields = await importFields(tx, work.orgId, entity)
    const { timeZone } = await organisationFacts(tx, work.orgId)
    const asked = askedFields(entity, fields.live, {
      mapping: work.mapping,
      territories,
      phone: normalisePhone,
    })
    return { territories, fields, asked, day: localDay(timeZone, now()) }
  })
}

/** The person who imports, as what writes for him needs it; a job checks no right again, the step was asked for by him. */
export const scopedAs = (tx: OrgTx, work: Work, day: string): ScopedDb => ({
  tx,
  scope: { orgId: work.orgId, membershipId: work.createdBy, deviceId: work.createdBy, day, grants: [] },
})

/** Tries or runs a file of accounts or contacts. False when stopped. */
export async function throughRecords(deps: ImportDeps, work: Work, stop: Stop): Promise<boolean> {
  const ground = await groundOf(deps, work)
  return throughLines(
    deps,
    work,
    stop,
    work.kind === 'accounts' ? accounts(deps, work, ground) : contacts(deps, work, ground),
  )
}

const planOf = (
  deps: ImportDeps,
  work: Work,
  { territories, asked, fields, day, conversions }: Ground & Pick<PushContext, 'conversions'>,
) => ({
  options: work.options,
  territories,
  asked,
  versions: fields.versions,
  conversions,
  day,
  newId: deps.newId,
  author: { membershipId: work.createdBy, importId: work.id },
})

/** What rows are written with: their places, their accounts and the questions they answer. */
const contextOf = <A extends { readonly id: string }>(
  { territories, fields }: Ground,
  accounts: readonly A[],
) => ({
  territories: territories.byId,
  accounts: new Map(accounts.map((account) => [account.id, account])),
  definitions: fields.live,
  versions: fields.versions,
})

const writerOf = (work: Work) => ({ orgId: work.orgId, membershipId: work.createdBy })

/** What a line did, where it did something. */
const withEffects = (verdicts: readonly LineVerdict[], versionOf: ReadonlyMap<number, number>) =>
  verdicts.map((verdict) => {
    const version = versionOf.get(verdict.line)
    const effect: LineEffect | null =
      version === undefined ? null : { created: verdict.outcome === 'create', version }
    return { ...verdict, effect }
  })

function accounts(deps: ImportDeps, work: Work, ground: Ground): JudgeBatch {
  const { territories } = ground
  const reading = { mapping: work.mapping, columns: work.columns.length, territories, phone: normalisePhone }
  const runs = work.state === 'importing'
  return async (tx, staged) => {
    const read = (line: StagedLine) => readAccountLine(line, reading)
    const lines = staged.map(read)
    const conversions = await holdTypes(tx, work.orgId, 'keep')
    const around = await accountsAround(tx, work, lines, { lock: runs, read })
    const plan = planAccounts(planOf(deps, work, { ...ground, conversions }), around, lines)
    if (!runs) {
      await writeVerdicts(tx, work, withLooks(plan.verdicts.map(asTried), lines, around))
      return plan.verdicts
    }
    await writeRecords(tx, writerOf(work), contextOf(ground, around.accounts), {
      ...plan,
      contacts: new Map(),
    })
    await moveAccounts(deps, scopedAs(tx, work, ground.day), territories, plan.moves)
    await writeVerdicts(tx, work, withLooks(withEffects(plan.verdicts, plan.versionOf), lines, around))
    return plan.verdicts
  }
}

/** What later lines look for those by that bring an account. */
function withLooks(
  verdicts: readonly WrittenVerdict[],
  lines: readonly AccountLine[],
  { sketches }: Pick<AccountsAround, 'sketches'>,
): WrittenVerdict[] {
  const byLine = new Map(lines.map((line) => [line.line, line]))
  return verdicts.map((verdict) => {
    const line = byLine.get(verdict.line)
    if (!line || !makesAccount(verdict)) return verdict
    const { nameKey, postcode, city, phone, email } = line
    return { ...verdict, nameKey, nameSketch: sketches.get(nameKey) ?? null, postcode, city, phone, email }
  })
}

/** A record that a try would make has no id that stays. */
const asTried = (verdict: LineVerdict): LineVerdict & { effect: null } => ({
  ...verdict,
  recordId: verdict.outcome === 'create' ? null : verdict.recordId,
  effect: null,
})

/** Takes accounts to other homes, in the transaction of what their lines changed. Throws BatchTooLarge. */
export async function moveAccounts(
  { now }: Pick<ImportDeps, 'now'>,
  sdb: ScopedDb,
  territories: Territories,
  moves: AccountEffects['moves'],
): Promise<void> {
  if (moves.length === 0) return
  const ids = moves.map(({ accountId }) => accountId)
  if (moves.length > 1 && (await countReports(sdb, ids)) > REPORTS_MAX) throw new BatchTooLarge()
  const locked = new Map((await lockAccounts(sdb, ids)).map((account) => [account.id, account]))
  for (const to of new Set(moves.map((move) => move.to))) {
    const home = territories.byId.get(to)
    const leaving = moves.flatMap((move) => (move.to === to ? (locked.get(move.accountId) ?? []) : []))
    if (home && leaving.length > 0) await carryOver(sdb, leaving, home, now())
  }
}

function contacts(deps: ImportDeps, work: Work, ground: Ground): JudgeBatch {
  const reading = { mapping: work.mapping, columns: work.columns.length, phone: normalisePhone }
  const runs = work.state === 'importing'
  return async (tx, staged) => {
    const lines = staged.map((line) => readContactLine(line, reading))
    const conversions = await holdTypes(tx, work.orgId, 'keep')
    const around = await contactsAround(tx, work, lines, { lock: runs })
    const plan = planContacts(planOf(deps, work, { ...ground, conversions }), around, lines)
    if (!runs) {
      await writeVerdicts(tx, work, plan.verdicts.map(asTried))
      return plan.verdicts
    }
    await writeRecords(tx, writerOf(work), contextOf(ground, around.accounts), {
      ...plan,
      accounts: new Map(),
    })
    await writeVerdicts(tx, work, withEffects(plan.verdicts, plan.versionOf))
    return plan.verdicts
  }
}
