import type { AsideSettled, SettlementKind } from '@fieldback/domain/quarantine/settled'
import type { Operation, OperationAnswer, QuarantineCode } from '@fieldback/domain/sync/operation'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { Path } from '@fieldback/domain/territory/path'
import { isoInstant } from '../contest/pushed-contests.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, type ScopedSql, withinBranch } from '../scoped-db.ts'
import { TERRITORY_JSON } from '../sync/row-sql.ts'

/** What a manager did with it. */
export type Settlement = {
  readonly kind: SettlementKind
  readonly by: { readonly id: string; readonly name: string }
  /** ISO 8601 */
  readonly at: string
  readonly word: string | null
}

type AsideHead = {
  readonly id: string
  readonly code: QuarantineCode
  /** ISO 8601 */
  readonly receivedAt: string
  readonly author: { readonly id: string; readonly name: string }
  readonly settled: Settlement | null
  readonly place: TerritoryRow
}

/** One thing put aside as a list tells it: `sent` holds what names it, no answer. */
export type AsideRow = AsideHead & {
  readonly sent: {
    readonly kind: unknown
    readonly entityId: unknown
    readonly capturedAt: unknown
    readonly clockOffset: unknown
    readonly accountId: unknown
    readonly name: unknown
    readonly firstName: unknown
    readonly lastName: unknown
  }
}

/** Waiting: what has waited longest first; settled: the last first. */
export type AsideSpot = { readonly at: string; readonly id: string }
export type AsidePage = {
  /** The branch listed: the caller has checked the right to it. */
  readonly branch: Path
  readonly settled: boolean
  /** The last line of the page before. */
  readonly after: AsideSpot | null
  readonly limit: number
}

/** Row by row, of the few that a page holds: a join would make the planner read every territory and member. */
const nameOf = (id: Prisma.Sql) =>
  Prisma.sql`(SELECT json_build_object('id', m.id, 'name', m.display_name) FROM membership m WHERE m.org_id = q.org_id AND m.id = ${id})`
const SETTLED = Prisma.sql`(SELECT json_build_object('kind', s.kind, 'by', ${nameOf(Prisma.sql`s.settled_by`)}, 'at', ${isoInstant('s.settled_at')},
  'word', s.word) FROM quarantine_settlement s WHERE s.org_id = q.org_id AND s.item_id = q.id)`
const HEAD = Prisma.sql`'id', q.id, 'code', q.code, 'receivedAt', ${isoInstant('q.received_at')}, 'author', ${nameOf(Prisma.sql`q.membership_id`)},
  'settled', ${SETTLED}, 'place', (SELECT ${TERRITORY_JSON} FROM territory t WHERE t.org_id = q.org_id AND t.id = q.territory_id)`

const sentBody = (key: string) => Prisma.sql`q.operation #> ${Prisma.raw(`'{body,${key}}'`)}`
const SENT_JSON = Prisma.sql`json_build_object('kind', q.operation -> 'kind', 'entityId', q.operation -> 'entityId',
  'capturedAt', q.operation -> 'capturedAt', 'clockOffset', q.operation -> 'clockOffset', 'accountId', coalesce(${sentBody('accountId')}, q.operation #> '{draft,accountId}'),
  'name', ${sentBody('name')}, 'firstName', ${sentBody('firstName')}, 'lastName', ${sentBody('lastName')})`

