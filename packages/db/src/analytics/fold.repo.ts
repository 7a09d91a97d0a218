import type { RollupFact, TookRow } from '@fieldback/domain/analytics/fact'
import {
  type CellDelta,
  type CellRow,
  cellRows,
  type DayDelta,
  type PersonDelta,
  type ReturnDelta,
  type RollupDeltas,
  type StockDelta,
} from '@fieldback/domain/analytics/fold'
import { OUTCOMES } from '@fieldback/domain/report/report'
import type { Path } from '@fieldback/domain/territory/path'
import { type LineMove, type LineOf, linesOf } from '@fieldback/domain/territory/path-then'
import type { Db } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { ADD_CELL_SIDES, CELL_IS_NOTHING, CELL_SIDES } from './outcome-columns.ts'

/** Bytes as they are stored. */
export type FoldSize = { readonly facts: number; readonly bytes: number }

/** `more`: others wait that would have gone beyond the size. */
export type TakenFacts = {
  /** Each with its place in the outbox. */
  readonly facts: readonly { readonly id: number; readonly fact: RollupFact }[]
  readonly more: boolean
}

/**
 * Takes the oldest waiting facts out of the outbox, as many as both limits allow and at least one; they come back if the
 * transaction does not commit. What another fold holds is left to it. An array and not IN, which the planner joins by
 * reading the outbox through.
 */
export async function takeFacts(tx: OrgSql, orgId: string, { facts, bytes }: FoldSize): Promise<TakenFacts> {
  const rows = await tx.$queryRaw<{ id: number; fact: RollupFact; found: number }[]>`
    WITH oldest AS MATERIALIZED (
      SELECT id, pg_column_size(fact) AS size FROM rollup_outbox
       WHERE org_id = ${orgId}::uuid ORDER BY id LIMIT ${facts} FOR UPDATE SKIP LOCKED),
    summed AS (SELECT id, size, sum(size) OVER (ORDER BY id) AS together FROM oldest),
    taken AS (
      DELETE FROM rollup_outbox WHERE org_id = ${orgId}::uuid
         AND id = ANY (ARRAY(SELECT id FROM summed WHERE together <= ${bytes} OR together = size))
      RETURNING id::float8 AS id, fact)
    SELECT id, fact, (SELECT count(*) FROM oldest)::int AS found FROM taken`
  const found = rows[0]?.found ?? 0
  return { facts: rows.map(({ id, fact }) => ({ id, fact })), more: found === facts || rows.length < found }
}

/** Lines of territories, as they are now and as they were on some days. The tree must be held. */
export async function findLines(
  tx: OrgSql,
  orgId: string,
  { territoryIds, days }: { readonly territoryIds: readonly string[]; readonly days: readonly string[] },
): Promise<LineOf> {
  const rows = await tx.$queryRaw<{ id: string; path: Path }[]>`
    SELECT id, path FROM territory WHERE org_id = ${orgId}::uuid AND id = ANY (${[...new Set(territoryIds)]}::uuid[])`
  const [first] = days.toSorted()
  const moves = first === undefined ? [] : await lineMoves(tx, orgId, first)
  return linesOf(new Map(rows.map(({ id, path }) => [id, path])), moves)
}

/** Moves of branches that days from one on may lie before, latest first. */
export async function lineMoves(tx: OrgSql, orgId: string, since: string): Promise<LineMove[]> {
  return tx.$queryRaw<LineMove[]>`
    SELECT to_char(last_day, 'YYYY-MM-DD') AS "lastDay", from_path AS "from", to_path AS "to" FROM branch_move
     WHERE org_id = ${orgId}::uuid AND last_day >= ${since}::date ORDER BY last_day DESC, seq DESC`
}

/**
 * Adds deltas to the roll-ups, a statement per table, rows in the order of their keys so that two folds never wait for
 * each other in a ring. Rows that come to nothing are removed.
 */
export async function addDeltas(tx: OrgSql, orgId: string, deltas: RollupDeltas): Promise<void> {
  await addCells(tx, orgId, deltas.cells)
  await addDays(tx, orgId, deltas.days)
  await addPeople(tx, orgId, deltas.people)
  await addStocks(tx, orgId, deltas.stocks)
  await addLedger(tx, orgId, deltas)
  await addTook(tx, orgId, deltas.took)
}

const column = <Row, Key extends keyof Row>(rows: readonly Row[], key: Key): Row[Key][] =>
  rows.map((row) => row[key])

