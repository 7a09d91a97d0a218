import type { IdPair } from '@fieldback/domain/analytics/pair'
import type { Answers } from '@fieldback/domain/field/answer'
import type { FieldSetMembers } from '@fieldback/domain/field/field-set'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { Outcome, ReportKind } from '@fieldback/domain/report/report'
import { saidTo } from '../field/conversion.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { DEFINITION_JSON } from '../sync/row-sql.ts'
import { beginAgain } from './pair-moves.repo.ts'

/** A pair whose cells are being counted from the reports. */
export type CountedPair = IdPair & { readonly id: string }

/**
 * Takes the snapshot of its transaction, and the right to count pairs, until that ends; false when another has it, in whatever organisation: it may
 * take minutes, and folds must never wait for it. To be asked while whoever writes reports is held off, so that every fact is either in the
 * snapshot or after it.
 */
export async function beginSnapshot(snapshot: OrgSql): Promise<boolean> {
  const rows = await snapshot.$queryRaw<{ mine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('pairs counted', 0)) AS mine`
  return rows[0]?.mine ?? false
}

/**
 * Begins the pairs that wait, and those that a count which died left half done. Facts that are written from now on are folded into
 * them.
 */
export async function startPairs(tx: OrgSql, orgId: string): Promise<CountedPair[]> {
  await beginAgain(tx, orgId, ['counting'])
  return tx.$queryRaw<CountedPair[]>`
    UPDATE field_pair SET state = 'counting', done = 0, since = s.id
      FROM (SELECT nextval(pg_get_serial_sequence('rollup_outbox', 'id')) AS id) AS s
     WHERE org_id = ${orgId}::uuid AND state = 'waiting' RETURNING field_pair.id, a, b`
}

/** Holds pairs that are being counted until the end of the transaction; those that were let go meanwhile are absent. */
export async function holdCounted(tx: OrgSql, orgId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM field_pair WHERE org_id = ${orgId}::uuid AND id = ANY (${[...ids]}::uuid[]) AND state = 'counting' ORDER BY id FOR UPDATE`
  return rows.map(({ id }) => id)
}

/** Notes how far pairs are counted; at the end they are ready. */
export async function advancePairs(
  tx: OrgSql,
  orgId: string,
  { ids, done, of }: { readonly ids: readonly string[]; readonly done: number; readonly of: number },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE field_pair SET done = ${done}::int, of = ${of}::int, state = CASE WHEN ${done >= of}::boolean THEN 'ready' ELSE state END
     WHERE org_id = ${orgId}::uuid AND id = ANY (${[...ids]}::uuid[])`
}

/** Territories where reports were filed. */
export async function reportedPlaces(tx: OrgSql, orgId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM territory t WHERE t.org_id = ${orgId}::uuid
       AND EXISTS (SELECT FROM report r WHERE r.org_id = t.org_id AND r.territory_id = t.id) ORDER BY t.path`
  return rows.map(({ id }) => id)
}

/** Every version of some questions. */
export async function versionsOf(
  tx: OrgSql,
  orgId: string,
  ids: readonly string[],
): Promise<FieldDefinition[]> {
  const rows = await tx.$queryRaw<{ row: FieldDefinition }[]>`
    SELECT ${DEFINITION_JSON} AS row FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id
     WHERE d.org_id = ${orgId}::uuid AND d.id = ANY (${[...ids]}::uuid[])`
  return rows.map(({ row }) => row)
}

/** Forms by their hash, as far as they ask some questions. */
export async function formsAsking(
  tx: OrgSql,
  orgId: string,
  ids: readonly string[],
): Promise<Map<string, FieldSetMembers>> {
  const rows = await tx.$queryRaw<{ hash: string; members: FieldSetMembers }[]>`
    SELECT s.hash, json_agg(m) AS members FROM field_set s CROSS JOIN LATERAL jsonb_array_elements(s.members) AS m
     WHERE s.org_id = ${orgId}::uuid AND m ->> 0 = ANY (${[...ids]}::text[]) GROUP BY s.hash`
  return new Map(rows.map(({ hash, members }) => [hash, members]))
}

/** Standing reports that say the same. `day`: the first of their month. */
export type FiledAlike = {
  readonly thenAt: string
  readonly todayAt: string
  readonly day: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly form: string | null
  readonly values: Answers
  readonly n: number
}

export type FiledSpot = { readonly day: string; readonly id: string }

/** The next reports of a territory, alike ones together, as far as their answers to some questions go; `last` null: there are no more. */
export async function filedAt(
  tx: OrgSql,
  orgId: string,
  at: {
    readonly territoryId: string
    readonly after: FiledSpot | null
    readonly limit: number
    readonly ids: readonly string[]
  },
): Promise<{ readonly filed: FiledAlike[]; readonly last: FiledSpot | null }> {
  const org = Prisma.sql`${orgId}::uuid`
  const { day, id } = at.after ?? { day: '0001-01-01', id: '00000000-0000-0000-0000-000000000000' }
  const [row] = await tx.$queryRaw<{ filed: FiledAlike[]; last: FiledSpot | null }[]>`
    WITH part AS MATERIALIZED (
      SELECT r.id, r.day, r.kind, r.outcome, r.status, r.field_set, r.account_id, r."values" FROM report r
       WHERE r.org_id = ${org} AND r.territory_id = ${at.territoryId}::uuid AND (r.day, r.id) > (${day}::date, ${id}::uuid)
       ORDER BY r.day, r.id LIMIT ${at.limit}),
    alike AS (
      SELECT a.territory_id AS today_at, to_char(p.day, 'YYYY-MM-01') AS day, p.kind, p.outcome, p.field_set, ${saidTo(at.ids, Prisma.sql`p."values"`)} AS "values", count(*)::int AS n
        FROM part p JOIN account a ON a.org_id = ${org} AND a.id = p.account_id
       WHERE p.status <> 'withdrawn' GROUP BY 1, 2, 3, 4, 5, 6)
    SELECT (SELECT coalesce(json_agg(json_build_object('thenAt', ${at.territoryId}::text, 'todayAt', today_at, 'day', day, 'kind', kind, 'outcome', outcome,
              'form', field_set, 'values', "values", 'n', n)), '[]') FROM alike) AS filed,
           (SELECT json_build_object('day', to_char(day, 'YYYY-MM-DD'), 'id', id) FROM part
             WHERE (SELECT count(*) FROM part) = ${at.limit} ORDER BY day DESC, id DESC LIMIT 1) AS last`
  return row ?? { filed: [], last: null }
}

/** Removes some cells of pairs that were let go, and those pairs that have none; answers how many cells. */
export async function removeLeft(tx: OrgSql, orgId: string, limit: number): Promise<number> {
  const org = Prisma.sql`${orgId}::uuid`
  const removed = await tx.$executeRaw`
    DELETE FROM pair_cell WHERE org_id = ${org} AND ctid = ANY (ARRAY(
      SELECT c.ctid FROM field_pair f JOIN pair_cell c ON c.org_id = ${org} AND c.pair_id = f.id
       WHERE f.org_id = ${org} AND f.state = 'leaving' LIMIT ${limit}))`
  if (removed === 0) await tx.$executeRaw`DELETE FROM field_pair WHERE org_id = ${org} AND state = 'leaving'`
  return removed
}
