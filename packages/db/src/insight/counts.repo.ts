import { daysBetween } from '@fieldback/domain/agenda/day'
import { bucketsOf } from '@fieldback/domain/analytics/bucket'
import { ANSWERED, ASKED, isOver, isRead } from '@fieldback/domain/analytics/fact'
import { firstDay, lastDay, type Month, monthsOf, type Period } from '@fieldback/domain/analytics/period'
import { erasOf } from '@fieldback/domain/analytics/presence'
import { mergeCells, seriesOf } from '@fieldback/domain/analytics/series'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { FieldDefinition, FieldEntity } from '@fieldback/domain/field/field-spec'
import type { AccountActivity } from '@fieldback/domain/insight/cold-accounts'
import type { CountCell } from '@fieldback/domain/insight/factor-counts'
import { NAMED_MOST } from '@fieldback/domain/insight/insight'
import { RHYTHM, type RhythmKind } from '@fieldback/domain/insight/rhythm'
import type { TerritoryNode } from '@fieldback/domain/insight/territory-tree'
import { testsOf } from '@fieldback/domain/report/answer-test'
import type { Outcome } from '@fieldback/domain/report/report'
import type { Path } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { answersTest } from '../report/answered.repo.ts'
import { withinBranch } from '../scoped-db.ts'
import { DEFINITION_JSON } from '../sync/row-sql.ts'

// For the jobs alone: what is read here is an organisation's whole, within nobody's rights.

/** Every territory, closed ones too since their reports stand, with the people who filed there or below. `branch`: of it alone. */
export async function unsafeFindNodes(
  tx: OrgSql,
  orgId: string,
  period: Period,
  branch?: Path,
): Promise<TerritoryNode[]> {
  const { first, last, months } = erasOf([period])
  const within =
    branch === undefined ? Prisma.empty : Prisma.sql`AND ${withinBranch(branch, Prisma.sql`path`)}`
  return tx.$queryRaw<TerritoryNode[]>`
    WITH node AS MATERIALIZED (SELECT id, parent_id FROM territory WHERE org_id = ${orgId}::uuid ${within})
    SELECT t.id, t.parent_id AS "parentId", coalesce(p.people, 0)::int AS people
      FROM node t LEFT JOIN (
        SELECT territory_id, count(DISTINCT membership_id) AS people FROM rollup_presence
         WHERE org_id = ${orgId}::uuid AND basis = 'today' AND territory_id = ANY (ARRAY(SELECT id FROM node))
           AND era >= ${first}::smallint AND era <= ${last}::smallint
           AND months & (${months[0]}::bigint[])[era - ${first}::int + 1] <> 0
         GROUP BY territory_id) AS p ON p.territory_id = t.id`
}

/**
 * People who filed over a period in a territory, where some territories ask: in those that lie below it alone, or in all of it
 * when one of them holds it.
 */
export async function unsafeCountAsked(
  tx: OrgSql,
  orgId: string,
  { territoryId, askedBy, period }: { territoryId: string; askedBy: readonly string[]; period: Period },
): Promise<number> {
  const { first, last, months } = erasOf([period])
  const [row] = await tx.$queryRaw<{ people: number }[]>`
    WITH asked AS MATERIALIZED (
      SELECT CASE WHEN starts_with(o.path, p.path) THEN o.id ELSE p.id END AS id
        FROM territory p JOIN territory o ON o.org_id = p.org_id AND (starts_with(o.path, p.path) OR starts_with(p.path, o.path))
       WHERE p.org_id = ${orgId}::uuid AND p.id = ${territoryId}::uuid AND o.id = ANY (${[...askedBy]}::uuid[]))
    SELECT count(DISTINCT membership_id)::int AS people FROM rollup_presence
     WHERE org_id = ${orgId}::uuid AND basis = 'today' AND territory_id = ANY (ARRAY(SELECT id FROM asked))
       AND era >= ${first}::smallint AND era <= ${last}::smallint
       AND months & (${months[0]}::bigint[])[era - ${first}::int + 1] <> 0`
  return row?.people ?? 0
}