/** What may have come to nothing: only a minus brings a row down, or a plus one that was below. */
const lowered = <Row extends { readonly n: number; readonly basis?: string }>(rows: readonly Row[]): Row[] =>
  rows.filter(({ n, basis }) => n < 0 || basis === 'moved')

// A row is removed when both its count and its sum are nothing. Folds at the same time may take the facts of one cell
// out of order: a count of 0 with a sum left over then waits for the fact that is still in another fold's hands.

/** A column of few different values as these and, for each row, which it is: a fold writes a hundred thousand cells. */
function coded<Row, Key extends keyof Row>(
  rows: readonly Row[],
  key: Key,
): { readonly values: Row[Key][]; readonly at: number[] } {
  const places = new Map<Row[Key], number>()
  const at = rows.map((row) => {
    const place = places.get(row[key]) ?? places.size + 1
    places.set(row[key], place)
    return place
  })
  return { values: [...places.keys()], at }
}

/** Cells as rows (field_id, basis, territory_id, month, bucket, n_order…, sum_order…). */
function cellValues(rows: readonly CellRow[]): Prisma.Sql {
  const field = coded(rows, 'fieldId')
  const basis = coded(rows, 'basis')
  const territory = coded(rows, 'territoryId')
  const month = coded(rows, 'month')
  const sides = Prisma.join([
    ...OUTCOMES.map((outcome) => Prisma.sql`${rows.map(({ n }) => n[outcome])}::int[]`),
    ...OUTCOMES.map((outcome) => Prisma.sql`${rows.map(({ sum }) => sum[outcome])}::float8[]`),
  ])
  return Prisma.sql`
    SELECT (${field.values}::uuid[])[d.f] AS field_id, (${basis.values}::text[])[d.b] AS basis, (${territory.values}::uuid[])[d.t] AS territory_id,
           (${month.values}::date[])[d.m] AS month, d.bucket, ${CELL_SIDES}
      FROM unnest(${field.at}::int[], ${basis.at}::int[], ${territory.at}::int[], ${month.at}::int[], ${column(rows, 'bucket')}::text[], ${sides})
        AS d (f, b, t, m, bucket, ${CELL_SIDES})`
}

async function addCells(tx: OrgSql, orgId: string, cells: readonly CellDelta[]): Promise<void> {
  if (cells.length === 0) return
  const rows = cellRows(cells)
  await tx.$executeRaw`
    INSERT INTO rollup_cell AS c (org_id, field_id, basis, territory_id, month, bucket, ${CELL_SIDES})
    SELECT ${orgId}::uuid, d.* FROM (${cellValues(rows)}) AS d
    ON CONFLICT (org_id, field_id, basis, territory_id, month, bucket) DO UPDATE SET ${ADD_CELL_SIDES}`
  const down = rows.filter(({ n, basis }) => basis === 'moved' || OUTCOMES.some((outcome) => n[outcome] < 0))
  if (down.length === 0) return
  await tx.$executeRaw`
    DELETE FROM rollup_cell c USING (${cellValues(down)}) AS d
     WHERE c.org_id = ${orgId}::uuid AND c.field_id = d.field_id AND c.basis = d.basis AND c.territory_id = d.territory_id
       AND c.month = d.month AND c.bucket = d.bucket AND ${CELL_IS_NOTHING}`
}

async function addDays(tx: OrgSql, orgId: string, rows: readonly DayDelta[]): Promise<void> {
  if (rows.length === 0) return
  const keys = (of: readonly DayDelta[]) =>
    [
      column(of, 'basis'),
      column(of, 'territoryId'),
      column(of, 'day'),
      column(of, 'kind'),
      column(of, 'outcome'),
    ] as const
  const [basis, territory, day, kind, outcome] = keys(rows)
  await tx.$executeRaw`
    INSERT INTO rollup_day AS c (org_id, basis, territory_id, day, kind, outcome, n)
    SELECT ${orgId}::uuid, d.* FROM unnest(${basis}::text[], ${territory}::uuid[], ${day}::date[], ${kind}::text[],
      ${outcome}::text[], ${column(rows, 'n')}::int[]) AS d
    ON CONFLICT (org_id, basis, territory_id, day, kind, outcome) DO UPDATE SET n = c.n + excluded.n`
  const down = lowered(rows)
  if (down.length === 0) return
  const [b, t, d, k, o] = keys(down)
  await tx.$executeRaw`
    DELETE FROM rollup_day c
     USING unnest(${b}::text[], ${t}::uuid[], ${d}::date[], ${k}::text[], ${o}::text[]) AS d (basis, territory_id, day, kind, outcome)
     WHERE c.org_id = ${orgId}::uuid AND c.basis = d.basis AND c.territory_id = d.territory_id AND c.day = d.day
       AND c.kind = d.kind AND c.outcome = d.outcome AND c.n = 0`
}

