import type { RollupFact } from '@fieldback/domain/analytics/fact'
import type { Answers } from '@fieldback/domain/field/answer'
import type { Conversion } from '@fieldback/domain/field/conversion'
import type { FieldSetMembers } from '@fieldback/domain/field/field-set'
import type { FieldDefinition, FieldEntity } from '@fieldback/domain/field/field-spec'
import type { ReportState } from '@fieldback/domain/sync/state'
import type { Path } from '@fieldback/domain/territory/path'
import type { RuledAccount } from '@fieldback/domain/territory/rehome-rule'
import { holdTypes } from '../field/conversion.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { enqueue } from '../sync/enqueue.ts'
import { DEFINITION_JSON, REPORT_STATE_JSON } from '../sync/row-sql.ts'

/** An account about to move, locked. */
export type MovingAccount = {
  readonly id: string
  readonly territoryId: string
  readonly path: Path
  readonly values: Answers
}

/**
 * Locks accounts with their homes, in order of id. A push locks the account of every report and contact it writes, so
 * whatever is read of them afterwards cannot change before the move is done.
 */
export async function lockAccounts(
  { tx, scope }: ScopedDb,
  ids: readonly string[],
): Promise<MovingAccount[]> {
  // Locked before they are joined: a row that another move has just changed is judged again by its join, and the home
  // it had when the query began would no longer match.
  await tx.$queryRaw`
    SELECT a.id FROM account a WHERE a.org_id = ${scope.orgId}::uuid AND a.id = ANY (${[...ids]}::uuid[])
     ORDER BY a.id FOR NO KEY UPDATE`
  return tx.$queryRaw<MovingAccount[]>`
    SELECT a.id, a.territory_id AS "territoryId", t.path, a."values"
      FROM account a JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id
     WHERE a.org_id = ${scope.orgId}::uuid AND a.id = ANY (${[...ids]}::uuid[]) AND a.deleted_at IS NULL
     ORDER BY a.id`
}

export type MovingContact = {
  readonly id: string
  readonly accountId: string
  readonly values: Answers
}

/** What hangs on accounts and is counted at their home. */
export type Hanging = {
  readonly reports: readonly ReportState[]
  readonly contacts: readonly MovingContact[]
  readonly fieldSets: ReadonlyMap<string, FieldSetMembers>
  /** Every version of every question that these documents answer or were asked. */
  readonly versions: readonly FieldDefinition[]
  readonly conversions: readonly Conversion[]
}

