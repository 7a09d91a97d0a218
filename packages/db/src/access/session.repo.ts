import { ROLES, type Role } from '@fieldback/domain/access/permissions'
import type { DatedGrant } from '@fieldback/domain/access/scope'
import type { Rank } from '@fieldback/domain/territory/rank'
import type { OrgSql } from '../org-sql.ts'

/** What a session rests on: read at each procedure, so that a revocation ends access at once. */
export type LiveSession = {
  readonly orgName: string
  readonly displayName: string
  readonly locale: string | null
  readonly revoked: boolean
  /** `over`: signed out, not used for as long as the organisation's rules say, or older than the proof of the address. */
  readonly device: { readonly revoked: boolean; readonly over: boolean } | null
  readonly timeZone: string
  /** Of the organisation's data: another one once a backup was restored. */
  readonly epoch: string
  readonly assignments: readonly DatedGrant[]
  /** Something was handed on to him, whether it still holds or not: delegation-facts.repo.ts says what. */
  readonly delegated: boolean
  /** Levels at which headquarters alone define questions. */
  readonly headquartersOnly: readonly Rank[]
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)

type Row = {
  org_name: string
  display_name: string
  locale: string | null
  membership_revoked: boolean
  device_id: string | null
  device_revoked: boolean
  device_over: boolean
  time_zone: string
  epoch: string
  delegated: boolean
  headquarters_only: Rank[]
  assignments:
    | { id: string; role: string; territory_id: string; path: string; from: string; to: string | null }[]
    | null
}

/**
 * One query: membership, device and assignments of a session in the transaction's organisation. `provedAt`: when its
 * person proved who he is, in milliseconds since 1970.
 */
export async function findLiveSession(
  tx: OrgSql,
  ids: { orgId: string; membershipId: string; deviceId: string; provedAt: number },
): Promise<LiveSession | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT o.name AS org_name, m.display_name, m.locale, m.revoked_at IS NOT NULL AS membership_revoked, o.time_zone, o.epoch, o.headquarters_only,
           EXISTS (SELECT 1 FROM delegation g WHERE g.org_id = ${ids.orgId}::uuid AND g.receiver_id = m.id AND g.taken_back_at IS NULL) AS delegated,
           d.id AS device_id, d.revoked_at IS NOT NULL AS device_revoked,
           coalesce(greatest(m.sessions_ended_at, d.signed_out_at,
             identity_proved_at(m.person_id) - interval '1 millisecond') >= ${new Date(ids.provedAt)}, false)
             OR d.last_seen_at < now() - make_interval(days => coalesce((o.sign_in_rules ->> (d.kind || 'Days'))::int, 30))
             AS device_over,
           (SELECT json_agg(json_build_object('id', a.id, 'role', a.role, 'territory_id', a.territory_id, 'path', t.path,
                     'from', a.valid_from, 'to', a.valid_to) ORDER BY a.id)
              FROM assignment a JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
             WHERE a.org_id = ${ids.orgId}::uuid AND a.membership_id = m.id) AS assignments
      FROM membership m
      JOIN organisation o ON o.id = m.org_id
      LEFT JOIN device d ON d.org_id = m.org_id AND d.id = ${ids.deviceId}::uuid AND d.membership_id = m.id
     WHERE m.org_id = ${ids.orgId}::uuid AND m.id = ${ids.membershipId}::uuid`
  const row = rows[0]
  if (!row) return null
  return {
    orgName: row.org_name,
    displayName: row.display_name,
    locale: row.locale,
    revoked: row.membership_revoked,
    device: row.device_id === null ? null : { revoked: row.device_revoked, over: row.device_over },
    timeZone: row.time_zone,
    epoch: row.epoch,
    delegated: row.delegated,
    headquartersOnly: row.headquarters_only,
    assignments: (row.assignments ?? []).flatMap((a) =>
      isRole(a.role)
        ? [
            {
              assignmentId: a.id,
              role: a.role,
              territoryId: a.territory_id,
              path: a.path,
              validFrom: a.from,
              validTo: a.to,
            },
          ]
        : [],
    ),
  }
}
