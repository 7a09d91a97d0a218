import type { LedgerRow } from '@fieldback/domain/analytics/fact'
import { ANSWERED, ASKED } from '@fieldback/domain/analytics/fact'
import { GROUP_MIN } from '@fieldback/domain/analytics/group-size'
import { type Cell, mergeCells, seriesOf } from '@fieldback/domain/analytics/series'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { WON } from '@fieldback/domain/report/report'
import type { Activity, Distribution, Frame, ReturnPack } from '@fieldback/domain/sync/pull'
import { isWithin, pathIds } from '@fieldback/domain/territory/path'
import { EVERY, WINS } from '../analytics/outcome-columns.ts'
import type { ScopedSql } from '../scoped-db.ts'
import { loadMonthly } from './monthly.repo.ts'

type CellRow = { field_id: string; territory_id: string; bucket: string; n: number; won: number }

/**
 * What lets a phone compare without the network: the last twelve months of the reader's own territories and of those
 * above. A territory that is not his own is left out when fewer than five people are behind its figures.
 */
export async function loadPack(
  sdb: ScopedSql,
  frame: Frame,
  since: string,
  asOf: string,
): Promise<ReturnPack> {
  const { tx, scope } = sdb
  const places = [...new Set(scope.grants.flatMap((grant) => pathIds(grant.path)))]
  const own = new Set(
    frame.territories
      .filter((t) => scope.grants.some((grant) => isWithin(grant.path, t.path)))
      .map((t) => t.id),
  )
  const fields = frame.fields.filter((field) => field.spec.reportable)
  const fieldIds = [...new Set(fields.flatMap(seriesOf))]
  const org = scope.orgId

  const people = await tx.$queryRaw<{ territory_id: string; people: number }[]>`
    SELECT territory_id, count(DISTINCT membership_id)::int AS people FROM rollup_person
     WHERE org_id = ${org}::uuid AND basis = 'today' AND territory_id = ANY (${places}::uuid[]) AND month >= ${since}::date AND n > 0
     GROUP BY territory_id`
  const peopleAt = new Map(people.map((row) => [row.territory_id, row.people]))
  const shown = places.filter((id) => own.has(id) || (peopleAt.get(id) ?? 0) >= GROUP_MIN)

  const flows = await tx.$queryRaw<CellRow[]>`
    SELECT field_id, territory_id, bucket, sum(${EVERY})::int AS n, sum(${WINS})::int AS won
      FROM rollup_cell
     WHERE org_id = ${org}::uuid AND field_id = ANY (${fieldIds}::uuid[]) AND basis = 'today'
       AND territory_id = ANY (${shown}::uuid[]) AND month >= ${since}::date AND bucket <> ${ASKED}
     GROUP BY field_id, territory_id, bucket HAVING sum(${EVERY}) > 0`
  const stocks = await tx.$queryRaw<CellRow[]>`
    SELECT field_id, territory_id, bucket, n, 0 AS won FROM stock_cell
     WHERE org_id = ${org}::uuid AND field_id = ANY (${fieldIds}::uuid[]) AND territory_id = ANY (${shown}::uuid[]) AND n > 0 AND bucket <> ${ASKED}`
  const days = await tx.$queryRaw<{ territory_id: string; visits: number; orders: number }[]>`
    SELECT territory_id, coalesce(sum(n) FILTER (WHERE kind = 'visit'), 0)::int AS visits, coalesce(sum(n) FILTER (WHERE outcome = ${WON}), 0)::int AS orders
      FROM rollup_day
     WHERE org_id = ${org}::uuid AND basis = 'today' AND territory_id = ANY (${shown}::uuid[]) AND day >= ${since}::date
     GROUP BY territory_id`
  const activity: Activity[] = days.map((row) => ({
    territoryId: row.territory_id,
    people: peopleAt.get(row.territory_id) ?? 0,
    visits: row.visits,
    orders: row.orders,
  }))
  // Above its owner nobody else is asked: figures there would be the owner's under a name that hides how few they are.
  const pathOf = new Map(frame.territories.map((territory) => [territory.id, territory.path]))
  const ownerOf = new Map(fields.map((field) => [field.id, field.territoryId]))
  const asked = (fieldId: string, territoryId: string): boolean =>
    isWithin(pathOf.get(ownerOf.get(fieldId) ?? '') ?? '/', pathOf.get(territoryId) ?? '')
  const counts = merged(fields, [...flows, ...stocks]).filter((row) => asked(row.field_id, row.territory_id))
  const above = shown.filter((id) => !own.has(id))
  return {
    asOf,
    distributions: distributionsOf(counts, peopleAt),
    activity,
    monthly: await loadMonthly(sdb, { fields, above, asked, since }),
    ledger: await loadLedger(sdb, since),
  }
}

/** Answers to questions that were made into others are counted as theirs; those to anything else stay as they are. */
function merged(fields: readonly FieldDefinition[], rows: readonly CellRow[]): CellRow[] {
  const byField = new Map<string, CellRow[]>()
  for (const row of rows) byField.set(row.field_id, [...(byField.get(row.field_id) ?? []), row])
  return fields.flatMap((field) => {
    const byPlace = new Map<string, Cell[]>()
    for (const row of seriesOf(field).flatMap((id) => byField.get(id) ?? [])) {
      const cells = byPlace.get(row.territory_id) ?? []
      byPlace.set(row.territory_id, [...cells, { ...row, fieldId: row.field_id }])
    }
    return [...byPlace].flatMap(([territory_id, cells]) =>
      mergeCells(field, cells).map((count) => ({ field_id: field.id, territory_id, ...count })),
    )
  })
}

function distributionsOf(rows: readonly CellRow[], peopleAt: ReadonlyMap<string, number>): Distribution[] {
  const groups = new Map<string, CellRow[]>()
  for (const row of rows) {
    const key = `${row.field_id}:${row.territory_id}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].flatMap((group) => {
    const first = group[0]
    if (!first) return []
    const counted = group.filter((row) => row.bucket !== ANSWERED)
    return [
      {
        fieldId: first.field_id,
        territoryId: first.territory_id,
        people: peopleAt.get(first.territory_id) ?? 0,
        answered:
          group.find((row) => row.bucket === ANSWERED)?.n ?? counted.reduce((sum, row) => sum + row.n, 0),
        buckets: Object.fromEntries(counted.map((row) => [row.bucket, { n: row.n, won: row.won }])),
      },
    ]
  })
}

/** The reader's own ledger; nobody else's is ever read this way. */
async function loadLedger({ tx, scope }: ScopedSql, since: string): Promise<LedgerRow[]> {
  const rows = await tx.$queryRaw<{ row: LedgerRow }[]>`
    SELECT json_build_object('fieldId', field_id, 'month', to_char(month, 'YYYY-MM'), 'answers', answers, 'seconds', seconds,
                             'received', received, 'used', used, 'followed', followed, 'contacted', contacted) AS row
      FROM ledger_cell
     WHERE org_id = ${scope.orgId}::uuid AND membership_id = ${scope.membershipId}::uuid AND month >= ${since}::date
     ORDER BY field_id, month`
  return rows.map(({ row }) => row)
}
