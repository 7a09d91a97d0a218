import { monthOfDay } from '@fieldback/domain/analytics/period'
import { erasOf } from '@fieldback/domain/analytics/presence'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'

/** What a question cost and gave back over everybody who met it: never per person. */
export type FieldUsage = {
  readonly answers: number
  readonly seconds: number
  /** Returns shown, and those opened or acted on. */
  readonly received: number
  readonly used: number
  /** People who answered: the caller hides seconds of small groups. */
  readonly people: number
}

export const NO_USAGE: FieldUsage = { answers: 0, seconds: 0, received: 0, used: 0, people: 0 }

/** The ledger of some questions since a month (YYYY-MM-01), summed over all people. */
export async function fieldUsage(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
  since: string,
): Promise<Map<string, FieldUsage>> {
  if (fieldIds.length === 0) return new Map()
  const of = Prisma.sql`org_id = ${scope.orgId}::uuid AND field_id = ANY (${[...fieldIds]}::uuid[])`
  const month = monthOfDay(since)
  const {
    first: era,
    months: [[bit = 0n] = []],
  } = erasOf([{ from: month, to: month }])
  const rows = await tx.$queryRaw<({ fieldId: string } & FieldUsage)[]>`
    WITH there AS (
      SELECT field_id, count(DISTINCT membership_id)::int AS people FROM ledger_presence
       WHERE ${of} AND era >= ${era}::smallint AND (era > ${era}::smallint OR months >= ${bit}::bigint)
       GROUP BY field_id)
    SELECT field_id AS "fieldId", sum(answers)::int AS answers, sum(seconds)::int AS seconds, sum(received)::int AS received,
           sum(used)::int AS used, coalesce(min(people), 0) AS people
      FROM ledger_month LEFT JOIN there USING (field_id)
     WHERE ${of} AND month >= ${since}::date
     GROUP BY field_id`
  return new Map(rows.map(({ fieldId, ...usage }) => [fieldId, usage]))
}
