import { BY_OUTCOME } from '@fieldback/db/analytics/outcome-columns'

/**
 * Roll-ups counted afresh by SQL from the documents of answers, without the code that folds them. Each query gives the
 * columns of its table; numbers fall in bins of five, as the bounds of "Année du four" (1985 to 2026) make them.
 */
const REPORTABLE = `
  SELECT d.id, d.entity, v.spec->>'type' AS type
    FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id
   WHERE (v.spec->>'reportable')::boolean`

/** Rows (entity id, field id, bucket, value) of the reportable answers of documents "held" (id, entity, values). */
const BUCKETS = `
  SELECT h.id, f.id AS field_id,
         CASE WHEN a.value->'x' = 'null' THEN 'unknown'
              WHEN f.type = 'date' THEN left(a.value->>'x', 7)
              WHEN f.type = 'integer' THEN (floor((a.value->>'x')::float8 / 5) * 5)::text
              ELSE a.value->>'x' END AS bucket,
         CASE WHEN f.type = 'integer' THEN (a.value->>'x')::float8 ELSE 0 END AS value
    FROM held h CROSS JOIN LATERAL jsonb_each(h.values) AS a (key, value)
    JOIN reportable f ON f.id = a.key::uuid AND f.entity = h.entity
   WHERE f.type <> 'multiple_choice'
  UNION ALL
  SELECT h.id, f.id, choice, 0
    FROM held h CROSS JOIN LATERAL jsonb_each(h.values) AS a (key, value)
    JOIN reportable f ON f.id = a.key::uuid AND f.entity = h.entity
   CROSS JOIN LATERAL jsonb_array_elements_text(a.value->'x') AS choice
   WHERE f.type = 'multiple_choice'`

const ABOVE = `unnest(string_to_array(rtrim(t.path, '/'), '/'))::uuid`

/** Reports that count, once for every territory they count in; "then" is the report's own, "today" its account's. */
const COUNTED = `
  SELECT r.*, 'then' AS basis, ${ABOVE} AS counted_at FROM report r
    JOIN territory t ON t.org_id = r.org_id AND t.id = r.territory_id WHERE r.status <> 'withdrawn'
  UNION ALL
  SELECT r.*, 'today', ${ABOVE} FROM report r
    JOIN account a ON a.org_id = r.org_id AND a.id = r.account_id
    JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id WHERE r.status <> 'withdrawn'`

export const CELLS = `
  WITH reportable AS (${REPORTABLE}), held AS (SELECT id, 'report' AS entity, "values" FROM report),
  answers AS (${BUCKETS}),
  buckets AS (
    SELECT * FROM answers
    UNION ALL SELECT DISTINCT id, field_id, '_answered', 0::float8 FROM answers
    UNION ALL SELECT r.id, f.id, '_asked', 0 FROM report r JOIN field_set s ON s.org_id = r.org_id AND s.hash = r.field_set
      CROSS JOIN LATERAL jsonb_array_elements(s.members) AS member
      JOIN reportable f ON f.id = (member->>0)::uuid AND f.entity = 'report'),
  counted AS (${COUNTED})
  SELECT b.field_id, c.basis, c.counted_at AS territory_id, date_trunc('month', c.day)::date AS month, b.bucket, c.outcome,
         count(*)::int AS n, sum(b.value) AS sum
    FROM counted c JOIN (SELECT * FROM buckets UNION ALL SELECT id, '00000000-0000-0000-0000-000000000000'::uuid, kind, 0 FROM report) b ON b.id = c.id
   GROUP BY 1, 2, 3, 4, 5, 6`

export const DAYS = `
  WITH counted AS (${COUNTED})
  SELECT basis, counted_at AS territory_id, day, kind, outcome, count(*)::int AS n FROM counted GROUP BY 1, 2, 3, 4, 5`

export const PEOPLE = `
  WITH counted AS (${COUNTED})
  SELECT basis, counted_at AS territory_id, date_trunc('month', day)::date AS month, author_id AS membership_id, count(*)::int AS n
    FROM counted GROUP BY 1, 2, 3, 4`

/** Distinct months of five years, each a power of two. */
export const PRESENCE = `
  WITH people AS (${PEOPLE})
  SELECT basis, territory_id, (extract(year FROM month)::int / 5)::smallint AS era, membership_id,
         sum(DISTINCT power(2::numeric, (extract(year FROM month)::int % 5) * 12 + extract(month FROM month)::int - 1))::bigint AS months
    FROM people GROUP BY 1, 2, 3, 4`

export const HEADCOUNTS = `
  SELECT basis, territory_id, era, months, count(*)::int AS n FROM (${PRESENCE}) AS presence GROUP BY 1, 2, 3, 4`

export const STOCKS = `
  WITH reportable AS (${REPORTABLE}),
  held AS (SELECT id, 'account' AS entity, "values" FROM account UNION ALL SELECT id, 'contact', "values" FROM contact),
  answers AS (${BUCKETS}),
  buckets AS (SELECT * FROM answers UNION ALL SELECT DISTINCT id, field_id, '_answered', 0::float8 FROM answers),
  homes AS (SELECT id, id AS account_id FROM account UNION ALL SELECT id, account_id FROM contact)
  SELECT b.field_id, ${ABOVE} AS territory_id, b.bucket, count(*)::int AS n, sum(b.value) AS sum
    FROM buckets b JOIN homes h ON h.id = b.id JOIN account a ON a.id = h.account_id
    JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id GROUP BY 1, 2, 3`

/** Cells as they are read: what is counted then is what is counted today and what has moved. */
export const KEPT_CELLS = `(
  SELECT field_id, b.basis, territory_id, month, bucket, outcome, sum(n)::int AS n, sum(sum) AS sum
    FROM rollup_cell c JOIN (VALUES ('today', 'today'), ('then', 'today'), ('then', 'moved')) AS b (basis, cells) ON b.cells = c.basis ${BY_OUTCOME}
   GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0) AS kept_cells`

/** How many rows of a table differ from the truth, either way round. */
export const differences = (table: string, columns: string, truth: string): string => `
  WITH truth AS MATERIALIZED (${truth}), kept AS MATERIALIZED (SELECT ${columns} FROM ${table})
  SELECT (SELECT count(*) FROM kept)::int AS kept,
         (SELECT count(*) FROM (SELECT ${columns} FROM truth EXCEPT SELECT ${columns} FROM kept) AS missing)::int AS missing,
         (SELECT count(*) FROM (SELECT ${columns} FROM kept EXCEPT SELECT ${columns} FROM truth) AS extra)::int AS extra`
