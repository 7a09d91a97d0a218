import { KIND } from '@fieldback/domain/analytics/fact'
import { secondsBin } from '@fieldback/domain/field/seconds-histogram'
import { OUTCOMES } from '@fieldback/domain/report/report'
import type pg from 'pg'
import type { LoadPlan } from './load-plan.ts'
import { within } from './load-rows.ts'
import { reportQuestions } from './load-stage.ts'

/** The whole country is a scope of its own: everything below is in its region's. */
const COUNTRY = -1
const BASES = `(VALUES ('then'), ('today')) AS b (basis)`

/**
 * The roll-ups, the stocks and the ledger, from what was counted at the homes: what the worker would have folded, one
 * report after the other. Accounts never moved, so that "then" and "today" are the same.
 */
export async function writeCounts(client: pg.ClientBase, plan: LoadPlan): Promise<void> {
  await client.query(`
    CREATE TEMP TABLE load_month AS SELECT region, place, date_trunc('month', day)::date AS month, outcome, sum(n)::int AS n
      FROM load_day GROUP BY 1, 2, 3, 4;
    CREATE INDEX ON load_leaf (i, region); CREATE INDEX ON load_day (region); CREATE INDEX ON load_person (region);
    ANALYZE load_place; ANALYZE load_bucket; ANALYZE load_month; ANALYZE load_leaf; ANALYZE load_day; ANALYZE load_person; ANALYZE load_above`)
  const regions = [...new Set(plan.places.map(({ region }) => region))].map((_, region) => region)
  const scopes = [COUNTRY, ...regions]
  const run = (sql: string, values: readonly unknown[]) =>
    within(client, plan.orgId, () => client.query(sql, [plan.orgId, ...values]))
  for (const i of reportQuestions(plan).keys()) {
    for (const scope of scopes) await run(cellSql(scope), scope === COUNTRY ? [i] : [i, scope])
  }
  for (const scope of scopes) {
    await run(kindSql(scope), scope === COUNTRY ? [KIND] : [KIND, scope])
    await run(daySql(scope), scope === COUNTRY ? [] : [scope])
    await run(personSql(scope), scope === COUNTRY ? [] : [scope])
  }
  await run(LEDGER, [reportQuestions(plan).map(({ seconds }) => seconds)])
  await run(TOOK, [reportQuestions(plan).map(({ seconds }) => secondsBin(seconds))])
  for (const question of plan.questions.filter(({ entity }) => entity !== 'report')) {
    const field = plan.definitions.find(({ key }) => key === question.key)
    const from =
      question.entity === 'account' ? '' : 'JOIN contact c ON c.org_id = a.org_id AND c.account_id = a.id'
    const slot = question.entity === 'account' ? `a.${question.slot}` : `c.${question.slot}`
    const values = question.entity === 'account' ? 'a."values"' : 'c."values"'
    await run(stockSql({ from, slot, values }), [field?.id])
  }
}

const inScope = (scope: number, table: string, at: string): string =>
  scope === COUNTRY ? '' : `AND ${table}.region = ${at}`
const scopeOf = (scope: number): string => (scope === COUNTRY ? String(COUNTRY) : 'p.region')

/** Outcomes stand side by side in a cell: how many reports, and what their answers add up to. */
const COUNTS = OUTCOMES.map((outcome) => `n_${outcome}`)
const SIDES = [...COUNTS, ...OUTCOMES.map((outcome) => `sum_${outcome}`)]
const byOutcome = (what: string): string[] =>
  OUTCOMES.map((outcome) => `coalesce(sum(${what}) FILTER (WHERE outcome = '${outcome}'), 0)`)

