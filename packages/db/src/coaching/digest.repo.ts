import type { Day } from '@fieldback/domain/agenda/day'
import { ANSWERED, ASKED } from '@fieldback/domain/analytics/fact'
import { firstDay, monthsOf, type Period } from '@fieldback/domain/analytics/period'
import {
  BEHIND_MOST,
  type Digest,
  type DigestSpan,
  type DigestTally,
} from '@fieldback/domain/coaching/digest'
import type { TerritoryNode } from '@fieldback/domain/insight/territory-tree'
import { EVERY } from '../analytics/outcome-columns.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { type ScopedDb, type ScopedSql, withinBranches } from '../scoped-db.ts'

/** Every territory, closed ones too since their accounts stand. */
export async function unsafeFindTree(tx: OrgSql, orgId: string): Promise<TerritoryNode[]> {
  return tx.$queryRaw<TerritoryNode[]>`
    SELECT id, parent_id AS "parentId", 0 AS people FROM territory WHERE org_id = ${orgId}::uuid`
}

/** The latest accounts of a group, as JSON. */
const latest = (id: string, day: string): Prisma.Sql =>
  Prisma.raw(
    `to_json((array_agg(json_build_object('id', ${id}, 'day', ${day}) ORDER BY ${day} DESC, ${id}))[1:${BEHIND_MOST}])`,
  )

type Tallies = readonly DigestTally[]

/**
 * For the job alone, within nobody's rights: what each territory by itself, as organised today, learned and did since a
 * day. Reports that were taken back count for nothing.
 */
export async function unsafeTally(tx: OrgSql, orgId: string, since: Day): Promise<DigestTally[]> {
  const org = Prisma.sql`${orgId}::uuid`
  const known = await tx.$queryRaw<Tallies>`
    WITH said AS MATERIALIZED (
      SELECT a.territory_id, a.id, v.key, v.value ->> 'd' AS day FROM account a, LATERAL jsonb_each(a."values") v
       WHERE a.org_id = ${org} AND a.deleted_at IS NULL AND v.value ->> 'd' >= ${since}
      UNION ALL
      SELECT a.territory_id, a.id, v.key, v.value ->> 'd' FROM contact c
        JOIN account a ON a.org_id = ${org} AND a.id = c.account_id AND a.deleted_at IS NULL, LATERAL jsonb_each(c."values") v
       WHERE c.org_id = ${org} AND c.deleted_at IS NULL AND v.value ->> 'd' >= ${since}),
    accounts AS (SELECT territory_id, id, max(day) AS day FROM said GROUP BY 1, 2)
    SELECT territory_id AS "territoryId", 'field:' || key AS figure, count(*)::int AS n, NULL::json AS accounts FROM said GROUP BY 1, 2
    UNION ALL
    SELECT territory_id, 'known', count(*)::int, ${latest('id', 'day')} FROM accounts GROUP BY 1`
  const reports = await tx.$queryRaw<Tallies>`
    WITH filed AS MATERIALIZED (
      SELECT a.territory_id, a.id AS account_id, r.day, a.last_visit_day, r.outcome = 'revisit' AS promised,
             coalesce(btrim(r.note) <> '', false) AS noted, p.report_id IS NOT NULL AS pictured
        FROM report r
        JOIN account a ON a.org_id = ${org} AND a.id = r.account_id AND a.deleted_at IS NULL
        LEFT JOIN (SELECT DISTINCT report_id FROM media WHERE org_id = ${org} AND state = 'kept') p ON p.report_id = r.id
       WHERE r.org_id = ${org} AND r.day >= ${since}::date AND r.status <> 'withdrawn'),
    kept AS (SELECT territory_id, account_id, max(last_visit_day)::text AS day, count(*)::int AS n FROM filed
              WHERE promised AND last_visit_day > day GROUP BY 1, 2)
    SELECT f.territory_id AS "territoryId", x.figure, x.n::int AS n, NULL::json AS accounts
      FROM (SELECT territory_id, count(*) AS reports, count(*) FILTER (WHERE noted) AS noted, count(*) FILTER (WHERE pictured) AS pictured,
                   count(*) FILTER (WHERE promised) AS promised FROM filed GROUP BY 1) f,
           LATERAL (VALUES ('reports', reports), ('noted', noted), ('pictured', pictured), ('promised', promised)) AS x (figure, n)
     WHERE x.n > 0
    UNION ALL
    SELECT territory_id, 'kept', sum(n)::int, ${latest('account_id', 'day')} FROM kept GROUP BY 1`
  const turned = await tx.$queryRaw<Tallies>`
    WITH turned AS (
      SELECT a.territory_id, a.id, max(c.at)::date::text AS day FROM change c
        JOIN account a ON a.org_id = ${org} AND a.id = c.entity_id AND a.deleted_at IS NULL AND a.kind = 'client'
       WHERE c.org_id = ${org} AND c.at >= ${since}::date AND c.entity = 'account' AND c.kind = 'account.update'
         AND (c.before -> 'kind') IS NOT NULL AND c.before ->> 'kind' = 'prospect'
       GROUP BY 1, 2)
    SELECT territory_id AS "territoryId", 'clients' AS figure, count(*)::int AS n, ${latest('id', 'day')} AS accounts FROM turned GROUP BY 1`
  const called = await tx.$queryRaw<Tallies>`
    WITH called AS (
      SELECT a.territory_id, a.id, count(*)::int AS n, max(b.done_at)::date::text AS day FROM callback b
        JOIN account a ON a.org_id = ${org} AND a.id = b.account_id AND a.deleted_at IS NULL
       WHERE b.org_id = ${org} AND b.done_at >= ${since}::date GROUP BY 1, 2)
    SELECT territory_id AS "territoryId", 'calledBack' AS figure, sum(n)::int AS n, ${latest('id', 'day')} AS accounts FROM called GROUP BY 1`
  return [...known, ...reports, ...turned, ...called, ...(await unsafeTallyUses(tx, orgId, since))]
}

