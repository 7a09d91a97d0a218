import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { Db } from '../client.ts'
import type { OrgSql } from '../org-sql.ts'
import type { ScopedSql } from '../scoped-db.ts'

/** How far what was answered before a change of type is counted, and what was found. */
export type ChangeCount = {
  /** The last account whose documents are counted, by its countingPlace; null before the first. */
  readonly to: string | null
  readonly accounts: number
  /** Accounts in all when it began. */
  readonly of: number
  readonly answered: number
  readonly converted: number
  readonly left: number
  readonly unknown: number
}

export const NOTHING_COUNTED: ChangeCount = {
  to: null,
  accounts: 0,
  of: 0,
  answered: 0,
  converted: 0,
  left: 0,
  unknown: 0,
}

/** The change of an organisation whose count goes on next; null when all are done. */
export async function nextCount(
  tx: OrgSql,
  orgId: string,
): Promise<{ readonly fieldId: string; readonly counting: ChangeCount } | null> {
  const rows = await tx.$queryRaw<{ row: { fieldId: string; counting: ChangeCount } }[]>`
    SELECT json_build_object('fieldId', field_id, 'counting', counting) AS row FROM field_promotion
     WHERE org_id = ${orgId}::uuid AND counting IS NOT NULL AND counted_at IS NULL
     ORDER BY promoted_at, field_id LIMIT 1`
  return rows[0]?.row ?? null
}

/** How far the earlier answers of a question are counted, or of one that a concept counts; null when all are. */
export async function countingOf({ tx, scope }: ScopedSql, id: string): Promise<ChangeCount | null> {
  const rows = await tx.$queryRaw<{ counting: ChangeCount }[]>`
    SELECT p.counting FROM field_promotion p
     WHERE p.org_id = ${scope.orgId}::uuid AND p.counting IS NOT NULL AND p.counted_at IS NULL
       AND (p.field_id = ${id}::uuid OR EXISTS (SELECT FROM concept_link l
         WHERE l.org_id = p.org_id AND l.concept_id = ${id}::uuid AND l.field_id = p.field_id))
     ORDER BY p.promoted_at, p.field_id LIMIT 1`
  return rows[0]?.counting ?? null
}

type Placed = { readonly id: string; readonly territoryId: string }

/** Accounts after one in the order of countingPlace, deleted ones too: their reports still count. */
export async function accountsAfter(
  tx: OrgSql,
  orgId: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<Placed[]> {
  const [home, id] = after?.split('/') ?? [FIRST, FIRST]
  return tx.$queryRaw<Placed[]>`
    SELECT id, territory_id AS "territoryId" FROM account
     WHERE org_id = ${orgId}::uuid AND territory_id >= ${home}::uuid AND (territory_id, id) > (${home}::uuid, ${id}::uuid)
     ORDER BY territory_id, id LIMIT ${limit}`
}

const FIRST = '00000000-0000-0000-0000-000000000000'

export async function countAccounts(tx: OrgSql, orgId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM account WHERE org_id = ${orgId}::uuid`
  return rows[0]?.n ?? 0
}

/** What each version of a question asks. */
export async function versionsOfField(
  tx: OrgSql,
  orgId: string,
  fieldId: string,
): Promise<Map<number, Pick<FieldDefinition, 'entity' | 'spec'>>> {
  const rows = await tx.$queryRaw<{ row: Pick<FieldDefinition, 'entity' | 'spec' | 'version'> }[]>`
    SELECT json_build_object('entity', d.entity, 'version', v.version, 'spec', v.spec) AS row
      FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id
     WHERE d.org_id = ${orgId}::uuid AND d.id = ${fieldId}::uuid`
  return new Map(rows.map(({ row }) => [row.version, row]))
}

/** Notes how far a count is, in the transaction of what it added. */
export async function advanceCount(
  tx: OrgSql,
  orgId: string,
  {
    fieldId,
    counting,
    done,
  }: { readonly fieldId: string; readonly counting: ChangeCount; readonly done: boolean },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE field_promotion SET counting = ${JSON.stringify(counting)}::jsonb,
           counted_at = CASE WHEN ${done}::boolean THEN clock_timestamp() END
     WHERE org_id = ${orgId}::uuid AND field_id = ${fieldId}::uuid`
}

/** Asks for the count in every organisation that has one to end; answers how many. For the worker's role only. */
export async function enqueueWaitingCounts(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('count', json_build_object('orgId', org_id), 'count:' || org_id) FROM waiting_counts() AS org_id`
}
