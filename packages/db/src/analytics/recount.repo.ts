import type { Counted } from '@fieldback/domain/analytics/drift'
import type { RollupFact } from '@fieldback/domain/analytics/fact'
import type { Answers } from '@fieldback/domain/field/answer'
import type { FieldSetMembers } from '@fieldback/domain/field/field-set'
import type { FieldDefinition, FieldEntity } from '@fieldback/domain/field/field-spec'
import type { Outcome, ReportKind, ReportStatus } from '@fieldback/domain/report/report'
import { isWithin, type Path, pathIds } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { DEFINITION_JSON } from '../sync/row-sql.ts'
import { BY_OUTCOME } from './outcome-columns.ts'

/** Every version of every question of an organisation. */
export async function everyVersion(tx: OrgSql, orgId: string): Promise<FieldDefinition[]> {
  const rows = await tx.$queryRaw<{ row: FieldDefinition }[]>`
    SELECT ${DEFINITION_JSON} AS row FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id
     WHERE d.org_id = ${orgId}::uuid`
  return rows.map(({ row }) => row)
}

export type Place = { readonly id: string; readonly parentId: string | null; readonly rank: number }

/** Every territory, closed ones too, and the mark of the tree as it stands: another one when something has moved. */
export async function readPlaces(
  tx: OrgSql,
  orgId: string,
): Promise<{ readonly places: readonly Place[]; readonly mark: string }> {
  const places = await tx.$queryRaw<Place[]>`
    SELECT id, parent_id AS "parentId", rank FROM territory WHERE org_id = ${orgId}::uuid ORDER BY id`
  return { places, mark: await treeMark(tx, orgId) }
}

export async function treeMark(tx: OrgSql, orgId: string): Promise<string> {
  const rows = await tx.$queryRaw<{ mark: string }[]>`
    SELECT md5(string_agg(t.path, ' ' ORDER BY t.id))
           || (SELECT count(*) FROM branch_move m WHERE m.org_id = ${orgId}::uuid) AS mark
      FROM territory t WHERE t.org_id = ${orgId}::uuid`
  return rows[0]?.mark ?? ''
}

type Months = { readonly first: string; readonly last: string }

/** The first and the last month of reports that are kept, YYYY-MM-01; null: there is none. */
export async function monthsOfReports(tx: OrgSql, orgId: string): Promise<Months | null> {
  return monthsIn(
    tx,
    orgId,
    Prisma.sql`
    SELECT min(day) AS day FROM report WHERE org_id = ${orgId}::uuid
    UNION ALL SELECT max(day) FROM report WHERE org_id = ${orgId}::uuid`,
  )
}

/** The same, and of all that the roll-ups hold, which are read through for it. */
export async function monthsCounted(tx: OrgSql, orgId: string): Promise<Months | null> {
  return monthsIn(
    tx,
    orgId,
    Prisma.sql`
    SELECT unnest(ARRAY[min(day), max(day)]) AS day FROM report WHERE org_id = ${orgId}::uuid
    UNION ALL SELECT unnest(ARRAY[min(day), max(day)]) FROM rollup_day WHERE org_id = ${orgId}::uuid
    UNION ALL SELECT unnest(ARRAY[min(month), max(month)]) FROM rollup_person WHERE org_id = ${orgId}::uuid
    UNION ALL SELECT unnest(ARRAY[min(month), max(month)]) FROM rollup_cell WHERE org_id = ${orgId}::uuid`,
  )
}

/** Those before the edge are counted for good: no document is left to compare them with (ADR 059). */
async function monthsIn(tx: OrgSql, orgId: string, days: Prisma.Sql): Promise<Months | null> {
  const rows = await tx.$queryRaw<{ first: string | null; last: string | null }[]>`
    SELECT to_char(greatest(min(day), (SELECT k.edge FROM retention k WHERE k.org_id = ${orgId}::uuid)), 'YYYY-MM-01') AS first, to_char(max(day), 'YYYY-MM-01') AS last FROM (${days}) AS known`
  const [row] = rows
  return row?.first && row.last ? { first: row.first, last: row.last } : null
}

