import type { ArrangementState } from '@fieldback/domain/sync/state'
import { Prisma } from '../generated/prisma/client.ts'

type Asker = { readonly orgId: string; readonly membershipId: string }

/** What is asked of sub-sectors, in the order of typing: the job does it in that order. Null when nothing is. */
export function arrangementWrite(
  { orgId, membershipId }: Asker,
  arrangements: readonly ArrangementState[],
): Prisma.Sql | null {
  if (arrangements.length === 0) return null
  const rows = arrangements.map((one, at) => ({ ...one, order: at }))
  return Prisma.sql`
    INSERT INTO sector_arrangement (org_id, id, sector_id, territory_id, asked_by, asked_at, ask, changed_at)
    SELECT ${orgId}::uuid, x.id, x."sectorId", x."territoryId", ${membershipId}::uuid, x."capturedAt", x.ask, x.at
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS x (id uuid, "sectorId" uuid, "territoryId" uuid, "capturedAt" timestamptz, ask jsonb, at timestamptz, "order" int)
     ORDER BY x."order"`
}
