import type { Stretch } from '@fieldback/domain/territory/stretches'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranches } from '../scoped-db.ts'
import { stretchRows } from '../territory/stretches.repo.ts'
import { conditions, type ReportSearch } from './report-list.repo.ts'

/**
 * As organised then, reports that count in the branch and that the reader may not open, since their accounts sit elsewhere today; `more`: only
 * `limit` of those that may be meant were looked at. Nothing is told by an account's name.
 */
export async function countBeyond(
  sdb: ScopedDb,
  search: Pick<ReportSearch, 'filter' | 'demanded' | 'answers'> & { readonly stretches: readonly Stretch[] },
  limit: number,
): Promise<{ readonly n: number; readonly more: boolean }> {
  const { tx, scope } = sdb
  const org = Prisma.sql`${scope.orgId}::uuid`
  const reach = (path: Prisma.Sql) => withinBranches(sdb, 'report.read', path)
  const { answers = Prisma.sql`TRUE`, ...rest } = search
  const filed = (of: Prisma.Sql) => Prisma.sql`LATERAL (
      SELECT r.account_id, r."values" FROM report r
       WHERE ${conditions(scope.orgId, rest)} AND ${of} AND r.territory_id = s.territory_id AND r.day >= s.from_day AND r.day <= s.to_day OFFSET 0) AS r`
  const rows = await tx.$queryRaw<{ n: number; more: boolean }[]>`
    SELECT (count(*) FILTER (WHERE ${answers}))::int AS n, count(*) = ${limit} AS more FROM (
      SELECT r."values" FROM ${stretchRows(search.stretches)}
        JOIN territory w ON w.org_id = ${org} AND w.id = s.territory_id AND NOT ${reach(Prisma.sql`w.path`)}
       CROSS JOIN ${filed(Prisma.sql`TRUE`)}
        JOIN account a ON a.org_id = ${org} AND a.id = r.account_id
        JOIN territory h ON h.org_id = ${org} AND h.id = a.territory_id AND NOT ${reach(Prisma.sql`h.path`)}
      UNION ALL
      SELECT r."values" FROM (
        SELECT DISTINCT s.*, a.id FROM ${stretchRows(search.stretches)}
          JOIN territory w ON w.org_id = ${org} AND w.id = s.territory_id AND ${reach(Prisma.sql`w.path`)}
          JOIN account_home p ON p.org_id = ${org} AND p.territory_id = s.territory_id AND p.to_at IS NOT NULL
          JOIN account a ON a.org_id = ${org} AND a.id = p.account_id
          JOIN territory h ON h.org_id = ${org} AND h.id = a.territory_id AND NOT ${reach(Prisma.sql`h.path`)}) AS s
       CROSS JOIN ${filed(Prisma.sql`r.account_id = s.id`)}
      LIMIT ${limit}) AS r`
  return rows[0] ?? { n: 0, more: false }
}
