import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { ScopedDb } from '../scoped-db.ts'
import { TERRITORY_JSON } from '../sync/row-sql.ts'

/** A territory with what its shape in the tree depends on. */
export type NearTerritory = TerritoryRow & { readonly code: string | null; readonly closed: boolean }

/**
 * Holds some territories and their parents until the end of the transaction: nothing is named or placed beside them
 * meanwhile.
 */
export async function holdTerritories({ tx, scope }: ScopedDb, ids: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM territory
     WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...ids]}::uuid[] || ARRAY(
             SELECT parent_id FROM territory WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...ids]}::uuid[]) AND parent_id IS NOT NULL))
     ORDER BY id FOR NO KEY UPDATE`
}

/**
 * Some territories with all above them, all that lies just below them and just beside them, and the open ones that bear
 * one of the codes; closed ones too. As much of the tree as a change of these can meet.
 */
export async function nearTree(
  { tx, scope }: ScopedDb,
  { ids, codes }: { readonly ids: readonly string[]; readonly codes: readonly string[] },
): Promise<NearTerritory[]> {
  const org = scope.orgId
  const rows = await tx.$queryRaw<{ row: TerritoryRow; code: string | null; closed: boolean }[]>`
    WITH named AS MATERIALIZED (
      SELECT id, parent_id, path FROM territory WHERE org_id = ${org}::uuid AND id = ANY (${[...ids]}::uuid[])),
    near AS MATERIALIZED (
      SELECT unnest(string_to_array(rtrim(path, '/'), '/'))::uuid AS id FROM named
      UNION SELECT c.id FROM territory c
             WHERE c.org_id = ${org}::uuid AND c.parent_id = ANY (ARRAY(SELECT id FROM named UNION SELECT parent_id FROM named))
      UNION SELECT b.id FROM territory b
             WHERE b.org_id = ${org}::uuid AND b.code = ANY (${[...codes]}::text[]) AND b.closed_at IS NULL)
    SELECT ${TERRITORY_JSON} AS row, t.code, t.closed_at IS NOT NULL AS closed
      FROM territory t WHERE t.org_id = ${org}::uuid AND t.id = ANY (ARRAY(SELECT id FROM near))`
  return rows.map(({ row, code, closed }) => ({ ...row, code, closed }))
}