/** The ids of a page, place by place, each from its own index. */
function walk(orgId: string, { branch, settled, after, limit }: AsidePage): Prisma.Sql {
  const org = Prisma.sql`${orgId}::uuid`
  const at = settled ? Prisma.sql`q.settled_at` : Prisma.sql`q.received_at`
  const order = settled ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const state = settled ? Prisma.sql`q.settled_at IS NOT NULL` : Prisma.sql`q.settled_at IS NULL`
  const later = after
    ? Prisma.sql`AND (${at}, q.id) ${settled ? Prisma.sql`<` : Prisma.sql`>`} (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty
  return Prisma.sql`
    SELECT l.id, l.at FROM territory t CROSS JOIN LATERAL (
      SELECT q.id, ${at} AS at FROM sync_quarantine q
       WHERE q.org_id = ${org} AND q.territory_id = t.id AND ${state} ${later}
       ORDER BY ${at} ${order}, q.id ${order} LIMIT ${limit}) l
     WHERE t.org_id = ${org} AND ${withinBranch(branch, Prisma.sql`t.path`)}
     ORDER BY l.at ${order}, l.id ${order} LIMIT ${limit}`
}

/** A page of what was put aside in a branch, never by offset. */
export async function listAside({ tx, scope }: ScopedDb, page: AsidePage): Promise<AsideRow[]> {
  const order = page.settled ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const rows = await tx.$queryRaw<{ row: AsideRow }[]>`
    WITH page AS MATERIALIZED (${walk(scope.orgId, page)})
    SELECT (SELECT json_build_object(${HEAD}, 'sent', ${SENT_JSON}) FROM sync_quarantine q
             WHERE q.org_id = ${scope.orgId}::uuid AND q.id = page.id) AS row
      FROM page ORDER BY page.at ${order}, page.id ${order}`
  return rows.map(({ row }) => row)
}

/** How much waits in a branch, or was settled there, no further than `limit`. */
export async function countAside(
  { tx, scope }: ScopedDb,
  branch: Path,
  { settled = false, limit }: { readonly settled?: boolean; readonly limit: number },
): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (${walk(scope.orgId, { branch, settled, after: null, limit })}) AS counted`
  return rows[0]?.n ?? 0
}

/** As they came, by id. */
export async function asideOperations(
  { tx, scope }: ScopedDb,
  ids: readonly string[],
): Promise<Map<string, unknown>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; operation: unknown }[]>`
    SELECT id, operation FROM sync_quarantine WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...ids]}::uuid[])`
  return new Map(rows.map(({ id, operation }) => [id, operation]))
}

/** One thing put aside, whole. */
export type AsideWhole = AsideHead & {
  readonly path: readonly string[]
  readonly operation: unknown
  readonly deviceId: string
  /** As it was accepted. */
  readonly accepted: Operation | null
}

/**
 * What was put aside by its id, wherever it waits: the caller checks the right at its `place`. `lock`: held until the
 * transaction ends, so that of two who settle it the second sees what the first did. null: there is none for a manager.
 */
export async function findAside(
  { tx, scope }: ScopedDb,
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<AsideWhole | null> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  // In a statement of its own: the one below then sees what was committed while this one waited.
  if (lock)
    await tx.$queryRaw`SELECT 1 FROM sync_quarantine WHERE org_id = ${org} AND id = ${id}::uuid FOR NO KEY UPDATE`
  const rows = await tx.$queryRaw<{ row: AsideWhole }[]>`
    SELECT json_build_object(${HEAD}, 'path', coalesce(q.detail -> 'path', '[]'), 'operation', q.operation, 'deviceId', q.device_id,
             'accepted', (SELECT s.operation FROM quarantine_settlement s WHERE s.org_id = q.org_id AND s.item_id = q.id)) AS row
      FROM sync_quarantine q WHERE q.org_id = ${org} AND q.id = ${id}::uuid AND q.territory_id IS NOT NULL`
  return rows[0]?.row ?? null
}

export type NewSettlement = {
  readonly itemId: string
  readonly kind: SettlementKind
  readonly word: string | null
  readonly operation: Operation | null
  readonly answer: OperationAnswer | null
  readonly at: Date
}

/** Notes what became of it; whoever calls holds its lock and has seen that nothing had. */
export async function settleAside({ tx, scope }: ScopedDb, settled: NewSettlement): Promise<void> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  const { itemId, kind, word, operation, answer, at } = settled
  await tx.$executeRaw`
    INSERT INTO quarantine_settlement (org_id, item_id, kind, word, operation, answer, settled_by, settled_at)
    VALUES (${scope.orgId}::uuid, ${itemId}::uuid, ${kind}, ${word}, ${json(operation)}::jsonb, ${json(answer)}::jsonb,
            ${scope.membershipId}::uuid, ${at})`
  await tx.$executeRaw`
    UPDATE sync_quarantine SET settled_at = ${at} WHERE org_id = ${scope.orgId}::uuid AND id = ${itemId}::uuid`
}