async function addPeople(tx: OrgSql, orgId: string, rows: readonly PersonDelta[]): Promise<void> {
  if (rows.length === 0) return
  const keys = (of: readonly PersonDelta[]) =>
    [column(of, 'basis'), column(of, 'territoryId'), column(of, 'month'), column(of, 'membershipId')] as const
  const [basis, territory, month, member] = keys(rows)
  await tx.$executeRaw`
    INSERT INTO rollup_person AS c (org_id, basis, territory_id, month, membership_id, n)
    SELECT ${orgId}::uuid, d.* FROM unnest(${basis}::text[], ${territory}::uuid[], ${month}::date[], ${member}::uuid[],
      ${column(rows, 'n')}::int[]) AS d
    ON CONFLICT (org_id, basis, territory_id, month, membership_id) DO UPDATE SET n = c.n + excluded.n`
  const down = lowered(rows)
  if (down.length === 0) return
  const [b, t, m, p] = keys(down)
  await tx.$executeRaw`
    DELETE FROM rollup_person c
     USING unnest(${b}::text[], ${t}::uuid[], ${m}::date[], ${p}::uuid[]) AS d (basis, territory_id, month, membership_id)
     WHERE c.org_id = ${orgId}::uuid AND c.basis = d.basis AND c.territory_id = d.territory_id AND c.month = d.month
       AND c.membership_id = d.membership_id AND c.n = 0`
}

async function addStocks(tx: OrgSql, orgId: string, rows: readonly StockDelta[]): Promise<void> {
  if (rows.length === 0) return
  const keys = (of: readonly StockDelta[]) =>
    [column(of, 'fieldId'), column(of, 'territoryId'), column(of, 'bucket')] as const
  const [field, territory, bucket] = keys(rows)
  await tx.$executeRaw`
    INSERT INTO stock_cell AS c (org_id, field_id, territory_id, bucket, n, sum)
    SELECT ${orgId}::uuid, d.* FROM unnest(${field}::uuid[], ${territory}::uuid[], ${bucket}::text[],
      ${column(rows, 'n')}::int[], ${column(rows, 'sum')}::float8[]) AS d
    ON CONFLICT (org_id, field_id, territory_id, bucket) DO UPDATE SET n = c.n + excluded.n, sum = c.sum + excluded.sum`
  const down = lowered(rows)
  if (down.length === 0) return
  const [f, t, b] = keys(down)
  await tx.$executeRaw`
    DELETE FROM stock_cell c
     USING unnest(${f}::uuid[], ${t}::uuid[], ${b}::text[]) AS d (field_id, territory_id, bucket)
     WHERE c.org_id = ${orgId}::uuid AND c.field_id = d.field_id AND c.territory_id = d.territory_id AND c.bucket = d.bucket
       AND c.n = 0 AND abs(c.sum) < 1e-9`
}

/** Stands for the whole sector, where a return is about no account: a key has no null. */
const SECTOR = '00000000-0000-0000-0000-000000000000'
/** A day is kept as long as a phone may still tell of it, and a few more. */
const DAYS_KEPT = 35

/**
 * What was given, and of what came back all that was not counted on its day: what a phone says twice, or two phones say,
 * finds its row there. An account that nobody knows counts as the whole sector, so that invented ones add nothing.
 */