export async function countReports({ tx, scope }: ScopedDb, accountIds: readonly string[]): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM report WHERE org_id = ${scope.orgId}::uuid AND account_id = ANY (${[...accountIds]}::uuid[])`
  return rows[0]?.n ?? 0
}

/** Reads it all in four statements, whatever the number of accounts. */
export async function loadHanging(
  { tx, scope }: ScopedDb,
  accounts: readonly MovingAccount[],
): Promise<Hanging> {
  const org = scope.orgId
  const ids = accounts.map((account) => account.id)
  const conversions = await holdTypes(tx, org, 'keep')
  const reports = (
    await tx.$queryRaw<{ row: ReportState }[]>`
      SELECT ${REPORT_STATE_JSON} AS row FROM report r
       WHERE r.org_id = ${org}::uuid AND r.account_id = ANY (${ids}::uuid[]) AND r.status <> 'withdrawn' ORDER BY r.id`
  ).map(({ row }) => row)
  const contacts = await tx.$queryRaw<MovingContact[]>`
    SELECT c.id, c.account_id AS "accountId", c."values" FROM contact c
     WHERE c.org_id = ${org}::uuid AND c.account_id = ANY (${ids}::uuid[]) AND c.deleted_at IS NULL ORDER BY c.id`
  const hashes = [...new Set(reports.flatMap((report) => report.fieldSet ?? []))]
  const sets = await tx.fieldSet.findMany({ where: { orgId: org, hash: { in: hashes } } })
  const fieldSets = new Map(sets.map((set) => [set.hash, set.members as unknown as FieldSetMembers]))
  const named = new Set([...accounts, ...contacts, ...reports].flatMap((row) => Object.keys(row.values)))
  for (const members of fieldSets.values()) for (const [fieldId] of members) named.add(fieldId)
  const versions = await tx.$queryRaw<{ row: FieldDefinition }[]>`
    SELECT ${DEFINITION_JSON} AS row FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id
     WHERE d.org_id = ${org}::uuid AND d.id = ANY (${[...named]}::uuid[])`
  return { reports, contacts, fieldSets, conversions, versions: versions.map(({ row }) => row) }
}

/** Changes the home of locked accounts: the period at the old one ends, the one at the new one begins. */
export async function moveHomes(
  { tx, scope }: ScopedDb,
  accountIds: readonly string[],
  to: string,
  at: Date,
): Promise<void> {
  const ids = [...accountIds]
  // Two moves within a millisecond, or a clock set back, would otherwise give two periods the same beginning.
  await tx.$executeRaw`
    WITH ended AS (
      UPDATE account_home h SET to_at = greatest(${at}::timestamptz, h.from_at + interval '1 millisecond')
       WHERE h.org_id = ${scope.orgId}::uuid AND h.account_id = ANY (${ids}::uuid[]) AND h.to_at IS NULL
       RETURNING h.account_id, h.to_at)
    INSERT INTO account_home (org_id, account_id, from_at, territory_id, moved_by)
    SELECT ${scope.orgId}::uuid, a.id, coalesce(e.to_at, ${at}::timestamptz), ${to}::uuid, ${scope.membershipId}::uuid
      FROM unnest(${ids}::uuid[]) AS a (id) LEFT JOIN ended e ON e.account_id = a.id`
  await tx.$executeRaw`
    UPDATE account SET territory_id = ${to}::uuid WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${ids}::uuid[])`
}

/** Leaves facts for the fold, in the transaction of what they tell. */
export async function leaveFacts({ tx, scope }: ScopedDb, facts: readonly RollupFact[]): Promise<void> {
  if (facts.length === 0) return
  await tx.$executeRaw`
    INSERT INTO rollup_outbox (org_id, fact)
    SELECT ${scope.orgId}::uuid, fact FROM jsonb_array_elements(${JSON.stringify(facts)}::jsonb) AS fact`
  await enqueue(tx, 'fold', scope.orgId)
}

const TABLES: Readonly<Record<FieldEntity, { table: Prisma.Sql; of: Prisma.Sql }>> = {
  account: { table: Prisma.sql`account`, of: Prisma.sql`r.id` },
  contact: { table: Prisma.sql`contact`, of: Prisma.sql`r.account_id` },
  report: { table: Prisma.sql`report`, of: Prisma.sql`r.account_id` },
}
const SLOT = /^[tnd][0-9]{2}$/
const CAST: Readonly<Record<string, Prisma.Sql>> = {
  t: Prisma.sql`(x #>> '{}')`,
  n: Prisma.sql`(x #>> '{}')::float8`,
  d: Prisma.sql`(x #>> '{}')::date`,
}

/**
 * Typed columns of the moved rows for the questions that the new home asks and the old ones did not: disjoint branches
 * may share a column, so it could still hold an answer to another question. Returns the rows rewritten.
 */
export async function rewriteSlots(
  { tx, scope }: ScopedDb,
  accountIds: readonly string[],
  fields: readonly Pick<FieldDefinition, 'id' | 'entity' | 'slot'>[],
): Promise<number> {
  let rewritten = 0
  for (const { id, entity, slot } of fields) {
    if (slot === null || !SLOT.test(slot)) continue
    const { table, of } = TABLES[entity]
    const column = Prisma.raw(slot)
    const value = CAST[slot.charAt(0)] ?? Prisma.sql`NULL`
    rewritten += await tx.$executeRaw`
      UPDATE ${table} r SET ${column} = v.value
        FROM (SELECT r.id, (SELECT ${value} FROM (SELECT r."values" -> ${id}::text -> 'x' AS x) AS answer) AS value FROM ${table} r
               WHERE r.org_id = ${scope.orgId}::uuid AND ${of} = ANY (${[...accountIds]}::uuid[])) v
       WHERE r.org_id = ${scope.orgId}::uuid AND r.id = v.id AND r.${column} IS DISTINCT FROM v.value`
  }
  return rewritten
}

/** Live accounts whose home is a territory, as a rule looks at them; their answers only where `values`. In order of id. */
export async function accountsAt(
  { tx, scope }: ScopedDb,
  territoryId: string,
  { values, limit }: { readonly values: boolean; readonly limit: number },
): Promise<RuledAccount[]> {
  const answers = values ? Prisma.sql`a."values"` : Prisma.sql`'{}'::jsonb`
  return tx.$queryRaw<RuledAccount[]>`
    SELECT a.id, a.city, a.street, ${answers} AS values FROM account a
     WHERE a.org_id = ${scope.orgId}::uuid AND a.territory_id = ${territoryId}::uuid AND a.deleted_at IS NULL ORDER BY a.id LIMIT ${limit}`
}