/** Settles what the reader has taken back on his phone, of his own and unless a manager was there before. */
export async function takeBackAside(
  { tx, scope }: ScopedSql,
  opIds: readonly string[],
  at: Date,
): Promise<void> {
  if (opIds.length === 0) return
  await tx.$executeRaw`
    WITH mine AS (
      UPDATE sync_quarantine SET settled_at = ${at}
       WHERE org_id = ${scope.orgId}::uuid AND membership_id = ${scope.membershipId}::uuid AND op_id = ANY (${[...opIds]}::uuid[])
         AND settled_at IS NULL
      RETURNING org_id, id)
    INSERT INTO quarantine_settlement (org_id, item_id, kind, settled_by, settled_at)
    SELECT org_id, id, 'taken_back', ${scope.membershipId}::uuid, ${at} FROM mine`
}

/** What became of the reader's own operations, of those that were settled. */
export async function asideSettled(
  { tx, scope }: ScopedSql,
  opIds: readonly string[],
): Promise<AsideSettled[]> {
  return tx.$queryRaw<AsideSettled[]>`
    SELECT q.op_id AS "opId", s.kind, (SELECT b.display_name FROM membership b WHERE b.org_id = s.org_id AND b.id = s.settled_by) AS by,
           ${isoInstant('s.settled_at')} AS at, s.word, s.answer
      FROM sync_quarantine q
      JOIN quarantine_settlement s ON s.org_id = ${scope.orgId}::uuid AND s.item_id = q.id
     WHERE q.org_id = ${scope.orgId}::uuid AND q.membership_id = ${scope.membershipId}::uuid AND q.op_id = ANY (${[...opIds]}::uuid[])
     ORDER BY s.settled_at`
}

/** The accounts of reports, contacts and call-backs, by their ids. */
export async function accountsBehind(
  { tx, scope }: ScopedDb,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const org = Prisma.sql`${scope.orgId}::uuid`
  const among = Prisma.sql`ANY (${[...ids]}::uuid[])`
  const rows = await tx.$queryRaw<{ id: string; accountId: string }[]>`
    SELECT id, account_id AS "accountId" FROM report WHERE org_id = ${org} AND id = ${among}
    UNION ALL SELECT id, account_id FROM contact WHERE org_id = ${org} AND id = ${among}
    UNION ALL SELECT id, account_id FROM callback WHERE org_id = ${org} AND id = ${among}`
  return new Map(rows.map(({ id, accountId }) => [id, accountId]))
}

export type AccountContact = { readonly id: string; readonly name: string; readonly jobTitle: string | null }

/** Where an account sits; null: there is no such account. */
export async function homeOf(
  { tx, scope }: ScopedDb,
  accountId: string,
): Promise<{ readonly home: TerritoryRow } | null> {
  const rows = await tx.$queryRaw<{ home: TerritoryRow }[]>`
    SELECT ${TERRITORY_JSON} AS home
      FROM account a JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id
     WHERE a.org_id = ${scope.orgId}::uuid AND a.id = ${accountId}::uuid AND a.deleted_at IS NULL`
  return rows[0] ?? null
}

/** The people of an account, by name. */
export async function contactsOf({ tx, scope }: ScopedDb, accountId: string): Promise<AccountContact[]> {
  return tx.$queryRaw<AccountContact[]>`
    SELECT c.id, trim(concat(c.first_name, ' ', c.last_name)) AS name, c.job_title AS "jobTitle" FROM contact c
     WHERE c.org_id = ${scope.orgId}::uuid AND c.account_id = ${accountId}::uuid AND c.deleted_at IS NULL
     ORDER BY c.name_key, c.id`
}
