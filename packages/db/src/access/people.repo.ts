import type { Role } from '@fieldback/domain/access/permissions'
import type { DeviceKind } from '@fieldback/domain/access/sign-in-rules'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Path } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'
import { memberEmails } from './membership.repo.ts'

/** Live, invited and never come, access withdrawn. */
export const PERSON_STATES = ['live', 'invited', 'revoked'] as const
export type PersonState = (typeof PERSON_STATES)[number]

export type HeldRole = {
  readonly id: string
  readonly role: Role
  readonly territoryId: string
  readonly territory: string
  readonly rank: Rank
  readonly validFrom: string
  readonly validTo: string | null
}

export type PersonRow = {
  readonly membershipId: string
  readonly displayName: string
  /** As the administrator wrote it. */
  readonly email: string
  readonly state: PersonState
  /** ISO 8601; null for somebody who never came. */
  readonly lastSeenAt: string | null
  /** When the last invitation left; null when none has. */
  readonly invitedAt: string | null
  /** Those that hold today and those to come, from the top down. */
  readonly roles: readonly HeldRole[]
}

export type PeoplePage = { readonly rows: readonly PersonRow[]; readonly next: string | null }

export const PEOPLE_ORDERS = ['name', 'seen'] as const
export type PeopleQuery = {
  readonly cursor: string | null
  readonly limit: number
  /** A part of a name, or of an address when it holds an @. */
  readonly search: string
  readonly state: PersonState | null
  readonly role: Role | null
  /** Those who hold, today or later, a role in this branch. */
  readonly branch: Path | null
  readonly sort: { readonly by: (typeof PEOPLE_ORDERS)[number]; readonly down: boolean }
}

const STATE = Prisma.sql`CASE WHEN m.revoked_at IS NOT NULL THEN 'revoked' WHEN seen.at IS NULL THEN 'invited' ELSE 'live' END`

/** Members a page at a time in the order asked for; `next` is the cursor of the following page. */
export async function listPeople({ tx, scope }: ScopedDb, query: PeopleQuery): Promise<PeoplePage> {
  const order = orderOf(query)
  const rows = await tx.$queryRaw<{ row: Omit<PersonRow, 'email'>; key: string | number }[]>`
    SELECT json_build_object('membershipId', m.id, 'displayName', m.display_name, 'state', ${STATE},
             'lastSeenAt', seen.at, 'invitedAt', m.invited_at, 'roles', coalesce(held.roles, '[]')) AS row,
           ${order.key} AS key
      FROM membership m
      LEFT JOIN LATERAL (
        SELECT max(d.last_seen_at) AS at FROM device d WHERE d.org_id = ${scope.orgId}::uuid AND d.membership_id = m.id
      ) seen ON true
      LEFT JOIN LATERAL (
        SELECT json_agg(${ROLE_JSON} ORDER BY t.rank, t.name, a.valid_from) AS roles
          FROM assignment a JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
         WHERE a.org_id = ${scope.orgId}::uuid AND a.membership_id = m.id AND ${stillHeld(scope.day)}
      ) held ON true
     WHERE m.org_id = ${scope.orgId}::uuid AND ${matches(scope.orgId, query.search)} AND ${holds(scope, query)}
       ${query.state ? Prisma.sql`AND ${STATE} = ${query.state}` : Prisma.empty} ${order.after}
     ORDER BY ${order.by} LIMIT ${query.limit + 1}`
  const page = rows.slice(0, query.limit)
  const emails = await memberEmails(
    tx,
    page.map(({ row }) => row.membershipId),
  )
  const last = page.at(-1)
  return {
    rows: page.map(({ row }) => ({ ...row, email: emails.get(row.membershipId) ?? '' })),
    next: rows.length > query.limit && last ? cursorOf(last.key, last.row.membershipId) : null,
  }
}

const ROLE_JSON = Prisma.sql`json_build_object('id', a.id, 'role', a.role, 'territoryId', t.id, 'territory', t.name,
  'rank', t.rank, 'validFrom', a.valid_from, 'validTo', a.valid_to)`

/** Today or later; one called off ends before it begins. */
const stillHeld = (day: string): Prisma.Sql =>
  Prisma.sql`(a.valid_to IS NULL OR (a.valid_to >= ${day}::date AND a.valid_to >= a.valid_from))`

function matches(orgId: string, search: string): Prisma.Sql {
  if (!search.includes('@')) return Prisma.sql`strpos(lower(m.display_name), lower(${search})) > 0`
  return Prisma.sql`m.id IN (
    SELECT e.membership_id
      FROM identity_member_emails(ARRAY(SELECT id FROM membership WHERE org_id = ${orgId}::uuid)) e
     WHERE strpos(e.email, lower(${search})) > 0)`
}

