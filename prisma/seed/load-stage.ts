import { nameKey } from '@fieldback/domain/account/normalise'
import { bucketsOf } from '@fieldback/domain/analytics/bucket'
import { fieldSpec } from '@fieldback/domain/field/field-spec'
import { pathIds } from '@fieldback/domain/territory/path'
import pg from 'pg'
import type { LoadPlan } from './load-plan.ts'
import { DRAWS, drawn, type LoadQuestion } from './load-questions.ts'

/** Chance in SQL: 64 bits of a row's number, the same for the same seed and subject. */
export const bits = (plan: LoadPlan, subject: number, of: string): string =>
  `hashint8extended(${of}, ${plan.seed * 16 + subject})`

/** Some of those bits as a whole number from 0. */
export const part = (hash: string, from: number, width: number): string =>
  `((${hash} >> ${from}) & ${2 ** width - 1})`

/** A UUIDv7 of an instant and 64 random bits. */
export const uuidv7 = (instant: string, hash: string): string =>
  `(lpad(to_hex((extract(epoch FROM ${instant}) * 1000)::bigint), 12, '0') || '7' || substr(to_hex(${hash} | (1::bigint << 62)), 1, 3)
     || 'a' || right(lpad(to_hex(${hash}), 16, '0'), 15))::uuid`

export const textArray = (items: readonly (string | null)[]): string =>
  `ARRAY[${items.map((item) => (item === null ? 'NULL' : pg.escapeLiteral(item))).join(',')}]::text[]`

/** What an answer looks like in a document: texts in quotes, "" as null. */
export const asJson = ({ spec: { type } }: LoadQuestion, answer: string): string =>
  type === 'yes_no' || type === 'integer' || type === 'decimal'
    ? `coalesce(nullif(${answer}, ''), 'null')`
    : `CASE ${answer} WHEN '' THEN 'null' ELSE '"' || ${answer} || '"' END`

export const slotType = ({ slot }: LoadQuestion): string =>
  ({ t: 'text', n: 'float8', d: 'date' })[slot.slice(0, 1)] ?? 'text'

/** The answer that five bits draw, where answers lean. */
export const draw = ({ answers, whenOrdered }: LoadQuestion, at: string): string => {
  const index = `[1 + least(${DRAWS - 1}, ${at})]`
  const usual = `(${textArray(drawn(answers))})${index}`
  return whenOrdered
    ? `CASE WHEN outcome = 'order' THEN (${textArray(drawn(whenOrdered))})${index} ELSE ${usual} END`
    : usual
}

/** Tables of this connection alone that the rows are made from. */
export async function stage(client: pg.ClientBase, plan: LoadPlan): Promise<void> {
  await client.query(`
    SET temp_buffers = '128MB'; SET work_mem = '128MB'; SET synchronous_commit = off; SET jit = off;
    CREATE TEMP TABLE load_place (n int PRIMARY KEY, territory_id uuid, region int, field_set text, lean int, orders int,
      cities text[], postcodes text[], field_ids uuid[]);
    CREATE TEMP TABLE load_above (place int, territory_id uuid, scope int);
    CREATE TEMP TABLE load_rep (n int PRIMARY KEY, membership_id uuid, place int);
    CREATE TEMP TABLE load_bucket (i int, answer text, bucket text, value float8, PRIMARY KEY (i, answer));
    CREATE TEMP TABLE load_account (n int PRIMARY KEY, id uuid, place int, rep int, contact_id uuid);
    CREATE TEMP TABLE load_report (n bigint, account int, place int, rep int, day date, kind text, outcome text,
      ${reportQuestions(plan)
        .map((_, i) => `a${i} text`)
        .join(', ')});
    CREATE TEMP TABLE load_leaf (i int, region int, place int, month date, outcome text, answer text, n int);
    CREATE TEMP TABLE load_day (region int, place int, day date, kind text, outcome text, n int);
    CREATE TEMP TABLE load_person (region int, place int, month date, rep int, n int);
    CREATE TEMP TABLE load_given (rep int, month date, i int, n int);`)
  await fillPlaces(client, plan)
  await client.query(`INSERT INTO load_rep SELECT * FROM unnest($1::int[], $2::uuid[], $3::int[])`, [
    plan.reps.map((_, n) => n),
    plan.reps.map(({ membershipId }) => membershipId),
    plan.placeOfRep,
  ])
  const buckets = plan.questions.flatMap((question, i) =>
    knownAnswers(question).map((answer) => ({ i, answer, ...bucketOf(question, answer) })),
  )
  await client.query(
    `INSERT INTO load_bucket SELECT * FROM jsonb_to_recordset($1) AS b (i int, answer text, bucket text, value float8)`,
    [JSON.stringify(buckets)],
  )
}

export const reportQuestions = ({ questions }: LoadPlan): readonly LoadQuestion[] =>
  questions.filter(({ entity }) => entity === 'report')

async function fillPlaces(client: pg.ClientBase, { places, territories }: LoadPlan): Promise<void> {
  const regions = [...new Set(places.map(({ region }) => region))]
  const rows = places.map(({ home, region, fieldIds, fieldSet, ...place }, n) => ({
    ...place,
    n,
    territory_id: home.id,
    region: regions.indexOf(region),
    field_set: fieldSet,
    field_ids: fieldIds,
  }))
  await client.query(
    `INSERT INTO load_place SELECT * FROM jsonb_to_recordset($1) AS p (n int, territory_id uuid, region int, field_set text,
       lean int, orders int, cities text[], postcodes text[], field_ids uuid[])`,
    [JSON.stringify(rows)],
  )
  const country = territories[0]?.id
  const above = places.flatMap(({ home, region }, place) =>
    pathIds(home.path).map((id) => ({
      place,
      territory_id: id,
      scope: id === country ? -1 : regions.indexOf(region),
    })),
  )
  await client.query(
    `INSERT INTO load_above SELECT * FROM jsonb_to_recordset($1) AS a (place int, territory_id uuid, scope int)`,
    [JSON.stringify(above)],
  )
}

const knownAnswers = ({ answers, whenOrdered = [] }: LoadQuestion): string[] => [
  ...new Set([...answers, ...whenOrdered].flatMap(([answer]) => answer ?? [])),
]

/** Where the fold would count an answer. */
function bucketOf(question: LoadQuestion, answer: string): { bucket: string; value: number } {
  const spec = fieldSpec.parse({ ...question.spec, givebacks: [] })
  const { type } = spec
  const x =
    answer === ''
      ? null
      : type === 'yes_no'
        ? answer === 'true'
        : type === 'integer' || type === 'decimal'
          ? Number(answer)
          : answer
  const [found] = bucketsOf(spec, x)
  if (!found) throw new Error(`${question.key} cannot be answered by "${answer}"`)
  return { bucket: found.bucket, value: found.value ?? 0 }
}

export const keyed = (names: readonly string[]): string => textArray(names.map(nameKey))
