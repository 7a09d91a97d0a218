import type { Answers } from '@fieldback/domain/field/answer'
import type { Path } from '@fieldback/domain/territory/path'
import { saidTo } from '../field/conversion.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedSql, withinBranch } from '../scoped-db.ts'

/** Accounts or contacts that say the same, at their home. */
export type HeldAlike = { readonly home: string; readonly values: Answers; readonly n: number }

/** How many accounts a branch holds. */
export async function countHeld({ tx, scope }: ScopedSql, path: Path): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM territory t JOIN account a ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id
     WHERE t.org_id = ${scope.orgId}::uuid AND ${withinBranch(path, Prisma.sql`t.path`)}`
  return rows[0]?.n ?? 0
}

/** What accounts or contacts of a branch hold, alike ones together: one account in `every`, with all of its contacts. */
export async function readStockRows(
  { tx, scope }: ScopedSql,
  at: {
    readonly entity: 'account' | 'contact'
    readonly path: Path
    readonly every: number
    readonly ids: readonly string[]
  },
): Promise<HeldAlike[]> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const held =
    at.entity === 'account'
      ? Prisma.sql`CROSS JOIN LATERAL (SELECT a."values") AS d`
      : Prisma.sql`JOIN contact d ON d.org_id = ${org} AND d.account_id = a.id AND d.deleted_at IS NULL`
  return tx.$queryRaw<HeldAlike[]>`
    SELECT a.territory_id AS home, ${saidTo(at.ids, Prisma.sql`d."values"`)} AS values, count(*)::int AS n
      FROM territory t JOIN account a ON a.org_id = ${org} AND a.territory_id = t.id AND a.deleted_at IS NULL
       AND abs(hashtext(a.id::text)) % ${at.every}::int = 0 ${held}
     WHERE t.org_id = ${org} AND ${withinBranch(at.path, Prisma.sql`t.path`)} AND d."values" ?| ${[...at.ids]}::text[] GROUP BY 1, 2`
}
