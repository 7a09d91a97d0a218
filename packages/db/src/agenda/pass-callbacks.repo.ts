import type { Db, OrgTx } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'

/** Asks for it in every organisation: a place may have ended with yesterday. */
export async function enqueuePassing(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('pass_callbacks', json_build_object('orgId', org_id), 'pass_callbacks:' || org_id) FROM every_organisation() AS org_id`
}

/**
 * For the job alone, within nobody's rights. Of the open call-backs after one in the order of ids, gives those whose
 * assignee no longer reaches the account to the rep who holds it most closely, the one longest there first; where nobody
 * does, they stay. Who promised it is kept. Answers the last that was looked at, null at the end, and how many passed.
 */
export async function unsafePassCallbacks(
  tx: OrgTx,
  orgId: string,
  { after, limit, now }: { readonly after: string | null; readonly limit: number; readonly now: Date },
): Promise<{ after: string | null; passed: number }> {
  const org = Prisma.sql`${orgId}::uuid`
  const day = Prisma.sql`(SELECT (${now}::timestamptz AT TIME ZONE time_zone)::date FROM organisation WHERE id = ${org})`
  const holds = Prisma.sql`o.territory_id = ANY (string_to_array(rtrim(l.path, '/'), '/')::uuid[])
    AND o.valid_from <= ${day} AND (o.valid_to IS NULL OR o.valid_to >= ${day})`
  const rows = await tx.$queryRaw<{ after: string | null; passed: number }[]>`
    WITH look AS MATERIALIZED (
      SELECT b.id, b.assignee_id, t.path FROM callback b
        JOIN account a ON a.org_id = ${org} AND a.id = b.account_id
        JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id
       WHERE b.org_id = ${org} AND b.done_at IS NULL AND (${after}::uuid IS NULL OR b.id > ${after}::uuid)
       ORDER BY b.id LIMIT ${limit}),
    taken AS (
      SELECT l.id, taker.membership_id FROM look l
       CROSS JOIN LATERAL (
         SELECT o.membership_id FROM assignment o
           JOIN membership m ON m.org_id = ${org} AND m.id = o.membership_id AND m.revoked_at IS NULL
           JOIN territory u ON u.org_id = ${org} AND u.id = o.territory_id
          WHERE o.org_id = ${org} AND o.role = 'rep' AND o.replacement_id IS NULL AND ${holds}
          ORDER BY length(u.path) DESC, o.valid_from, o.id LIMIT 1) AS taker
       WHERE NOT EXISTS (
         SELECT 1 FROM assignment o JOIN membership m ON m.org_id = ${org} AND m.id = o.membership_id AND m.revoked_at IS NULL
          WHERE o.org_id = ${org} AND o.membership_id = l.assignee_id AND o.role IN ('rep', 'manager') AND ${holds})),
    passed AS (
      UPDATE callback b SET assignee_id = t.membership_id, version = b.version + 1,
             former_id = nullif(coalesce(b.former_id, b.assignee_id), t.membership_id)
        FROM taken t
       WHERE b.org_id = ${org} AND b.id = t.id AND b.done_at IS NULL
      RETURNING 1)
    SELECT (SELECT id FROM look ORDER BY id DESC LIMIT 1) AS after, (SELECT count(*)::int FROM passed) AS passed`
  return rows[0] ?? { after: null, passed: 0 }
}
