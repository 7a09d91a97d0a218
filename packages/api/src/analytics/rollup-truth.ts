import { BY_OUTCOME } from '@fieldback/db/analytics/outcome-columns'
import type { TestWorld } from '../test-world.ts'

/** Every row of the roll-ups of an organisation, written out and sorted, so that two sources can be compared. */
export type RollupRows = {
  readonly cells: string[]
  readonly days: string[]
  readonly people: string[]
  /** Months of five years, the first to the left. */
  readonly presence: string[]
  /** How many have the same months. */
  readonly headcounts: string[]
  readonly stocks: string[]
  /** Of the pairs of questions that are ready, named by both. */
  readonly pairs: string[]
}

type Line = { line: string }

/** What the roll-up tables say. */
export async function rollups(world: TestWorld, org: string): Promise<RollupRows> {
  const read = async (text: string): Promise<string[]> =>
    (await world.sql<Line>(org, text)).map(({ line }) => line).sort()
  return {
    cells: await read(
      `SELECT concat_ws(' ', b.basis, field_id, territory_id, month, bucket, outcome, sum(n), sum(sum)) AS line
         FROM rollup_cell c JOIN (VALUES ('today', 'today'), ('then', 'today'), ('then', 'moved')) AS b (basis, cells) ON b.cells = c.basis ${BY_OUTCOME}
        GROUP BY b.basis, field_id, territory_id, month, bucket, outcome HAVING sum(n) <> 0`,
    ),
    days: await read(
      `SELECT concat_ws(' ', basis, territory_id, day, kind, outcome, n) AS line FROM rollup_day WHERE n <> 0`,
    ),
    people: await read(
      `SELECT concat_ws(' ', basis, territory_id, month, membership_id, n) AS line FROM rollup_person WHERE n <> 0`,
    ),
    presence: await read(
      `SELECT concat_ws(' ', basis, territory_id, era, membership_id, rtrim(reverse(months::bit(64)::text), '0')) AS line
         FROM rollup_presence`,
    ),
    headcounts: await read(
      `SELECT concat_ws(' ', basis, territory_id, era, rtrim(reverse(months::bit(64)::text), '0'), n) AS line FROM rollup_headcount`,
    ),
    stocks: await read(
      `SELECT concat_ws(' ', field_id, territory_id, bucket, n, sum) AS line FROM stock_cell WHERE n <> 0`,
    ),
    pairs: await read(
      `SELECT concat_ws(' ', f.a, f.b, b.basis, territory_id, bucket_a, bucket_b, month, sum(n_order), sum(n_quote), sum(n_revisit), sum(n_none), sum(sum_a), sum(sum_b)) AS line
         FROM field_pair f JOIN pair_cell c ON c.pair_id = f.id AND f.state = 'ready'
         JOIN (VALUES ('today', 'today'), ('then', 'today'), ('then', 'moved')) AS b (basis, cells) ON b.cells = c.basis
        GROUP BY f.a, f.b, b.basis, territory_id, bucket_a, bucket_b, month HAVING sum(n_order + n_quote + n_revisit + n_none) <> 0`,
    ),
  }
}

/** Each answer with the bucket it belongs to; numbers between 0 and 30, in bins of five. */
const BUCKETS = `
  SELECT a.*, b.bucket, CASE WHEN jsonb_typeof(a.x) = 'number' THEN (a.x #>> '{}')::float8 ELSE 0 END AS value
    FROM answer a, LATERAL (
      SELECT 'unknown' AS bucket WHERE a.x = 'null'::jsonb
      UNION ALL SELECT a.x #>> '{}' WHERE jsonb_typeof(a.x) IN ('string', 'boolean')
      UNION ALL SELECT (floor((a.x #>> '{}')::float8 / 5) * 5)::text WHERE jsonb_typeof(a.x) = 'number'
      UNION ALL SELECT DISTINCT o FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof(a.x) = 'array' THEN a.x ELSE '[]' END) AS o
    ) AS b`

const REPORTABLE = `
  SELECT d.id, d.entity FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = 1
   WHERE (v.spec ->> 'reportable')::boolean`

const REPORT = 'r.org_id, r.id, r.day, r.kind, r.outcome, r.author_id, r.field_set, r."values"'

/**
 * Paths as they were: each move taken back, the last first. `back`: how many were. On a day, those whose last day is not
 * before it are.
 */
const PATHS = `
  RECURSIVE move AS (
    SELECT row_number() OVER (ORDER BY seq DESC) AS back, last_day, from_path, to_path FROM branch_move WHERE last_day IS NOT NULL),
  past AS (
    SELECT org_id, id, path, 0::bigint AS back FROM territory
    UNION ALL
    SELECT p.org_id, p.id, CASE WHEN starts_with(p.path, m.to_path) THEN m.from_path || substr(p.path, length(m.to_path) + 1) ELSE p.path END, m.back
      FROM past p JOIN move m ON m.back = p.back + 1)`

