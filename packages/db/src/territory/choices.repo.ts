import type { ScopedDb } from '../scoped-db.ts'

/** A town or a street as accounts write it most often, by its key. */
export type Counted = { readonly name: string; readonly accounts: number }

/** Towns of the accounts of a territory, the fullest first, at most `limit`. */
export async function townsAt(
  { tx, scope }: ScopedDb,
  territoryId: string,
  limit: number,
): Promise<Counted[]> {
  return tx.$queryRaw<Counted[]>`
    SELECT a.city AS name, count(*)::int AS accounts FROM account a
     WHERE a.org_id = ${scope.orgId}::uuid AND a.territory_id = ${territoryId}::uuid AND a.deleted_at IS NULL AND a.city <> ''
     GROUP BY a.city ORDER BY 2 DESC, a.city LIMIT ${limit}`
}

/** Reports of accounts that sit at a territory itself, as organised today: those of its branch without the territories below. */
export async function reportsAt({ tx, scope }: ScopedDb, territoryId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT coalesce(sum(r.n) FILTER (WHERE r.territory_id = ${territoryId}::uuid), 0)::int
         - coalesce(sum(r.n) FILTER (WHERE r.territory_id <> ${territoryId}::uuid), 0)::int AS n
      FROM rollup_day r
     WHERE r.org_id = ${scope.orgId}::uuid AND r.basis = 'today' AND r.territory_id = ANY (ARRAY(
             SELECT id FROM territory WHERE org_id = ${scope.orgId}::uuid AND parent_id = ${territoryId}::uuid) || ${territoryId}::uuid)`
  return rows[0]?.n ?? 0
}
