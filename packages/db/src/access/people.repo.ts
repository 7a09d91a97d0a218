import type { Role } from '@fieldback/domain/access/permissions'
import type { Rank } from '@fieldback/domain/territory/rank'
import type { OrgTx } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'

export type PersonRow = {
  readonly membershipId: string
  readonly displayName: string
  /** ISO 8601; null while the membership is live. */
  readonly revokedAt: string | null
  /** Those that hold today. */
  readonly assignments: readonly { role: Role; territoryId: string; territory: string; rank: Rank }[]
  /** Last seen first. */
  readonly devices: readonly { id: string; label: string; lastSeenAt: string; revokedAt: string | null }[]
}

export type PeoplePage = { readonly rows: readonly PersonRow[]; readonly next: string | null }

/** Members by name, `limit` at a time, those whose name holds `search`; `next` is the cursor of the following page. No e-mail: it is the person's own. */
export async function listPeople(
  { tx, scope }: ScopedDb,
  { cursor, limit, search }: { cursor: string | null; limit: number; search: string },
): Promise<PeoplePage> {
  const after = readCursor(cursor)
  const rows = await tx.$queryRaw<{ row: PersonRow }[]>`
    SELECT json_build_object(
      'membershipId', m.id, 'displayName', m.display_name, 'revokedAt', m.revoked_at,
      'assignments', coalesce((SELECT json_agg(json_build_object('role', a.role, 'territoryId', t.id, 'territory', t.name,
          'rank', t.rank) ORDER BY t.rank, t.name)
        FROM assignment a JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
       WHERE a.org_id = ${scope.orgId}::uuid AND a.membership_id = m.id AND a.valid_from <= ${scope.day}::date
         AND (a.valid_to IS NULL OR a.valid_to >= ${scope.day}::date)), '[]'),
      'devices', coalesce((SELECT json_agg(json_build_object('id', d.id, 'label', d.label, 'lastSeenAt', d.last_seen_at,
          'revokedAt', d.revoked_at) ORDER BY d.last_seen_at DESC)
        FROM device d WHERE d.org_id = ${scope.orgId}::uuid AND d.membership_id = m.id), '[]')) AS row
      FROM membership m
     WHERE m.org_id = ${scope.orgId}::uuid
       AND strpos(lower(m.display_name), lower(${search})) > 0
       ${after ? Prisma.sql`AND (m.display_name COLLATE "und-x-icu", m.id) > (${after.name}, ${after.id}::uuid)` : Prisma.empty}
     ORDER BY m.display_name COLLATE "und-x-icu", m.id LIMIT ${limit + 1}`
  const page = rows.slice(0, limit).map(({ row }) => row)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? cursorOf(last) : null }
}

const cursorOf = (row: PersonRow) =>
  Buffer.from(JSON.stringify([row.displayName, row.membershipId])).toString('base64url')

/** A cursor that is not ours starts again from the first name. */
function readCursor(cursor: string | null): { name: string; id: string } | null {
  if (cursor === null) return null
  try {
    const [name, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    const known = typeof name === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)
    return known ? { name, id } : null
  } catch {
    return null
  }
}

/** Holds the organisation's row until the transaction ends: changes of who may enter come one after the other. */
export async function lockOrganisation({ tx, scope }: ScopedDb): Promise<void> {
  await tx.$queryRaw`SELECT id FROM organisation WHERE id = ${scope.orgId}::uuid FOR UPDATE`
}

/** Other members who administer the whole organisation today and may enter it. */
export async function countOtherAdministrators(
  { tx, scope }: ScopedDb,
  membershipId: string,
): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(DISTINCT m.id)::int AS n
      FROM assignment a
      JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
      JOIN membership m ON m.org_id = a.org_id AND m.id = a.membership_id
     WHERE a.org_id = ${scope.orgId}::uuid AND a.role = 'administrator' AND t.parent_id IS NULL AND t.closed_at IS NULL
       AND a.valid_from <= ${scope.day}::date AND (a.valid_to IS NULL OR a.valid_to >= ${scope.day}::date)
       AND m.revoked_at IS NULL AND m.id <> ${membershipId}::uuid`
  return rows[0]?.n ?? 0
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

/** The same for a device; the member it belongs to, or null when there is none such. */
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

/** Path of the territory everything lies below; null in an organisation without any. */
export async function rootPath(tx: OrgTx, orgId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ path: string }[]>`
    SELECT path FROM territory WHERE org_id = ${orgId}::uuid AND parent_id IS NULL AND closed_at IS NULL LIMIT 1`
  return rows[0]?.path ?? null
}

/** The member's own language, for every screen and mail; null goes back to each browser's. */
export async function setMemberLocale({ tx, scope }: ScopedDb, locale: string | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE membership SET locale = ${locale} WHERE org_id = ${scope.orgId}::uuid AND id = ${scope.membershipId}::uuid`
}