/** Standing reports at each territory from the root down, in the tree of their day and in today's. */
const PLACED = `
  SELECT 'then' AS basis, unnest(string_to_array(rtrim(t.path, '/'), '/'))::uuid AS territory_id, ${REPORT}
    FROM report r JOIN past t ON t.org_id = r.org_id AND t.id = r.territory_id
     AND t.back = (SELECT count(*) FROM move m WHERE m.last_day >= r.day) WHERE r.status <> 'withdrawn'
  UNION ALL
  SELECT 'today', unnest(string_to_array(rtrim(t.path, '/'), '/'))::uuid, ${REPORT}
    FROM report r JOIN account a ON a.org_id = r.org_id AND a.id = r.account_id
    JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id WHERE r.status <> 'withdrawn'`

/** A standing report at a territory that it counts in. */
export type PlacedReport = {
  readonly basis: 'then' | 'today'
  readonly territoryId: string
  readonly id: string
  readonly day: string
  readonly outcome: string
  readonly values: Readonly<Record<string, { readonly x: unknown } | undefined>>
  /** Where its account sits today, from the root down. */
  readonly home: string
}

/** Every standing report at each territory that it counts in, in the tree of its day and in today's. */
export const placedReports = (world: TestWorld, org: string): Promise<PlacedReport[]> =>
  world.sql<PlacedReport>(
    org,
    `WITH ${PATHS}, placed AS (${PLACED})
     SELECT p.basis, p.territory_id AS "territoryId", p.id, to_char(p.day, 'YYYY-MM-DD') AS day, p.outcome, p."values", h.path AS home
       FROM placed p JOIN report r ON r.org_id = p.org_id AND r.id = p.id JOIN account a ON a.org_id = p.org_id AND a.id = r.account_id
       JOIN territory h ON h.org_id = p.org_id AND h.id = a.territory_id`,
  )

const CELLS = `
  WITH ${PATHS}, reportable AS (${REPORTABLE}), placed AS (${PLACED}),
  answer AS (SELECT p.*, v.key::uuid AS field_id, v.value -> 'x' AS x FROM placed p, jsonb_each(p."values") v
              WHERE v.key::uuid IN (SELECT id FROM reportable WHERE entity = 'report')),
  counted AS (${BUCKETS}),
  asked AS (SELECT p.*, (m ->> 0)::uuid AS field_id FROM placed p JOIN field_set s ON s.org_id = p.org_id AND s.hash = p.field_set,
              jsonb_array_elements(s.members) AS m WHERE (m ->> 0)::uuid IN (SELECT id FROM reportable)),
  cell AS (
    SELECT basis, field_id, territory_id, day, bucket, outcome, value FROM counted
    UNION ALL SELECT DISTINCT ON (basis, field_id, territory_id, id) basis, field_id, territory_id, day, '_answered', outcome, 0 FROM counted
    UNION ALL SELECT basis, field_id, territory_id, day, '_asked', outcome, 0 FROM asked
    UNION ALL SELECT basis, '00000000-0000-0000-0000-000000000000', territory_id, day, kind, outcome, 0 FROM placed)
  SELECT concat_ws(' ', basis, field_id, territory_id, date_trunc('month', day)::date, bucket, outcome, count(*), sum(value)) AS line
    FROM cell GROUP BY basis, field_id, territory_id, date_trunc('month', day)::date, bucket, outcome`

