import { addDays } from '@fieldback/domain/agenda/day'
import { type ReportUser, USES_DAYS, type UseKind } from '@fieldback/domain/report/use'
import type { ScopedDb, ScopedSql } from '../scoped-db.ts'

/** Notes for whoever wrote some reports that the reader used them; one's own are nobody's business. */
export async function noteUse(
  { tx, scope }: ScopedDb,
  kind: UseKind,
  reportIds: readonly string[],
): Promise<void> {
  if (reportIds.length === 0) return
  // In order, so that two who read at once wait for each other instead of for ever.
  await tx.$executeRaw`
    INSERT INTO report_use AS u (org_id, author_id, day, user_id, kind, n)
    SELECT ${scope.orgId}::uuid, r.author_id, ${scope.day}::date, ${scope.membershipId}::uuid, ${kind}, count(*) FROM report r
     WHERE r.org_id = ${scope.orgId}::uuid AND r.id = ANY (${[...reportIds]}::uuid[]) AND r.author_id <> ${scope.membershipId}::uuid
     GROUP BY r.author_id ORDER BY r.author_id
    ON CONFLICT (org_id, author_id, day, user_id, kind) DO UPDATE SET n = u.n + excluded.n`
}

/** Who used the reader's own reports of late, the last one first. */
export async function usersOfOwn({ tx, scope }: ScopedSql): Promise<ReportUser[]> {
  return tx.$queryRaw<ReportUser[]>`
    SELECT m.display_name AS name, to_char(max(u.day), 'YYYY-MM-DD') AS "lastDay",
           coalesce(sum(u.n) FILTER (WHERE u.kind = 'read'), 0)::int AS read,
           coalesce(sum(u.n) FILTER (WHERE u.kind = 'listed'), 0)::int AS listed,
           coalesce(sum(u.n) FILTER (WHERE u.kind = 'exported'), 0)::int AS exported
      FROM report_use u JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = u.user_id
     WHERE u.org_id = ${scope.orgId}::uuid AND u.author_id = ${scope.membershipId}::uuid AND u.day >= ${addDays(scope.day, -USES_DAYS)}::date
     GROUP BY u.user_id, m.display_name
     ORDER BY max(u.day) DESC, m.display_name LIMIT 50`
}
