import { type DeviceKind, readSignInRules, type SignInRules } from '@fieldback/domain/access/sign-in-rules'
import type { OrgTx } from '../client.ts'
import type { ScopedDb, ScopedSql } from '../scoped-db.ts'

export type DeviceEntry = {
  readonly orgId: string
  readonly membershipId: string
  readonly id: string
  readonly label: string
  readonly kind: DeviceKind
}

export type Doorway = {
  readonly rules: SignInRules
  /** The member's chosen language. */
  readonly locale: string | null
  /** Sessions proved before this are over, in milliseconds since 1970. */
  readonly endedAt: number
  readonly revoked: boolean
  /** When the device was last used here, in the same measure; null for a new one. */
  readonly lastSeenAt: number | null
}

/** What decides whether a member may open a session on a device: the rules, and what became of his other sessions. */
export async function findDoorway(
  tx: OrgTx,
  { orgId, membershipId, id }: Pick<DeviceEntry, 'orgId' | 'membershipId' | 'id'>,
): Promise<Doorway | null> {
  const rows = await tx.$queryRaw<(Omit<Doorway, 'rules'> & { rules: unknown })[]>`
    SELECT o.sign_in_rules AS rules, m.locale, d.revoked_at IS NOT NULL AS revoked,
           extract(epoch FROM d.last_seen_at)::float8 * 1000 AS "lastSeenAt",
           coalesce(extract(epoch FROM greatest(m.sessions_ended_at, d.signed_out_at,
             identity_proved_at(m.person_id) - interval '1 millisecond')), 0)::float8 * 1000 AS "endedAt"
      FROM membership m
      JOIN organisation o ON o.id = m.org_id
      LEFT JOIN device d ON d.org_id = m.org_id AND d.id = ${id}::uuid AND d.membership_id = m.id
     WHERE m.org_id = ${orgId}::uuid AND m.id = ${membershipId}::uuid`
  const row = rows[0]
  return row ? { ...row, rules: readSignInRules(row.rules) } : null
}

/** Knows a device again or for the first time; a revoked one stays so, which it answers. */
export async function saveDevice(
  tx: OrgTx,
  { orgId, membershipId, id, label, kind }: DeviceEntry,
): Promise<{ revoked: boolean }> {
  const rows = await tx.$queryRaw<{ revoked: boolean }[]>`
    INSERT INTO device AS d (org_id, id, membership_id, label, kind)
    VALUES (${orgId}::uuid, ${id}::uuid, ${membershipId}::uuid, ${label}, ${kind})
    ON CONFLICT (org_id, id) DO UPDATE SET
      label = EXCLUDED.label, kind = EXCLUDED.kind,
      last_seen_at = CASE WHEN d.revoked_at IS NULL THEN now() ELSE d.last_seen_at END
    RETURNING revoked_at IS NOT NULL AS revoked`
  return rows[0] ?? { revoked: true }
}

/** Notes that the session's device was used, at most once a quarter of an hour. */
export async function touchDevice({ tx, scope }: ScopedSql): Promise<void> {
  await tx.$executeRaw`
    UPDATE device SET last_seen_at = now()
     WHERE org_id = ${scope.orgId}::uuid AND id = ${scope.deviceId}::uuid AND last_seen_at < now() - interval '15 minutes'`
}

/** Ends what a member's sessions proved before `at`, on one device, or on all with null; false when he has no such device. */
export async function endSessions(
  { tx, scope }: ScopedDb,
  { membershipId, deviceId, at }: { membershipId: string; deviceId: string | null; at: Date },
): Promise<boolean> {
  const done =
    deviceId === null
      ? await tx.$executeRaw`
          UPDATE membership SET sessions_ended_at = ${at}
           WHERE org_id = ${scope.orgId}::uuid AND id = ${membershipId}::uuid`
      : await tx.$executeRaw`
          UPDATE device SET signed_out_at = ${at}
           WHERE org_id = ${scope.orgId}::uuid AND id = ${deviceId}::uuid AND membership_id = ${membershipId}::uuid`
  return done > 0
}

/** Withdraws or restores a device; the member it belongs to, or null when there is none such. Done twice, it keeps the first date. */
export async function setDeviceRevoked(
  { tx, scope }: ScopedDb,
  deviceId: string,
  revoked: boolean,
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ membership_id: string }[]>`
    UPDATE device SET revoked_at = CASE WHEN ${revoked} THEN coalesce(revoked_at, now()) END
     WHERE org_id = ${scope.orgId}::uuid AND id = ${deviceId}::uuid RETURNING membership_id`
  return rows[0]?.membership_id ?? null
}
