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
      ? testsOf(filter, definitions).map(condition)
      : []
    return tests.length > 0 ? Prisma.sql`(${Prisma.join(tests, ' OR ')})` : Prisma.sql`FALSE`
  })
  return given.length > 0 ? Prisma.join(given, ' AND ') : Prisma.sql`TRUE`
}

function condition(test: AnswerTest): Prisma.Sql {
  const x = Prisma.sql`(r."values" -> ${test.fieldId}::text -> 'x')`
  switch (test.is) {
    case 'unknown':
      return Prisma.sql`${x} = 'null'::jsonb`
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
