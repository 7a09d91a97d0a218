import type { Operation } from '@fieldback/domain/sync/operation'
import type { ObjectiveState, RefusalState } from '@fieldback/domain/sync/state'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'

/** The objectives that a batch names; no statement for a batch that names none, which is nearly every one. */
export async function namedObjectives(
  sql: OrgSql,
  orgId: string,
  operations: readonly Operation[],
): Promise<ObjectiveState[]> {
  const ids = operations.flatMap(({ body }) => ('objectiveId' in body ? body.objectiveId : []))
  if (ids.length === 0) return []
  return sql.$queryRaw<ObjectiveState[]>`
    SELECT o.id, o.territory_id AS "territoryId" FROM objective o
     WHERE o.org_id = ${orgId}::uuid AND o.id = ANY (${[...new Set(ids)]}::uuid[])`
}

/** What a batch does not take on, and what it takes back of that; each account of an objective is in one of them. */
export function refusalWrites(
  { orgId, membershipId }: { readonly orgId: string; readonly membershipId: string },
  refusals: readonly RefusalState[],
): { readonly given: Prisma.Sql | null; readonly takenBack: Prisma.Sql | null } {
  const given = refusals.filter(({ word }) => word !== null)
  const back = refusals.filter(({ word }) => word === null)
  const rows = (some: readonly RefusalState[]) => Prisma.sql`
    jsonb_to_recordset(${JSON.stringify(some)}::jsonb) AS x ("objectiveId" uuid, "accountId" uuid, word text, at timestamptz)`
  return {
    given:
      given.length === 0
        ? null
        : Prisma.sql`
    INSERT INTO objective_refusal (org_id, objective_id, account_id, member_id, word, at)
    SELECT ${orgId}::uuid, x."objectiveId", x."accountId", ${membershipId}::uuid, x.word, x.at FROM ${rows(given)}
     ORDER BY x."objectiveId", x."accountId"
    ON CONFLICT (org_id, objective_id, account_id) DO UPDATE SET member_id = excluded.member_id, word = excluded.word, at = excluded.at, taken_back_at = NULL`,
    takenBack:
      back.length === 0
        ? null
        : Prisma.sql`
    UPDATE objective_refusal r SET taken_back_at = x.at FROM ${rows(back)}
     WHERE r.org_id = ${orgId}::uuid AND r.objective_id = x."objectiveId" AND r.account_id = x."accountId"`,
  }
}
