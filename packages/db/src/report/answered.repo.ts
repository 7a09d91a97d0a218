import type { Basis } from '@fieldback/domain/analytics/fold'
import type { Filter } from '@fieldback/domain/analytics/question'
import { sourcesOf } from '@fieldback/domain/field/merges'
import { type AnswerTest, testsOf } from '@fieldback/domain/report/answer-test'
import type { Path } from '@fieldback/domain/territory/path'
import { versionsOf } from '../analytics/count-pairs.repo.ts'
import { findCountedFields } from '../analytics/place.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'

/** A condition on a report `r`: it gave one of the answers of each filter. A question that is not counted in the branch finds nothing. */
export async function answersGiven(
  sdb: ScopedDb,
  filters: readonly Filter[],
  branch: Path,
): Promise<Prisma.Sql> {
  const found = await Promise.all(filters.map(({ fieldId }) => findCountedFields(sdb, branch, fieldId)))
  const fields = found.flat().map(({ field }) => field)
  const sources = fields.flatMap(({ merges }) => (merges ? sourcesOf(merges.links) : []))
  const versions = sources.length > 0 ? await versionsOf(sdb.tx, sdb.scope.orgId, [...new Set(sources)]) : []
  const latest = versions.toSorted((a, b) => a.version - b.version)
  const definitions = new Map([...latest, ...fields].map((field) => [field.id, field]))
  const given = filters.map((filter) => {
    const tests = fields.some(({ id, entity }) => id === filter.fieldId && entity === 'report')
      ? testsOf(filter, definitions).map((test) => answersTest(Prisma.sql`r."values"`, test))
      : []
    return tests.length > 0 ? Prisma.sql`(${Prisma.join(tests, ' OR ')})` : Prisma.sql`FALSE`
  })
  return given.length > 0 ? Prisma.join(given, ' AND ') : Prisma.sql`TRUE`
}

/** Whether a document gives an answer. */
export function answersTest(values: Prisma.Sql, test: AnswerTest): Prisma.Sql {
  const x = Prisma.sql`(${values} -> ${test.fieldId}::text -> 'x')`
  switch (test.is) {
    case 'unknown':
      return Prisma.sql`${x} = 'null'::jsonb`
    case 'said':
      return Prisma.sql`(jsonb_typeof(${x}) IN ('string', 'boolean', 'array') AND ${x} NOT IN ('""'::jsonb, '[]'::jsonb))`
    case 'one': {
      const tokens = Prisma.sql`${[...test.of]}::text[]`
      return Prisma.sql`(${x} #>> '{}' = ANY (${tokens}) OR jsonb_typeof(${x}) = 'array' AND ${x} ?| ${tokens})`
    }
    case 'month':
      return Prisma.sql`left(${x} #>> '{}', 7) = ANY (${[...test.of]}::text[])`
    case 'between': {
      const number = Prisma.sql`(CASE WHEN jsonb_typeof(${x}) = 'number' THEN (${x} #>> '{}')::float8 END)`
      const above =
        test.from === null ? Prisma.sql`${number} IS NOT NULL` : Prisma.sql`${number} >= ${test.from}::float8`
      return test.to === null ? above : Prisma.sql`(${above} AND ${number} < ${test.to}::float8)`
    }
  }
}

/**
 * The first day from which no more than `most` reports of a territory were filed until another, both included; null: all of them are fewer. By
 * the roll-ups: what has just come in may be more.
 */
export async function daysHolding(
  { tx, scope }: ScopedDb,
  at: {
    readonly territoryId: string
    readonly basis: Basis
    readonly until: string | null
    readonly most: number
  },
): Promise<string | null> {
  const until = at.until === null ? Prisma.empty : Prisma.sql`AND day <= ${at.until}::date`
  const rows = await tx.$queryRaw<{ day: string }[]>`
    SELECT to_char(day, 'YYYY-MM-DD') AS day FROM (
      SELECT day, sum(sum(n)) OVER (ORDER BY day DESC) AS together, lag(day) OVER (ORDER BY day DESC) AS later FROM rollup_day
       WHERE org_id = ${scope.orgId}::uuid AND basis = ${at.basis} AND territory_id = ${at.territoryId}::uuid ${until}
       GROUP BY day) AS d
     WHERE together > ${at.most} ORDER BY d.day DESC LIMIT 1`
  return rows[0]?.day ?? null
}