/** Each report's buckets of one question beside those of the other; denominators are not crossed with each other. */
const PAIRS = `
  WITH ${PATHS}, reportable AS (${REPORTABLE}), placed AS (${PLACED}),
  answer AS (SELECT p.*, v.key::uuid AS field_id, v.value -> 'x' AS x FROM placed p, jsonb_each(p."values") v
              WHERE v.key::uuid IN (SELECT id FROM reportable WHERE entity = 'report')),
  counted AS (${BUCKETS}),
  cell AS MATERIALIZED (
    SELECT basis, territory_id, id, day, outcome, field_id, bucket, value FROM counted
    UNION ALL SELECT DISTINCT basis, territory_id, id, day, outcome, field_id, '_answered', 0::float8 FROM counted
    UNION ALL SELECT basis, territory_id, p.id, day, outcome, (m ->> 0)::uuid, '_asked', 0 FROM placed p
      JOIN field_set s ON s.org_id = p.org_id AND s.hash = p.field_set, jsonb_array_elements(s.members) AS m
     WHERE (m ->> 0)::uuid IN (SELECT id FROM reportable)
    UNION ALL SELECT basis, territory_id, id, day, outcome, '00000000-0000-0000-0000-000000000000', kind, 0 FROM placed)
  SELECT concat_ws(' ', f.a, f.b, x.basis, x.territory_id, x.bucket, y.bucket, date_trunc('month', x.day)::date,
           count(*) FILTER (WHERE x.outcome = 'order'), count(*) FILTER (WHERE x.outcome = 'quote'), count(*) FILTER (WHERE x.outcome = 'revisit'),
           count(*) FILTER (WHERE x.outcome = 'none'), sum(x.value), sum(y.value)) AS line
    FROM field_pair f JOIN cell x ON x.field_id = f.a JOIN cell y ON y.field_id = f.b AND y.basis = x.basis AND y.territory_id = x.territory_id AND y.id = x.id
   WHERE f.state = 'ready' AND NOT (x.bucket IN ('_asked', '_answered') AND y.bucket IN ('_asked', '_answered'))
   GROUP BY f.a, f.b, x.basis, x.territory_id, x.bucket, y.bucket, date_trunc('month', x.day)`

const STOCKS = `
  WITH reportable AS (${REPORTABLE}),
  card AS (
    SELECT a.id, 'account' AS entity, a."values", t.path FROM account a JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
    UNION ALL SELECT c.id, 'contact', c."values", t.path FROM contact c JOIN account a ON a.org_id = c.org_id AND a.id = c.account_id
      JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id),
  answer AS (SELECT c.id, unnest(string_to_array(rtrim(c.path, '/'), '/'))::uuid AS territory_id, v.key::uuid AS field_id, v.value -> 'x' AS x
               FROM card c, jsonb_each(c."values") v WHERE v.key::uuid IN (SELECT r.id FROM reportable r WHERE r.entity = c.entity)),
  counted AS (${BUCKETS}),
  cell AS (
    SELECT field_id, territory_id, bucket, value FROM counted
    UNION ALL SELECT DISTINCT ON (field_id, territory_id, id) field_id, territory_id, '_answered', 0 FROM counted)
  SELECT concat_ws(' ', field_id, territory_id, bucket, count(*), sum(value)) AS line FROM cell GROUP BY field_id, territory_id, bucket`

/** Months with a report are marked one by one; what follows the last is left out. */
const SEEN = `
  WITH ${PATHS}, there AS (SELECT DISTINCT basis, territory_id, author_id, to_char(day, 'YYYY-MM') AS month FROM (${PLACED}) p),
  era AS (SELECT DISTINCT basis, territory_id, author_id, substr(month, 1, 4)::int / 5 AS era FROM there),
  seen AS (SELECT e.basis, e.territory_id, e.era, e.author_id,
           rtrim(string_agg(CASE WHEN t.month IS NULL THEN '0' ELSE '1' END, '' ORDER BY year, month_of_year), '0') AS months
    FROM era e CROSS JOIN generate_series(0, 4) AS year CROSS JOIN generate_series(1, 12) AS month_of_year
    LEFT JOIN there t ON t.basis = e.basis AND t.territory_id = e.territory_id AND t.author_id = e.author_id
     AND t.month = (e.era * 5 + year) || '-' || lpad(month_of_year::text, 2, '0')
   GROUP BY e.basis, e.territory_id, e.era, e.author_id)`
const PRESENCE = `${SEEN} SELECT concat_ws(' ', basis, territory_id, era, author_id, months) AS line FROM seen`
const HEADCOUNTS = `
  ${SEEN} SELECT concat_ws(' ', basis, territory_id, era, months, count(*)) AS line FROM seen GROUP BY basis, territory_id, era, months`

/** What a group-by over reports, accounts and contacts says, written in SQL alone: it shares no code with the fold. */
export async function truth(world: TestWorld, org: string): Promise<RollupRows> {
  const read = async (text: string): Promise<string[]> =>
    (await world.sql<Line>(org, text)).map(({ line }) => line).sort()
  return {
    cells: await read(CELLS),
    days: await read(`WITH ${PATHS} SELECT concat_ws(' ', basis, territory_id, day, kind, outcome, count(*)) AS line
                        FROM (${PLACED}) p GROUP BY basis, territory_id, day, kind, outcome`),
    people:
      await read(`WITH ${PATHS} SELECT concat_ws(' ', basis, territory_id, date_trunc('month', day)::date, author_id, count(*)) AS line
                          FROM (${PLACED}) p GROUP BY basis, territory_id, date_trunc('month', day)::date, author_id`),
    presence: await read(PRESENCE),
    headcounts: await read(HEADCOUNTS),
    stocks: await read(STOCKS),
    pairs: await read(PAIRS),
  }
}
