import type { ScopedDb } from '../scoped-db.ts'

/** A member's name and language as his administrator writes them; what they were, or null when there is no such member. */
export async function setPerson(
  { tx, scope }: ScopedDb,
  { membershipId, displayName, locale }: { membershipId: string; displayName: string; locale: string | null },
): Promise<{ displayName: string; locale: string | null } | null> {
  const before = await tx.$queryRaw<{ displayName: string; locale: string | null }[]>`
    SELECT display_name AS "displayName", locale FROM membership
     WHERE org_id = ${scope.orgId}::uuid AND id = ${membershipId}::uuid FOR NO KEY UPDATE`
  await tx.$executeRaw`
    UPDATE membership SET display_name = ${displayName}, locale = ${locale}
     WHERE org_id = ${scope.orgId}::uuid AND id = ${membershipId}::uuid`
  return before[0] ?? null
}

/** Ends or restores a membership; false when the organisation has no such member. Done twice, it keeps the first date. */
export async function setMembershipRevoked(
  { tx, scope }: ScopedDb,
  membershipId: string,
  revoked: boolean,
): Promise<boolean> {
  const done = await tx.$executeRaw`
    UPDATE membership SET revoked_at = CASE WHEN ${revoked} THEN coalesce(revoked_at, now()) END
     WHERE org_id = ${scope.orgId}::uuid AND id = ${membershipId}::uuid`
  return done > 0
}

/**
 * Ends the roles of a member whose access has ended at territories that have closed since, and answers their last days: the
 * day it ended, yesterday at the latest; one that had not begun is called off. The organisation is to be held before.
 */
export async function endRolesAtClosed(
  { tx, scope }: ScopedDb,
  membershipId: string,
): Promise<{ readonly id: string; readonly from: string | null; readonly to: string }[]> {
  return tx.$queryRaw<{ id: string; from: string | null; to: string }[]>`
    WITH here AS (
      SELECT a.id, a.valid_to AS before,
             greatest(a.valid_from - 1, least((m.revoked_at AT TIME ZONE o.time_zone)::date, ${scope.day}::date - 1)) AS after
        FROM membership m
        JOIN organisation o ON o.id = m.org_id
        JOIN assignment a ON a.org_id = ${scope.orgId}::uuid AND a.membership_id = m.id
         AND (a.valid_to IS NULL OR a.valid_to >= greatest(a.valid_from, ${scope.day}::date))
        JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id AND t.closed_at IS NOT NULL
       WHERE m.org_id = ${scope.orgId}::uuid AND m.id = ${membershipId}::uuid AND m.revoked_at IS NOT NULL)
    UPDATE assignment a SET valid_to = here.after FROM here WHERE a.org_id = ${scope.orgId}::uuid AND a.id = here.id
    RETURNING a.id, here.before::text AS "from", here.after::text AS "to"`
}

/** The member's own language, for every screen and mail; null goes back to each browser's. */
export async function setMemberLocale({ tx, scope }: ScopedDb, locale: string | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE membership SET locale = ${locale} WHERE org_id = ${scope.orgId}::uuid AND id = ${scope.membershipId}::uuid`
}