/** What is counted of: these territories alone, when they are given. */
type Within = { readonly within?: readonly string[] | undefined }
const isWithin = (column: Prisma.Sql, within: readonly string[] | undefined): Prisma.Sql =>
  within === undefined ? Prisma.empty : Prisma.sql`AND ${column} = ANY (${[...within]}::uuid[])`

/** Every question that is counted, retired ones too: others may be made of them. `ids`: these alone. */
export async function unsafeFindCounted(
  tx: OrgSql,
  orgId: string,
  ids?: readonly string[],
): Promise<FieldDefinition[]> {
  const only = ids === undefined ? Prisma.empty : Prisma.sql`AND d.id = ANY (${[...ids]}::uuid[])`
  const rows = await tx.$queryRaw<{ row: FieldDefinition }[]>`
    SELECT ${DEFINITION_JSON} AS row
      FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE d.org_id = ${orgId}::uuid AND (v.spec ->> 'reportable')::boolean ${only} ORDER BY d.id`
  return rows.map(({ row }) => row)
}

type FieldCell = CountCell & { readonly fieldId: string }

/** Answers to a question by month and outcome, of each territory with what lies below. */
export async function unsafeCountAnswers(
  tx: OrgSql,
  orgId: string,
  { field, period, within }: { readonly field: FieldDefinition; readonly period: Period } & Within,
): Promise<CountCell[]> {
  // A month as a number, since to write it takes longer than to find its row.
  const first = firstDay(period.from)
  const rows = await tx.$queryRaw<AnswerRow[]>`
    SELECT field_id AS "fieldId", territory_id AS "territoryId", month - ${first}::date AS at, bucket, n_order AS "order", n_revisit AS revisit, n_quote + n_none AS none
      FROM rollup_cell
     WHERE org_id = ${orgId}::uuid AND field_id = ANY (${seriesOf(field)}::uuid[]) AND basis = 'today'
       AND month >= ${first}::date AND month <= ${firstDay(period.to)}::date AND bucket <> ${ASKED}
       ${isWithin(Prisma.sql`territory_id`, within)}`
  const months = new Map(monthsOf(period).map((month) => [daysBetween(first, firstDay(month)), month]))
  return seriesCells(
    field,
    rows.flatMap(({ fieldId, territoryId, at, bucket, order, revisit, none }) => {
      const month = months.get(at) ?? period.from
      const cell = (outcome: Outcome, of: number): FieldCell => ({
        fieldId,
        territoryId,
        month,
        bucket,
        outcome,
        n: of,
      })
      // How the others ended is not told.
      return [cell('order', order), cell('revisit', revisit), cell('none', none)].filter((one) => one.n !== 0)
    }),
  )
}

type AnswerRow = {
  readonly fieldId: string
  readonly territoryId: string
  /** Days from the period's first to the month's. */
  readonly at: number
  readonly bucket: string
  readonly order: number
  readonly revisit: number
  readonly none: number
}

/** What is read as answers to one question. */
function seriesCells(field: FieldDefinition, rows: readonly FieldCell[]): CountCell[] {
  if (seriesOf(field).length === 1) return rows.filter(({ bucket }) => !isOver(bucket) && !isRead(bucket))
  const alike = new Map<string, FieldCell[]>()
  for (const row of rows) {
    const key = `${row.territoryId} ${row.month} ${row.outcome}`
    const cells = alike.get(key)
    if (cells) cells.push(row)
    else alike.set(key, [row])
  }
  return [...alike.values()].flatMap((cells) => {
    const { territoryId, month, outcome } = cells[0] as FieldCell
    const counted = cells.map(({ fieldId, bucket, n }) => ({ fieldId, bucket, n, won: 0 }))
    return mergeCells(field, counted).map(({ bucket, n }) => ({ territoryId, month, outcome, bucket, n }))
  })
}

/** Reports by month and outcome, of each territory with what lies below. */
export async function unsafeCountReports(
  tx: OrgSql,
  orgId: string,
  { period, within }: { readonly period: Period } & Within,
): Promise<CountCell[]> {
  return tx.$queryRaw<CountCell[]>`
    SELECT territory_id AS "territoryId", to_char(date_trunc('month', day), 'YYYY-MM') AS month, ${ANSWERED} AS bucket, outcome, sum(n)::int AS n
      FROM rollup_day
     WHERE org_id = ${orgId}::uuid AND basis = 'today' AND day >= ${firstDay(period.from)}::date AND day <= ${lastDay(period.to)}::date
       ${isWithin(Prisma.sql`territory_id`, within)}
     GROUP BY territory_id, 2, outcome`
}

