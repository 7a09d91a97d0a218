import { ANSWERED, ASKED } from '@fieldback/domain/analytics/fact'
import { GROUP_MIN } from '@fieldback/domain/analytics/group-size'
import { type Cell, mergeCells, seriesOf } from '@fieldback/domain/analytics/series'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin, type Path } from '@fieldback/domain/territory/path'
import { EVERY } from '../analytics/outcome-columns.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { DEFINITION_JSON, TERRITORY_JSON } from '../sync/row-sql.ts'

/** How the answers of one question share out at one territory. */
export type RealAnswers = {
  readonly definition: FieldDefinition
  readonly owner: TerritoryRow
  readonly answered: number
  /** People who filed reports there; a foreign branch under five is never told. */
  readonly people: number
  readonly buckets: readonly { readonly bucket: string; readonly n: number }[]
}

export type Question = {
  readonly fieldId: string | null
  readonly entity: FieldDefinition['entity']
  readonly type: FieldDefinition['spec']['type']
  readonly key: string
}

/**
 * Answers on which a return can be tried: those of the question itself, else of the most answered one that bears the
 * same key and type elsewhere in the organisation. Outside the reader's branch, five people must be behind them.
 */
export async function findRealAnswers(
  sdb: ScopedDb,
  branch: Path,
  question: Question,
  since: string,
): Promise<RealAnswers | null> {
  const { tx, scope } = sdb
  const alike = await tx.$queryRaw<{ definition: FieldDefinition; owner: TerritoryRow }[]>`
    SELECT ${DEFINITION_JSON} AS definition, ${TERRITORY_JSON} AS owner
      FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
      JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id
     WHERE d.org_id = ${scope.orgId}::uuid AND d.entity = ${question.entity} AND d.retired_at IS NULL
       AND (d.id = ${question.fieldId}::uuid OR d.key = ${question.key})`
  const same = alike.filter(
    ({ definition }) =>
      definition.spec.reportable &&
      definition.spec.type === question.type &&
      (question.fieldId === null || definition.id === question.fieldId),
  )
  const counted: RealAnswers[] = []
  for (const found of same.slice(0, 5)) {
    const answers = await countAnswers(sdb, found, since)
    const allowed = isWithin(branch, found.owner.path) || answers.people >= GROUP_MIN
    if (allowed && answers.answered > 0) counted.push(answers)
  }
  return counted.sort((a, b) => b.answered - a.answered)[0] ?? null
}

/** Reports are flows of the last months, accounts and contacts what they hold now. */
async function countAnswers(
  { tx, scope }: ScopedDb,
  { definition, owner }: Pick<RealAnswers, 'definition' | 'owner'>,
  since: string,
): Promise<RealAnswers> {
  const series = seriesOf(definition)
  const cells =
    definition.entity === 'report'
      ? await tx.$queryRaw<Cell[]>`
          SELECT field_id AS "fieldId", bucket, sum(${EVERY})::int AS n, 0 AS won FROM rollup_cell
           WHERE org_id = ${scope.orgId}::uuid AND field_id = ANY (${series}::uuid[]) AND basis = 'today'
             AND territory_id = ${owner.id}::uuid AND month >= ${since}::date
           GROUP BY field_id, bucket HAVING sum(${EVERY}) > 0`
      : await tx.$queryRaw<Cell[]>`
          SELECT field_id AS "fieldId", bucket, n, 0 AS won FROM stock_cell
           WHERE org_id = ${scope.orgId}::uuid AND field_id = ANY (${series}::uuid[]) AND territory_id = ${owner.id}::uuid AND n > 0`
  const rows = mergeCells(definition, cells)
  const people = await tx.$queryRaw<{ people: number }[]>`
    SELECT count(DISTINCT membership_id)::int AS people FROM rollup_person
     WHERE org_id = ${scope.orgId}::uuid AND basis = 'today' AND territory_id = ${owner.id}::uuid AND month >= ${since}::date AND n > 0`
  return {
    definition,
    owner,
    answered: rows.find(({ bucket }) => bucket === ANSWERED)?.n ?? 0,
    people: people[0]?.people ?? 0,
    buckets: rows.filter(({ bucket }) => bucket !== ANSWERED && bucket !== ASKED),
  }
}
