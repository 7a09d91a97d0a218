import { UNKNOWN } from '@fieldback/domain/analytics/bucket'
import { ANSWERED, ASKED } from '@fieldback/domain/analytics/fact'
import type { Month } from '@fieldback/domain/analytics/period'
import { type Cell, mergeCells, seriesOf } from '@fieldback/domain/analytics/series'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { toldMonths } from '@fieldback/domain/giveback/told-months'
import type { MonthlyAnswers } from '@fieldback/domain/sync/pull'
import { pathIds } from '@fieldback/domain/territory/path'
import { EVERY } from '../analytics/outcome-columns.ts'
import type { ScopedSql } from '../scoped-db.ts'

type MonthCell = Cell & { readonly territoryId: string; readonly month: Month }

type Wanted = {
  readonly fields: readonly FieldDefinition[]
  /** Territories above the reader's own. */
  readonly above: readonly string[]
  /** Whether a question is asked at a territory. */
  readonly asked: (fieldId: string, territoryId: string) => boolean
  /** First day of a month. */
  readonly since: string
}

/**
 * Of questions whose trend is drawn, the answers by month at the territories above the reader's own: months where five
 * people or more stand behind what is left when he takes his own figures away.
 */
export async function loadMonthly(sdb: ScopedSql, wanted: Wanted): Promise<MonthlyAnswers[]> {
  const { above, asked } = wanted
  const fields = wanted.fields.filter(
    ({ entity, spec }) => entity === 'report' && spec.givebacks.some(({ kind }) => kind === 'trend'),
  )
  if (fields.length === 0 || above.length === 0) return []
  const own = ownInside(sdb, above)
  const cells = await readCells(sdb, wanted, { fields, places: [...above, ...own.values()].flat() })
  const people = await peopleBeyond(sdb, own, wanted.since)
  return fields.flatMap((field) => {
    const counts = countsOf(field, cells)
    return above
      .filter((territoryId) => asked(field.id, territoryId))
      .flatMap((territoryId) => {
        const months = [...(counts.get(territoryId) ?? [])].map(([month, count]) => {
          const mine = own.get(territoryId)?.map((id) => counts.get(id)?.get(month)?.n ?? 0) ?? []
          const n = mine.reduce((left, known) => left - known, count.n)
          return { month, n, people: people.get(`${territoryId} ${month}`) ?? 0, count }
        })
        const told = toldMonths(months)
          .map(({ month, count }) => ({ month, ...count }))
          .sort((a, b) => (a.month < b.month ? -1 : 1))
        return told.length > 0 ? [{ fieldId: field.id, territoryId, months: mostGiven(told) }] : []
      })
  })
}

/** A list may have hundreds of items, and a trend follows one that is given often. */
const ANSWERS_MOST = 30

/** The same months with the answers that were given most over them all. */
function mostGiven(months: MonthlyAnswers['months']): MonthlyAnswers['months'] {
  const given = new Map<string, number>()
  for (const { buckets } of months)
    for (const [bucket, n] of Object.entries(buckets)) given.set(bucket, (given.get(bucket) ?? 0) + n)
  const most = [...given].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, ANSWERS_MOST)
  const kept = new Set(most.map(([bucket]) => bucket))
  return months.map(({ buckets, ...month }) => ({
    ...month,
    buckets: Object.fromEntries(Object.entries(buckets).filter(([bucket]) => kept.has(bucket))),
  }))
}

/** The reader's own territories inside each of those above them; of a branch and a part of it, the branch. */
function ownInside({ scope }: ScopedSql, above: readonly string[]): Map<string, string[]> {
  const held = new Set(scope.grants.map(({ territoryId }) => territoryId))
  const branches = scope.grants.filter(
    ({ path, territoryId }) => !pathIds(path).some((id) => id !== territoryId && held.has(id)),
  )
  return new Map(
    above.map((id) => [
      id,
      [
        ...new Set(
          branches.filter(({ path }) => pathIds(path).includes(id)).map(({ territoryId }) => territoryId),
        ),
      ],
    ]),
  )
}

const readCells = (
  { tx, scope }: ScopedSql,
  { since }: Wanted,
  of: { readonly fields: readonly FieldDefinition[]; readonly places: readonly string[] },
): Promise<MonthCell[]> => tx.$queryRaw<MonthCell[]>`
    SELECT field_id AS "fieldId", territory_id AS "territoryId", to_char(month, 'YYYY-MM') AS month, bucket, sum(${EVERY})::int AS n, 0 AS won
      FROM rollup_cell
     WHERE org_id = ${scope.orgId}::uuid AND field_id = ANY (${[...new Set(of.fields.flatMap(seriesOf))]}::uuid[]) AND basis = 'today'
       AND territory_id = ANY (${[...new Set(of.places)]}::uuid[]) AND month >= ${since}::date AND bucket <> ${ASKED}
     GROUP BY field_id, territory_id, month, bucket HAVING sum(${EVERY}) > 0`

/** People of each territory with reports beyond those of the reader's own inside it, by territory and month. */
async function peopleBeyond(
  { tx, scope }: ScopedSql,
  own: ReadonlyMap<string, readonly string[]>,
  since: string,
): Promise<Map<string, number>> {
  const parts = [...own].flatMap(([above, inside]) => [
    { above, id: above, sign: 1 },
    ...inside.map((id) => ({ above, id, sign: -1 })),
  ])
  const rows = await tx.$queryRaw<{ territoryId: string; month: Month; people: number }[]>`
    SELECT above AS "territoryId", to_char(month, 'YYYY-MM') AS month, count(*)::int AS people
      FROM (SELECT part.above, filed.month, filed.membership_id
              FROM rollup_person AS filed
              JOIN unnest(${parts.map(({ above }) => above)}::uuid[], ${parts.map(({ id }) => id)}::uuid[], ${parts.map(({ sign }) => sign)}::int[])
                AS part (above, territory_id, sign) ON part.territory_id = filed.territory_id
             WHERE filed.org_id = ${scope.orgId}::uuid AND filed.basis = 'today'
               AND filed.territory_id = ANY (${[...new Set(parts.map(({ id }) => id))]}::uuid[]) AND filed.month >= ${since}::date
             GROUP BY part.above, filed.month, filed.membership_id HAVING sum(part.sign * filed.n) > 0) AS beyond
     GROUP BY above, month`
  return new Map(rows.map(({ territoryId, month, people }) => [`${territoryId} ${month}`, people]))
}

type MonthCounts = Map<Month, { readonly n: number; readonly buckets: Readonly<Record<string, number>> }>

/** Known answers of one question by territory and month, with those to questions that were made into it. */
function countsOf(field: FieldDefinition, cells: readonly MonthCell[]): Map<string, MonthCounts> {
  const series = new Set(seriesOf(field))
  const groups = new Map<string, MonthCell[]>()
  for (const cell of cells) {
    if (!series.has(cell.fieldId)) continue
    const key = `${cell.territoryId} ${cell.month}`
    const known = groups.get(key)
    if (known) known.push(cell)
    else groups.set(key, [cell])
  }
  const counts = new Map<string, MonthCounts>()
  for (const group of groups.values()) {
    const [first] = group
    if (!first) continue
    const {
      [ANSWERED]: answered = 0,
      [UNKNOWN]: unknown = 0,
      ...buckets
    } = Object.fromEntries(mergeCells(field, group).map(({ bucket, n }) => [bucket, n]))
    const months = counts.get(first.territoryId) ?? new Map()
    counts.set(first.territoryId, months.set(first.month, { n: answered - unknown, buckets }))
  }
  return counts
}