/** What was done with what the people of a territory wrote, and what they made of what came back to them; each counts
 * at one place. */
async function unsafeTallyUses(tx: OrgSql, orgId: string, since: Day): Promise<Tallies> {
  const org = Prisma.sql`${orgId}::uuid`
  return tx.$queryRaw<Tallies>`
    WITH here AS MATERIALIZED (
      SELECT DISTINCT ON (a.membership_id) a.membership_id, a.territory_id FROM assignment a
       WHERE a.org_id = ${org} AND a.role = 'rep' AND a.valid_from <= current_date AND (a.valid_to IS NULL OR a.valid_to >= current_date)
       ORDER BY a.membership_id, a.valid_from DESC, a.id)
    SELECT h.territory_id AS "territoryId", u.kind AS figure, sum(u.n)::int AS n
      FROM report_use u JOIN here h ON h.membership_id = u.author_id
     WHERE u.org_id = ${org} AND u.day >= ${since}::date GROUP BY 1, 2
    UNION ALL
    SELECT h.territory_id, 'useful', count(*)::int FROM insight_opinion o JOIN here h ON h.membership_id = o.membership_id
     WHERE o.org_id = ${org} AND o.useful AND o.at >= ${since}::date GROUP BY 1
    UNION ALL
    SELECT h.territory_id, 'opened', sum(l.used)::int FROM ledger_cell l JOIN here h ON h.membership_id = l.membership_id
     WHERE l.org_id = ${org} AND l.month >= ${since}::date AND l.used > 0 GROUP BY 1`
}

export type Counted = { readonly span: DigestSpan; readonly since: Day; readonly at: Date }

/** Puts the digests of a span in the place of those of before: what has none any more learned nothing. */
export async function keepDigests(
  tx: OrgSql,
  orgId: string,
  { span, since, at }: Counted,
  digests: ReadonlyMap<string, Digest>,
): Promise<void> {
  const rows = [...digests].map(([id, figures]) => ({ id, figures }))
  // In the order of their keys, so that two who count at once wait for each other instead of for ever.
  await tx.$executeRaw`
    INSERT INTO branch_digest AS b (org_id, territory_id, span, since, counted_at, figures)
    SELECT ${orgId}::uuid, t.id, ${span}, ${since}::date, ${at}, coalesce(x.figures, '{"counts": {}, "behind": {}}')
      FROM territory t LEFT JOIN jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x (id uuid, figures jsonb) ON x.id = t.id
     WHERE t.org_id = ${orgId}::uuid ORDER BY t.id
    ON CONFLICT (org_id, territory_id, span) DO UPDATE SET since = excluded.since, counted_at = excluded.counted_at, figures = excluded.figures`
}