/** Whether more than so many facts wait to be counted. */
export async function moreWait(tx: OrgSql, orgId: string, most: number): Promise<boolean> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (SELECT FROM rollup_outbox WHERE org_id = ${orgId}::uuid LIMIT ${most + 1}) AS w`
  return (rows[0]?.n ?? 0) > most
}

/** A report as it is counted. `id` and `day` say where the next page begins. */
export type CountedReport = {
  readonly id: string
  readonly accountId: string
  readonly thenAt: string
  readonly todayAt: string
  readonly day: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly member: string
  readonly status: ReportStatus
  readonly form: FieldSetMembers
  readonly values: Answers
}

const REPORT_JSON = Prisma.sql`json_build_object('id', r.id, 'accountId', r.account_id, 'thenAt', r.territory_id, 'todayAt', a.territory_id,
  'day', r.day, 'kind', r.kind, 'outcome', r.outcome, 'member', r.author_id, 'status', r.status, 'form', coalesce(s.members, '[]'), 'values', r."values")`
const WITH_ACCOUNT = Prisma.sql`
  JOIN account a ON a.org_id = r.org_id AND a.id = r.account_id
  LEFT JOIN field_set s ON s.org_id = r.org_id AND s.hash = r.field_set`
const within = (month: string) =>
  Prisma.sql`r.day >= ${month}::date AND r.day < ${month}::date + interval '1 month'`

/** Standing reports of a month, a page after another. */
export async function reportsOfMonth(
  tx: OrgSql,
  orgId: string,
  {
    month,
    after,
    limit,
  }: { readonly month: string; readonly after: CountedReport | null; readonly limit: number },
): Promise<CountedReport[]> {
  const from = after ? Prisma.sql`(r.day, r.id) > (${after.day}::date, ${after.id}::uuid)` : Prisma.sql`TRUE`
  const rows = await tx.$queryRaw<{ row: CountedReport }[]>`
    SELECT ${REPORT_JSON} AS row
      FROM (SELECT * FROM report r WHERE r.org_id = ${orgId}::uuid AND ${within(month)} AND r.status <> 'withdrawn' AND ${from}
             ORDER BY r.day, r.id LIMIT ${limit}) AS r ${WITH_ACCOUNT}
     ORDER BY r.day, r.id`
  return rows.map(({ row }) => row)
}

/**
 * Standing reports of a month that were filed at some territories, or whose account is there now; null when there are more
 * of either, or of the accounts, than `most`.
 */
export async function reportsAround(
  tx: OrgSql,
  orgId: string,
  {
    homes,
    month,
    most,
  }: { readonly homes: readonly string[]; readonly month: string; readonly most: number },
): Promise<CountedReport[] | null> {
  const org = Prisma.sql`${orgId}::uuid`
  const at = Prisma.sql`ANY (${[...homes]}::uuid[])`
  const rows = await tx.$queryRaw<{ row: CountedReport | null; most: number }[]>`
    WITH there AS MATERIALIZED (SELECT id FROM account WHERE org_id = ${org} AND territory_id = ${at} LIMIT ${most + 1}),
    filed AS MATERIALIZED (
      SELECT r.id FROM report r WHERE r.org_id = ${org} AND r.territory_id = ${at} AND ${within(month)} LIMIT ${most + 1}),
    theirs AS MATERIALIZED (
      SELECT r.id FROM there t JOIN report r ON r.org_id = ${org} AND r.account_id = t.id AND ${within(month)} LIMIT ${most + 1}),
    size AS (SELECT greatest((SELECT count(*) FROM there), (SELECT count(*) FROM filed), (SELECT count(*) FROM theirs))::int AS most)
    SELECT size.most, x.row FROM size LEFT JOIN LATERAL (
      SELECT ${REPORT_JSON} AS row
        FROM (SELECT id FROM filed UNION SELECT id FROM theirs) AS f JOIN report r ON r.org_id = ${org} AND r.id = f.id AND r.status <> 'withdrawn' ${WITH_ACCOUNT}
       WHERE size.most <= ${most}) AS x ON TRUE`
  if ((rows[0]?.most ?? 0) > most) return null
  return rows.flatMap(({ row }) => (row === null ? [] : row))
}

/** What an account, or a contact of it, holds. */
export type CountedCard = {
  readonly accountId: string
  readonly territoryId: string
  readonly cards: readonly { readonly entity: Exclude<FieldEntity, 'report'>; readonly values: Answers }[]
}

/** Accounts after one, by their ids, each with what it and its contacts hold. `homes`: of these territories alone. */
export async function cardsAfter(
  tx: OrgSql,
  orgId: string,
  {
    after,
    homes,
    limit,
  }: { readonly after: string | null; readonly homes?: readonly string[]; readonly limit: number },
): Promise<CountedCard[]> {
  const at = homes ? Prisma.sql`a.territory_id = ANY (${[...homes]}::uuid[])` : Prisma.sql`TRUE`
  const rows = await tx.$queryRaw<{ row: CountedCard }[]>`
    SELECT json_build_object('accountId', a.id, 'territoryId', a.territory_id, 'cards', json_build_array(json_build_object('entity', 'account', 'values', a."values"))::jsonb
             || coalesce((SELECT jsonb_agg(jsonb_build_object('entity', 'contact', 'values', c."values")) FROM contact c
                           WHERE c.org_id = a.org_id AND c.account_id = a.id AND c.deleted_at IS NULL AND c."values" <> '{}'), '[]')) AS row
      FROM account a
     WHERE a.org_id = ${orgId}::uuid AND a.deleted_at IS NULL AND ${at} AND a.id > ${after ?? FIRST}::uuid
     ORDER BY a.id LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