function holds({ orgId, day }: ScopedDb['scope'], { role, branch }: PeopleQuery): Prisma.Sql {
  if (role === null && branch === null) return Prisma.sql`TRUE`
  return Prisma.sql`EXISTS (
    SELECT 1 FROM assignment a JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
     WHERE a.org_id = ${orgId}::uuid AND a.membership_id = m.id AND ${stillHeld(day)}
       ${role === null ? Prisma.empty : Prisma.sql`AND a.role = ${role}`}
       ${branch === null ? Prisma.empty : Prisma.sql`AND ${withinBranch(branch, Prisma.sql`t.path`)}`})`
}

/** What rows are sorted by, and what follows the cursor: names as people sort them, or seconds of the last visit. */
function orderOf({ sort, cursor }: PeopleQuery) {
  const byName = sort.by === 'name'
  const key = byName
    ? Prisma.sql`m.display_name`
    : Prisma.sql`coalesce(extract(epoch FROM seen.at), 0)::float8`
  const sorted = byName ? Prisma.sql`m.display_name COLLATE "und-x-icu"` : key
  const after = readCursor(cursor, byName ? 'string' : 'number')
  const sign = sort.down ? Prisma.sql`<` : Prisma.sql`>`
  const value = byName ? Prisma.sql`${after?.key}::text` : Prisma.sql`${after?.key}::float8`
  return {
    key,
    by: sort.down ? Prisma.sql`${sorted} DESC, m.id DESC` : Prisma.sql`${sorted}, m.id`,
    after: after ? Prisma.sql`AND (${sorted}, m.id) ${sign} (${value}, ${after.id}::uuid)` : Prisma.empty,
  }
}

const cursorOf = (key: string | number, id: string) =>
  Buffer.from(JSON.stringify([key, id])).toString('base64url')

/** A cursor that is not ours, or of another order, starts again from the first. */
function readCursor(
  cursor: string | null,
  kind: 'string' | 'number',
): { key: string | number; id: string } | null {
  if (cursor === null) return null
  try {
    const [key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    const known = typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)
    return known && typeof key === kind ? { key: key as string | number, id } : null
  } catch {
    return null
  }
}

export type DeviceRow = {
  readonly id: string
  readonly label: string
  readonly kind: DeviceKind
  readonly lastSeenAt: string
  readonly revokedAt: string | null
  /** Not signed out since it was last seen. */
  readonly open: boolean
}

export type PersonCard = PersonRow & {
  readonly locale: string | null
  readonly hasPassword: boolean
  /** Last seen first. */
  readonly devices: readonly DeviceRow[]
}

/** One member, with what he holds and uses. NOT_FOUND. */
export async function findPerson({ tx, scope }: ScopedDb, membershipId: string): Promise<PersonCard> {
  const rows = await tx.$queryRaw<{ row: Omit<PersonCard, 'devices'> }[]>`
    SELECT json_build_object('membershipId', m.id, 'displayName', m.display_name, 'state', ${STATE}, 'locale', m.locale,
             'lastSeenAt', seen.at, 'invitedAt', m.invited_at,
             'email', (SELECT e.email FROM identity_member_emails(ARRAY[m.id]) e),
             'hasPassword', EXISTS (SELECT 1 FROM identity_with_password(ARRAY[m.id])),
             'roles', coalesce((SELECT json_agg(${ROLE_JSON} ORDER BY t.rank, t.name, a.valid_from)
                FROM assignment a JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
               WHERE a.org_id = ${scope.orgId}::uuid AND a.membership_id = m.id AND ${stillHeld(scope.day)}), '[]')) AS row
      FROM membership m
      LEFT JOIN LATERAL (
        SELECT max(d.last_seen_at) AS at FROM device d WHERE d.org_id = ${scope.orgId}::uuid AND d.membership_id = m.id
      ) seen ON true
     WHERE m.org_id = ${scope.orgId}::uuid AND m.id = ${membershipId}::uuid`
  const row = rows[0]?.row
  if (!row) throw new FieldbackError('NOT_FOUND', { what: 'membership' })
  return { ...row, devices: await devicesOf({ tx, scope }, membershipId) }
}

/** A member's devices, last seen first. */
export async function devicesOf({ tx, scope }: ScopedDb, membershipId: string): Promise<DeviceRow[]> {
  const rows = await tx.$queryRaw<{ row: DeviceRow }[]>`
    SELECT json_build_object('id', d.id, 'label', d.label, 'kind', d.kind, 'lastSeenAt', d.last_seen_at,
             'revokedAt', d.revoked_at,
             'open', d.revoked_at IS NULL AND coalesce(greatest(m.sessions_ended_at, d.signed_out_at) < d.last_seen_at, true)) AS row
      FROM device d JOIN membership m ON m.org_id = d.org_id AND m.id = d.membership_id
     WHERE d.org_id = ${scope.orgId}::uuid AND d.membership_id = ${membershipId}::uuid
     ORDER BY d.last_seen_at DESC, d.id`
  return rows.map(({ row }) => row)
}