export type DigestRow = {
  readonly territoryId: string
  readonly since: Day
  /** Instant. */
  readonly countedAt: string
  readonly counts: Digest['counts']
}

/** Digests of some territories, as they were counted last: their counts, without the accounts behind them. */
export async function findDigests(
  { tx, scope }: ScopedSql,
  territoryIds: readonly string[],
  span: DigestSpan,
): Promise<DigestRow[]> {
  return tx.$queryRaw<DigestRow[]>`
    SELECT territory_id AS "territoryId", since::text AS since, to_char(counted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "countedAt",
           figures -> 'counts' AS counts
      FROM branch_digest
     WHERE org_id = ${scope.orgId}::uuid AND territory_id = ANY (${[...territoryIds]}::uuid[]) AND span = ${span}`
}

export type BehindAccount = {
  readonly id: string
  readonly name: string
  readonly city: string | null
  readonly kind: 'client' | 'prospect'
  readonly day: Day
}

/** Accounts behind a figure of a branch, the latest first: those among them that the reader may read today. */
export async function findBehind(
  sdb: ScopedDb,
  {
    territoryId,
    span,
    figure,
  }: { readonly territoryId: string; readonly span: DigestSpan; readonly figure: string },
): Promise<BehindAccount[]> {
  const { tx, scope } = sdb
  return tx.$queryRaw<BehindAccount[]>`
    SELECT a.id, a.name, a.city, a.kind, x.day
      FROM branch_digest b, LATERAL jsonb_to_recordset(coalesce(b.figures -> 'behind' -> ${figure}, '[]')) AS x (id uuid, day text)
      JOIN account a ON a.org_id = ${scope.orgId}::uuid AND a.id = x.id AND a.deleted_at IS NULL
      JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id
     WHERE b.org_id = ${scope.orgId}::uuid AND b.territory_id = ${territoryId}::uuid AND b.span = ${span}
       AND ${withinBranches(sdb, 'account.read', Prisma.sql`t.path`)}
     ORDER BY x.day DESC, a.id`
}

/** How often a question of reports was asked and answered at a territory, with all below, over some months. */
export type AskedCount = {
  readonly fieldId: string
  readonly territoryId: string
  readonly asked: number
  readonly answered: number
}

type AskedAt = {
  readonly fieldIds: readonly string[]
  readonly territoryIds: readonly string[]
  readonly period: Period
}

export async function countAsked(
  { tx, scope }: ScopedDb,
  { fieldIds, territoryIds, period }: AskedAt,
): Promise<AskedCount[]> {
  if (fieldIds.length === 0) return []
  // One range of each key at a time: joined as sets, a generic plan would read the cells of whole territories. Months and
  // buckets by name, so that what was answered is not read to learn how often.
  return tx.$queryRaw<AskedCount[]>`
    SELECT f.id AS "fieldId", t.id AS "territoryId", c.asked, c.answered
      FROM unnest(${[...fieldIds]}::uuid[]) AS f (id), unnest(${[...territoryIds]}::uuid[]) AS t (id)
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(${EVERY}) FILTER (WHERE bucket = ${ASKED}), 0)::int AS asked, coalesce(sum(${EVERY}) FILTER (WHERE bucket = ${ANSWERED}), 0)::int AS answered
          FROM rollup_cell
         WHERE org_id = ${scope.orgId}::uuid AND field_id = f.id AND basis = 'today' AND territory_id = t.id
           AND month = ANY (${monthsOf(period).map(firstDay)}::date[]) AND bucket = ANY (${[ASKED, ANSWERED]}::text[])) AS c
     WHERE c.asked > 0`
}