/** Visits by what came before them, of each home alone; one without a visit in the year before has no delay. */
export async function unsafeCountRhythm(
  tx: OrgSql,
  orgId: string,
  period: Period,
): Promise<Readonly<Record<RhythmKind, CountCell[]>>> {
  const rows = await tx.$queryRaw<(CountCell & { kind: RhythmKind })[]>`
    WITH visit AS (
      SELECT account_id, day, outcome, day - lag(day) OVER (PARTITION BY account_id ORDER BY day) AS delay,
             count(*) OVER (PARTITION BY account_id ORDER BY day RANGE BETWEEN interval '365 days' PRECEDING AND interval '1 day' PRECEDING) AS before
        FROM report
       WHERE org_id = ${orgId}::uuid AND kind = 'visit' AND status <> 'withdrawn'
         AND day >= ${firstDay(period.from)}::date - 365 AND day <= ${lastDay(period.to)}::date)
    SELECT f.kind, a.territory_id AS "territoryId", to_char(date_trunc('month', v.day), 'YYYY-MM') AS month, v.outcome,
           f.edges[width_bucket(f.of, f.edges)]::text AS bucket, count(*)::int AS n
      FROM visit v JOIN account a ON a.org_id = ${orgId}::uuid AND a.id = v.account_id,
           LATERAL (VALUES ('delay', v.delay, ${[...RHYTHM.delay]}::int[]), ('frequency', v.before::int, ${[...RHYTHM.frequency]}::int[])) AS f (kind, of, edges)
     WHERE v.day >= ${firstDay(period.from)}::date AND f.of >= f.edges[1]
     GROUP BY 1, 2, 3, 4, 5`
  const of = (kind: RhythmKind): CountCell[] =>
    rows
      .filter((row) => row.kind === kind)
      .flatMap(({ kind: _, ...cell }) => [cell, { ...cell, bucket: ANSWERED }])
  return { delay: of('delay'), frequency: of('frequency') }
}

type Held = { fieldId: string; territoryId: string; won: boolean; x: AnswerValue; n: number }

/**
 * What accounts answer, or the one contact of theirs who does, counted once each and at their home alone, in the last month
 * of a period: an account has no past here. A client counts as an order, a prospect as none.
 */
export async function unsafeCountProfiles(
  tx: OrgSql,
  orgId: string,
  {
    field,
    at,
    definitions,
    within,
  }: { field: FieldDefinition; at: Month; definitions: ReadonlyMap<string, FieldDefinition> } & Within,
): Promise<CountCell[]> {
  const held = await tx.$queryRaw<Held[]>`
    SELECT key AS "fieldId", territory_id AS "territoryId", won, x, count(*)::int AS n
      FROM (${givenBy(field.entity, seriesOf(field), Prisma.sql`a.org_id = ${orgId}::uuid AND a.deleted_at IS NULL ${isWithin(Prisma.sql`a.territory_id`, within)}`)}) AS given
     GROUP BY 1, 2, 3, 4`
  const cells = held.flatMap(({ fieldId, territoryId, won, x, n }): FieldCell[] => {
    const spec = definitions.get(fieldId)?.spec
    const buckets = spec ? bucketsOf(spec, x).map(({ bucket }) => bucket) : []
    const outcome: Outcome = won ? 'order' : 'none'
    return (buckets.length > 0 ? [...buckets, ANSWERED] : []).map((bucket) => ({
      fieldId,
      territoryId,
      month: at,
      outcome,
      bucket,
      n,
    }))
  })
  return seriesCells(field, cells)
}

/**
 * The answers of accounts `a`. Of contacts, only where one alone answers: clients have more of them noted, and of several
 * one says yes sooner than of one.
 */
