import type { Path } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import type { OrgTx } from '../client.ts'

export type NewTerritory = {
  readonly id: string
  readonly parentId: string | null
  readonly rank: Rank
  readonly name: string
  readonly code: string | null
  readonly path: Path
}

/** Adds territories, parents before or after children; ranks, names and paths have been checked. Audit is the caller's. */
export async function insertTerritories(
  tx: OrgTx,
  orgId: string,
  territories: readonly NewTerritory[],
): Promise<void> {
  if (territories.length === 0) return
  await tx.$executeRaw`
    INSERT INTO territory (org_id, id, parent_id, rank, name, code, path)
    SELECT ${orgId}::uuid, x.id, x."parentId", x.rank, x.name, x.code, x.path
      FROM jsonb_to_recordset(${JSON.stringify(territories)}::jsonb)
        AS x (id uuid, "parentId" uuid, rank smallint, name text, code text, path text)
     ORDER BY x.path`
}
