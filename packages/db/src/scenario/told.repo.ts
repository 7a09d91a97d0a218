import type { OrgTx } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'

/** A scenario of which people are to be told: that it is planned, or that it is off. */
export type Untold = {
  readonly id: string
  readonly off: boolean
  /** Days: the one that people were told, null for none; and the one that they are to be told. */
  readonly toldFor: string | null
  readonly day: string
}

/**
 * For the job alone: scenarios planned for the two weeks to come, or for another day than people were told, and those that
 * are off and were told; an hour after their last change. At most `limit`, the earliest day first.
 */
export async function unsafeUntold(
  tx: OrgTx,
  orgId: string,
  { at, limit }: { readonly at: Date; readonly limit: number },
): Promise<Untold[]> {
  const today = Prisma.sql`(${at}::timestamptz AT TIME ZONE o.time_zone)::date`
  return tx.$queryRaw<Untold[]>`
    SELECT s.id, s.state <> 'planned' AS off, to_char(s.told_for, 'YYYY-MM-DD') AS "toldFor",
           to_char(CASE s.state WHEN 'planned' THEN s.effective_on ELSE s.told_for END, 'YYYY-MM-DD') AS day
      FROM scenario s JOIN organisation o ON o.id = ${orgId}::uuid
     WHERE s.org_id = ${orgId}::uuid AND s.changed_at <= ${at}::timestamptz - interval '1 hour'
       AND ((s.state = 'planned' AND s.told_for IS DISTINCT FROM s.effective_on AND s.effective_on > ${today}
             AND (s.told_for IS NOT NULL OR s.effective_on <= ${today} + 14))
         OR (s.state IN ('draft', 'discarded') AND s.told_for IS NOT NULL))
     ORDER BY day, s.id LIMIT ${limit}`
}

/** Notes that people are told; false when somebody was quicker, or has changed the scenario (its version) meanwhile. */
export async function unsafeNoteTold(
  tx: OrgTx,
  orgId: string,
  { id, off, toldFor, day, version }: Untold & { readonly version: number },
): Promise<boolean> {
  const noted = await tx.$executeRaw`
    UPDATE scenario SET told_for = ${off ? null : day}::date
     WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid AND version = ${version} AND told_for IS NOT DISTINCT FROM ${toldFor}::date`
  return noted === 1
}