const givenBy = (entity: FieldEntity, keys: readonly string[], of: Prisma.Sql): Prisma.Sql =>
  entity === 'contact'
    ? Prisma.sql`
        SELECT v.key, a.territory_id, a.kind = 'client' AS won, (array_agg(v.value -> 'x'))[1] AS x
          FROM account a JOIN contact c ON c.org_id = a.org_id AND c.account_id = a.id AND c.deleted_at IS NULL,
               LATERAL jsonb_each(c."values") AS v
         WHERE ${of} AND v.key = ANY (${[...keys]}::text[]) AND v.value -> 'x' <> 'null'
         GROUP BY a.org_id, a.id, v.key HAVING count(*) = 1`
    : Prisma.sql`
        SELECT v.key, a.territory_id, a.kind = 'client' AS won, v.value -> 'x' AS x
          FROM account a, LATERAL jsonb_each(a."values") AS v
         WHERE ${of} AND v.key = ANY (${[...keys]}::text[])`

/** How each account has been seen since a period began, by visit or call. */
export async function unsafeFindActivity(
  tx: OrgSql,
  orgId: string,
  { from, today }: { readonly from: Month; readonly today: string },
): Promise<AccountActivity[]> {
  return tx.$queryRaw<AccountActivity[]>`
    WITH seen AS (
      SELECT account_id, (count(DISTINCT day) - 1)::int AS gaps, max(day) - min(day) AS span, ${today}::date - max(day) AS since
        FROM report
       WHERE org_id = ${orgId}::uuid AND status <> 'withdrawn' AND day >= ${firstDay(from)}::date AND day <= ${today}::date
       GROUP BY account_id HAVING count(*) > 1)
    SELECT s.account_id AS "accountId", a.territory_id AS "territoryId", s.gaps, s.span, s.since
      FROM seen s JOIN account a ON a.org_id = ${orgId}::uuid AND a.id = s.account_id AND a.deleted_at IS NULL`
}

/**
 * Accounts not yet won that answer as won ones do, in a territory and below it: those unseen for longest first, as many as are
 * named. `definitions`: of the questions that were made into this one too.
 */
export async function unsafeFindLookalikes(
  tx: OrgSql,
  orgId: string,
  {
    field,
    bucket,
    territoryId,
    definitions,
  }: {
    readonly field: FieldDefinition
    readonly bucket: string
    readonly territoryId: string
    readonly definitions: ReadonlyMap<string, FieldDefinition>
  },
): Promise<string[]> {
  const answers = (of: Prisma.Sql) =>
    answersRead(field, { bucket, definitions, values: Prisma.sql`${of}."values"` })
  const held =
    field.entity === 'contact'
      ? Prisma.sql`EXISTS (SELECT 1 FROM contact c WHERE c.org_id = a.org_id AND c.account_id = a.id AND c.deleted_at IS NULL AND ${answers(Prisma.sql`c`)})`
      : answers(Prisma.sql`a`)
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT a.id
      FROM territory top JOIN territory t ON t.org_id = top.org_id AND t.path >= top.path AND t.path < top.path || '~'
      JOIN account a ON a.org_id = t.org_id AND a.territory_id = t.id AND a.kind = 'prospect' AND a.deleted_at IS NULL
     WHERE top.org_id = ${orgId}::uuid AND top.id = ${territoryId}::uuid
       AND (${held})
     ORDER BY a.last_visit_day NULLS FIRST, a.id LIMIT ${NAMED_MOST}`
  return rows.map(({ id }) => id)
}

/** Whether a document is read as a bucket of a question: what was said to the questions of before counts until it is answered itself. */
function answersRead(
  { id }: FieldDefinition,
  {
    bucket,
    definitions,
    values,
  }: {
    readonly bucket: string
    readonly definitions: ReadonlyMap<string, FieldDefinition>
    readonly values: Prisma.Sql
  },
): Prisma.Sql {
  const tests = testsOf({ fieldId: id, buckets: [bucket] }, definitions)
  const any = (own: boolean): Prisma.Sql => {
    const some = tests
      .filter(({ fieldId }) => (fieldId === id) === own)
      .map((test) => answersTest(values, test))
    return some.length > 0 ? Prisma.join(some, ' OR ') : Prisma.sql`FALSE`
  }
  return Prisma.sql`(${any(true)} OR (${values} -> ${id} IS NULL AND (${any(false)})))`
}