/** Each answer in its bucket, the questions answered, and the questions asked: the form of a home asks them all. */
const cellSql = (scope: number): string => `
  INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, ${SIDES.join(', ')})
  SELECT $1, field_id, 'today', territory_id, month, bucket, ${SIDES.join(', ')} FROM (
    SELECT field_id, territory_id, month, k.bucket, ${[...byOutcome('n'), ...byOutcome('n * k.value')].map((sum, at) => `${sum} AS ${SIDES[at]}`).join(', ')}
      FROM (SELECT p.field_ids[$2::int + 1] AS field_id, u.territory_id, month, outcome, answer, sum(l.n) AS n
              FROM load_leaf l JOIN load_place p ON p.n = l.place JOIN load_above u ON u.place = l.place AND u.scope = ${scopeOf(scope)}
             WHERE l.i = $2 ${inScope(scope, 'l', '$3')} GROUP BY 1, 2, 3, 4, 5) given,
           LATERAL (SELECT bucket, value FROM load_bucket o WHERE o.i = $2 AND o.answer = given.answer
                    UNION ALL SELECT '_answered', 0) k GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT p.field_ids[$2::int + 1], u.territory_id, month, '_asked', ${[...byOutcome('d.n'), ...OUTCOMES.map(() => '0')].join(', ')}
      FROM load_month d JOIN load_place p ON p.n = d.place JOIN load_above u ON u.place = d.place AND u.scope = ${scopeOf(scope)}
     WHERE true ${inScope(scope, 'd', '$3')} GROUP BY 1, 2, 3, 4) counted
   ORDER BY field_id, territory_id, month, bucket`

const kindSql = (scope: number): string => `
  INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, ${COUNTS.join(', ')})
  SELECT $1, $2::uuid, 'today', u.territory_id, date_trunc('month', day)::date AS month, kind, ${byOutcome('d.n').join(', ')}
    FROM load_day d JOIN load_place p ON p.n = d.place JOIN load_above u ON u.place = d.place AND u.scope = ${scopeOf(scope)}
   WHERE true ${inScope(scope, 'd', '$3')} GROUP BY 4, 5, 6 ORDER BY 4, 5, 6`

const daySql = (scope: number): string => `
  INSERT INTO rollup_day (org_id, basis, territory_id, day, kind, outcome, n)
  SELECT $1, basis, territory_id, day, kind, outcome, n FROM ${BASES}, (
    SELECT u.territory_id, day, kind, outcome, sum(d.n)::int AS n
      FROM load_day d JOIN load_place p ON p.n = d.place JOIN load_above u ON u.place = d.place AND u.scope = ${scopeOf(scope)}
     WHERE true ${inScope(scope, 'd', '$2')} GROUP BY 1, 2, 3, 4) counted
   ORDER BY basis, territory_id, day, kind, outcome`

const personSql = (scope: number): string => `
  INSERT INTO rollup_person (org_id, basis, territory_id, month, membership_id, n)
  SELECT $1, basis, territory_id, month, membership_id, n FROM ${BASES}, (
    SELECT u.territory_id, month, r.membership_id, sum(d.n)::int AS n
      FROM load_person d JOIN load_place p ON p.n = d.place JOIN load_rep r ON r.n = d.rep
      JOIN load_above u ON u.place = d.place AND u.scope = ${scopeOf(scope)}
     WHERE true ${inScope(scope, 'd', '$2')} GROUP BY 1, 2, 3) counted
   ORDER BY basis, territory_id, month, membership_id`

/** What was given; what came back is known only of people who really used it. */
const LEDGER = `
  INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers, seconds)
  SELECT $1, r.membership_id, p.field_ids[g.i + 1], g.month, g.n, g.n * ($2::int[])[g.i + 1]
    FROM load_given g JOIN load_rep r ON r.n = g.rep JOIN load_place p ON p.n = r.place`

/** Everybody takes the same time. */
const TOOK = `
  INSERT INTO field_seconds (org_id, field_id, month, bin, n)
  SELECT $1::uuid, p.field_ids[g.i + 1], g.month, ($2::int[])[g.i + 1], sum(g.n)::int
    FROM load_given g JOIN load_rep r ON r.n = g.rep JOIN load_place p ON p.n = r.place GROUP BY 1, 2, 3, 4`

/** From the rows themselves: an account or contact is small. */
const stockSql = ({ from, slot, values }: { from: string; slot: string; values: string }): string => `
  INSERT INTO stock_cell (org_id, field_id, territory_id, bucket, n)
  SELECT $1, $2, unnest(string_to_array(rtrim(t.path, '/'), '/'))::uuid, k.bucket, sum(h.n)::int
    FROM (SELECT a.territory_id, coalesce(${slot}, 'unknown') AS bucket, count(*) AS n FROM account a ${from}
           WHERE a.org_id = $1 AND ${values} <> '{}' GROUP BY 1, 2) h
    JOIN territory t ON t.org_id = $1 AND t.id = h.territory_id, LATERAL (VALUES (h.bucket), ('_answered')) k (bucket)
   GROUP BY 3, 4`