async function addLedger(
  tx: OrgSql,
  orgId: string,
  { ledger, returns }: Pick<RollupDeltas, 'ledger' | 'returns'>,
): Promise<void> {
  if (returns.length > 0) await forgetOldDays(tx, orgId, returns)
  if (ledger.length === 0 && returns.length === 0) return
  const months = ledger.map(({ month }) => `${month}-01`)
  await tx.$executeRaw`
    WITH told AS (
      SELECT DISTINCT r.member, r.day, r.field, r.kind, coalesce(a.id, ${SECTOR}::uuid) AS about, r.done
        FROM unnest(${column(returns, 'membershipId')}::uuid[], ${column(returns, 'day')}::date[], ${column(returns, 'fieldId')}::uuid[],
          ${column(returns, 'kind')}::text[], ${column(returns, 'about')}::uuid[], ${column(returns, 'done')}::text[])
          AS r (member, day, field, kind, about, done)
        LEFT JOIN account a ON a.org_id = ${orgId}::uuid AND a.id = r.about),
    fresh AS (
      INSERT INTO giveback_day (org_id, membership_id, day, field_id, kind, about, done)
      SELECT ${orgId}::uuid, t.* FROM told t ORDER BY 2, 3, 4, 5, 6, 7
      ON CONFLICT DO NOTHING RETURNING membership_id, day, field_id, kind, done),
    gained (membership_id, field_id, month, answers, seconds, received, used, followed, contacted) AS (
      SELECT g.*, 0, 0 FROM unnest(${column(ledger, 'membershipId')}::uuid[], ${column(ledger, 'fieldId')}::uuid[], ${months}::date[],
        ${column(ledger, 'answers')}::int[], ${column(ledger, 'seconds')}::int[], ${column(ledger, 'received')}::int[],
        ${column(ledger, 'used')}::int[]) AS g
      UNION ALL
      SELECT f.membership_id, f.field_id, date_trunc('month', f.day)::date, 0, 0, (f.done = 'shown')::int, (f.done = 'opened')::int,
             (f.done = 'acted' AND f.kind = 'reminder')::int, (f.done = 'acted' AND f.kind = 'segment')::int
        FROM fresh f)
    INSERT INTO ledger_cell AS l (org_id, membership_id, field_id, month, answers, seconds, received, used, followed, contacted)
    SELECT ${orgId}::uuid, g.membership_id, g.field_id, g.month, sum(g.answers), sum(g.seconds), sum(g.received), sum(g.used),
           sum(g.followed), sum(g.contacted)
      FROM gained g GROUP BY g.membership_id, g.field_id, g.month
     ORDER BY g.membership_id, g.field_id, g.month
    ON CONFLICT (org_id, membership_id, field_id, month) DO UPDATE SET answers = l.answers + excluded.answers,
      seconds = l.seconds + excluded.seconds, received = l.received + excluded.received, used = l.used + excluded.used,
      followed = l.followed + excluded.followed, contacted = l.contacted + excluded.contacted`
}

async function forgetOldDays(tx: OrgSql, orgId: string, returns: readonly ReturnDelta[]): Promise<void> {
  const members = [...new Set(column(returns, 'membershipId'))]
  const [last] = column(returns, 'day').toSorted().toReversed()
  await tx.$executeRaw`
    DELETE FROM giveback_day WHERE org_id = ${orgId}::uuid AND membership_id = ANY (${members}::uuid[]) AND day < ${last}::date - ${DAYS_KEPT}::int`
}

async function addTook(tx: OrgSql, orgId: string, rows: readonly TookRow[]): Promise<void> {
  if (rows.length === 0) return
  const months = rows.map(({ month }) => `${month}-01`)
  await tx.$executeRaw`
    INSERT INTO field_seconds AS s (org_id, field_id, month, bin, n)
    SELECT ${orgId}::uuid, d.* FROM unnest(${column(rows, 'fieldId')}::uuid[], ${months}::date[], ${column(rows, 'from')}::smallint[],
      ${column(rows, 'n')}::int[]) AS d
    ON CONFLICT (org_id, field_id, month, bin) DO UPDATE SET n = s.n + excluded.n`
}

/** Asks for a fold in every organisation that has facts waiting; answers how many. For the worker's role only. */
export async function enqueueWaitingFolds(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('fold', json_build_object('orgId', org_id), 'fold:' || org_id) FROM waiting_folds() AS org_id`
}

/** Since when (ISO 8601) the oldest fact of an organisation, or a branch's figures, wait to be counted, once that is longer than `seconds`. */
export async function countedUntil(tx: OrgSql, orgId: string, seconds: number): Promise<string | null> {
  const rows = await tx.$queryRaw<{ at: string }[]>`
    SELECT to_char(min(o.at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at
      FROM ((SELECT at FROM rollup_outbox WHERE org_id = ${orgId}::uuid ORDER BY id LIMIT 1)
            UNION ALL SELECT at FROM rollup_shift WHERE org_id = ${orgId}::uuid) AS o
    HAVING min(o.at) < clock_timestamp() - make_interval(secs => ${seconds}::float8)`
  return rows[0]?.at ?? null
}