const FIRST = '00000000-0000-0000-0000-000000000000'

/** Facts that wait, a page after another; `last` names where the next begins. */
export async function waitingFacts(
  tx: OrgSql,
  orgId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<{ readonly facts: readonly RollupFact[]; readonly last: string | null }> {
  const rows = await tx.$queryRaw<{ place: string; fact: RollupFact }[]>`
    SELECT id::text AS place, fact FROM rollup_outbox WHERE org_id = ${orgId}::uuid AND id > ${after}::bigint ORDER BY id LIMIT ${limit}`
  return {
    facts: rows.map(({ fact }) => fact),
    last: rows.length < limit ? null : (rows.at(-1)?.place ?? null),
  }
}

const BASES = Prisma.sql`unnest(ARRAY['today', 'then', 'moved']) AS b (basis)`
const placesOf = (ids: readonly string[]) => Prisma.sql`unnest(${[...ids]}::uuid[]) AS p (id)`

/** Whatever has cells in a table, known as a question or not: one step of its index for each. */
export async function fieldsWithCells(
  tx: OrgSql,
  orgId: string,
  table: 'rollup_cell' | 'stock_cell',
): Promise<string[]> {
  const cells = Prisma.raw(table)
  const org = Prisma.sql`${orgId}::uuid`
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE counted (id) AS (
      (SELECT field_id FROM ${cells} WHERE org_id = ${org} ORDER BY field_id LIMIT 1)
      UNION ALL
      SELECT (SELECT c.field_id FROM ${cells} c WHERE c.org_id = ${org} AND c.field_id > w.id ORDER BY c.field_id LIMIT 1)
        FROM counted w WHERE w.id IS NOT NULL)
    SELECT id FROM counted WHERE id IS NOT NULL`
  return rows.map(({ id }) => id)
}

/** What the roll-ups say of some territories in a month: the cells of some questions, found by their key. */
export async function keptCells(
  tx: OrgSql,
  orgId: string,
  of: { readonly fields: readonly string[]; readonly places: readonly string[]; readonly month: string },
): Promise<Pick<Counted, 'cells'>> {
  const rows = await tx.$queryRaw<{ row: Counted['cells'][number] }[]>`
    SELECT json_build_object('fieldId', c.field_id, 'basis', c.basis, 'territoryId', c.territory_id, 'month', c.month, 'bucket', c.bucket,
             'outcome', o.outcome, 'n', o.n, 'sum', o.sum) AS row
      FROM unnest(${[...of.fields]}::uuid[]) AS f (id) CROSS JOIN ${BASES} CROSS JOIN ${placesOf(of.places)}
      JOIN rollup_cell c ON c.org_id = ${orgId}::uuid AND c.field_id = f.id AND c.basis = b.basis AND c.territory_id = p.id AND c.month = ${of.month}::date
      ${Prisma.raw(BY_OUTCOME)}
     WHERE o.n <> 0 OR o.sum <> 0`
  return { cells: rows.map(({ row }) => row) }
}

/** The same of days and of who filed. */
export async function keptReports(
  tx: OrgSql,
  orgId: string,
  of: { readonly places: readonly string[]; readonly month: string },
): Promise<Pick<Counted, 'days' | 'people'>> {
  const org = Prisma.sql`${orgId}::uuid`
  const days = await tx.$queryRaw<{ row: Counted['days'][number] }[]>`
    SELECT json_build_object('basis', r.basis, 'territoryId', r.territory_id, 'day', r.day, 'kind', r.kind, 'outcome', r.outcome, 'n', r.n) AS row
      FROM ${BASES} CROSS JOIN ${placesOf(of.places)}
      JOIN rollup_day r ON r.org_id = ${org} AND r.basis = b.basis AND r.territory_id = p.id AND ${within(of.month)}`
  const people = await tx.$queryRaw<{ row: Counted['people'][number] }[]>`
    SELECT json_build_object('basis', r.basis, 'territoryId', r.territory_id, 'month', r.month, 'membershipId', r.membership_id, 'n', r.n) AS row
      FROM ${BASES} CROSS JOIN ${placesOf(of.places)}
      JOIN rollup_person r ON r.org_id = ${org} AND r.basis = b.basis AND r.territory_id = p.id AND r.month = ${of.month}::date`
  return { days: days.map(({ row }) => row), people: people.map(({ row }) => row) }
}

/** What the stocks say of some territories and questions. */
export async function keptStocks(
  tx: OrgSql,
  orgId: string,
  of: { readonly fields: readonly string[]; readonly places: readonly string[] },
): Promise<Pick<Counted, 'stocks'>> {
  const rows = await tx.$queryRaw<{ row: Counted['stocks'][number] }[]>`
    SELECT json_build_object('fieldId', c.field_id, 'territoryId', c.territory_id, 'bucket', c.bucket, 'n', c.n, 'sum', c.sum) AS row
      FROM unnest(${[...of.fields]}::uuid[]) AS f (id) CROSS JOIN ${placesOf(of.places)}
      JOIN stock_cell c ON c.org_id = ${orgId}::uuid AND c.field_id = f.id AND c.territory_id = p.id`
  return { stocks: rows.map(({ row }) => row) }
}

/** Territories that are below one or were before a move, itself included: what its figures may come from. */
export async function homesOf(tx: OrgSql, orgId: string, territoryId: string): Promise<string[]> {
  const moves = await tx.$queryRaw<{ from: Path; to: Path }[]>`
    SELECT from_path AS "from", to_path AS "to" FROM branch_move WHERE org_id = ${orgId}::uuid ORDER BY at DESC, id DESC`
  const territories = await tx.$queryRaw<{ id: string; path: Path }[]>`
    SELECT id, path FROM territory WHERE org_id = ${orgId}::uuid`
  return territories.filter(({ path }) => everAbove(path, moves).has(territoryId)).map(({ id }) => id)
}

/** Ids of every line that led to a territory, from the path it has now and the moves, the latest first. */
function everAbove(path: Path, moves: readonly { readonly from: Path; readonly to: Path }[]): Set<string> {
  const ids = new Set(pathIds(path))
  let then = path
  for (const { from, to } of moves) {
    if (!isWithin(to, then)) continue
    then = from + then.slice(to.length)
    for (const id of pathIds(then)) ids.add(id)
  }
  return ids
}
