import type { Operation } from '@fieldback/domain/sync/operation'
import type { ContestState } from '@fieldback/domain/sync/state'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'

type Person = { readonly orgId: string; readonly membershipId: string }

/** Instants as the domain has them: ISO 8601, UTC, to the millisecond. */
export const isoInstant = (column: string): Prisma.Sql =>
  Prisma.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

/**
 * Locks the contests that a batch names, and the author's open ones on the questions that it contests. No statement for
 * a batch without any, which is nearly every one.
 */
export async function lockContests(
  sql: OrgSql,
  { orgId, membershipId }: Person,
  operations: readonly Operation[],
): Promise<ContestState[]> {
  const named = operations.filter(({ kind }) => kind === 'contest.open' || kind === 'contest.withdraw')
  if (named.length === 0) return []
  const ids = [...new Set(named.map(({ entityId }) => entityId))]
  const fields = named.flatMap((operation) =>
    operation.kind === 'contest.open' ? [operation.body.fieldId] : [],
  )
  const rows = await sql.$queryRaw<{ row: ContestState }[]>`
    SELECT json_build_object('id', k.id, 'fieldId', k.field_id, 'fieldVersion', k.field_version, 'membershipId', k.membership_id,
             'reason', k.reason, 'word', k.word, 'openly', k.openly, 'openedAt', ${isoInstant('k.opened_at')},
             'withdrawnAt', ${isoInstant('k.withdrawn_at')}, 'answered', k.answer_id IS NOT NULL, 'version', k.version) AS row
      FROM contest k
     WHERE k.org_id = ${orgId}::uuid
       AND (k.id = ANY (${ids}::uuid[])
            OR (k.field_id = ANY (${fields}::uuid[]) AND k.membership_id = ${membershipId}::uuid
                AND k.withdrawn_at IS NULL AND k.answer_id IS NULL))
     ORDER BY k.id FOR NO KEY UPDATE OF k`
  return rows.map(({ row }) => row)
}

/** What a batch made of contests; null when nothing. What ends goes first: one is open a person, question and version. */
export function contestWrite(orgId: string, contests: ReadonlyMap<string, ContestState>): Prisma.Sql | null {
  if (contests.size === 0) return null
  return Prisma.sql`
    INSERT INTO contest (org_id, id, field_id, field_version, membership_id, reason, word, openly, opened_at, withdrawn_at, version)
    SELECT ${orgId}::uuid, x.id, x."fieldId", x."fieldVersion", x."membershipId", x.reason, x.word, x.openly, x."openedAt", x."withdrawnAt", x.version
      FROM jsonb_to_recordset(${JSON.stringify([...contests.values()])}::jsonb)
        AS x (id uuid, "fieldId" uuid, "fieldVersion" int, "membershipId" uuid, reason text, word text, openly boolean,
              "openedAt" timestamptz, "withdrawnAt" timestamptz, version int)
     ORDER BY x."withdrawnAt" IS NULL, x.id
    ON CONFLICT (org_id, id) DO UPDATE SET withdrawn_at = excluded.withdrawn_at, version = excluded.version`
}
