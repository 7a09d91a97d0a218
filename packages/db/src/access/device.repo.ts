import type { OrgTx } from '../client.ts'
import type { ScopedDb } from '../scoped-db.ts'

export type DeviceEntry = {
  readonly orgId: string
  readonly membershipId: string
  readonly id: string
  readonly label: string
}

/** Knows a device again or for the first time; a revoked one stays so. Also the member's chosen language. */
export async function saveDevice(
  tx: OrgTx,
  { orgId, membershipId, id, label }: DeviceEntry,
): Promise<{ revoked: boolean; locale: string | null }> {
  const rows = await tx.$queryRaw<{ revoked: boolean; locale: string | null }[]>`
    INSERT INTO device AS d (org_id, id, membership_id, label)
    VALUES (${orgId}::uuid, ${id}::uuid, ${membershipId}::uuid, ${label})
    ON CONFLICT (org_id, id) DO UPDATE SET
      label = EXCLUDED.label,
      last_seen_at = CASE WHEN d.revoked_at IS NULL THEN now() ELSE d.last_seen_at END
    RETURNING revoked_at IS NOT NULL AS revoked,
      (SELECT m.locale FROM membership m WHERE m.org_id = ${orgId}::uuid AND m.id = ${membershipId}::uuid) AS locale`
  return rows[0] ?? { revoked: true, locale: null }
}

/** Notes that the session's device was used, at most once a quarter of an hour. */
export async function touchDevice({ tx, scope }: ScopedDb): Promise<void> {
  await tx.$executeRaw`
    UPDATE device SET last_seen_at = now()
     WHERE org_id = ${scope.orgId}::uuid AND id = ${scope.deviceId}::uuid AND last_seen_at < now() - interval '15 minutes'`
}
