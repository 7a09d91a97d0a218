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

/** The member's own language, for every screen and mail; null goes back to each browser's. */
export async function setMemberLocale({ tx, scope }: ScopedDb, locale: string | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE membership SET locale = ${locale} WHERE org_id = ${scope.orgId}::uuid AND id = ${scope.membershipId}::uuid`
}
