import { grantsOn } from '@fieldback/domain/access/scope'
import {
  HANDOVER_DAYS,
  type Handover,
  type Handovers,
  type Left,
  type NewPlace,
  type RepPlace,
  WORD_DAYS,
} from '@fieldback/domain/account/handover'
import { addDays } from '@fieldback/domain/agenda/day'
import type { Operation } from '@fieldback/domain/sync/operation'
import type { DismissalState, HandoverNoteState } from '@fieldback/domain/sync/state'
import { branchRange, outermost, type Path } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { type ScopedDb, type ScopedSql, withinBranch, withinBranches } from '../scoped-db.ts'

/** Where the reader is or was a rep. */
export async function repPlaces({ tx, scope }: ScopedSql): Promise<RepPlace[]> {
  return tx.$queryRaw<RepPlace[]>`
    SELECT a.id AS "assignmentId", a.role, a.territory_id AS "territoryId", t.path, a.valid_from::text AS "validFrom",
           a.valid_to::text AS "validTo", a.replacement_id IS NOT NULL AS "inReplacement"
      FROM assignment a JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id
     WHERE a.org_id = ${scope.orgId}::uuid AND a.membership_id = ${scope.membershipId}::uuid AND a.role = 'rep'
     ORDER BY a.id`
}

type Sought = {
  readonly held: readonly RepPlace[]
  /** Those that came to him. */
  readonly places: readonly NewPlace[]
  readonly limit: number
}

/** Somebody else may have left a place so long before its next rep came. */
const GAP_DAYS = 60

/**
 * Accounts that came to the reader from another rep and that he has neither visited nor put away since: by a place that
 * another left, or by a home outside his own that they had before. The last to come first.
 */
export async function findCame(sdb: ScopedSql, { held, places, limit }: Sought): Promise<Handover[]> {
  const { tx, scope } = sdb
  const within = ownBranches(held, scope.day)
  if (!within) return []
  const org = Prisma.sql`${scope.orgId}::uuid`
  const me = Prisma.sql`${scope.membershipId}::uuid`
  // One part a place, for its range to be known to the planner: among some that are not, it would read every account.
  const byPlace = places.map(({ territoryId, path, since }) => {
    const { from, to } = branchRange(path)
    return Prisma.sql`
      SELECT a.id, ${since}::date AS since, left_by.membership_id AS former_id
        FROM (
          SELECT o.membership_id FROM assignment o
           WHERE o.org_id = ${org} AND o.territory_id = ${territoryId}::uuid AND o.role = 'rep' AND o.replacement_id IS NULL
             AND o.membership_id <> ${me} AND o.valid_to >= ${addDays(since, -GAP_DAYS)}::date AND o.valid_to < ${scope.day}::date
             AND o.valid_to >= o.valid_from
           ORDER BY o.valid_to DESC, o.id LIMIT 1) AS left_by
       CROSS JOIN territory t
        JOIN account a ON a.org_id = ${org} AND a.territory_id = t.id AND a.deleted_at IS NULL
       WHERE t.org_id = ${org} AND t.path >= ${from} AND t.path < ${to}
      UNION ALL`
  })
  return tx.$queryRaw<Handover[]>`
    WITH told AS (
      ${Prisma.join([...byPlace, Prisma.empty], ' ')}
      SELECT a.id, (h.from_at AT TIME ZONE org.time_zone)::date AS since, held_by.membership_id AS former_id
        FROM territory t
        JOIN organisation org ON org.id = ${org}
        JOIN account_home h ON h.org_id = ${org} AND h.territory_id = t.id AND h.to_at IS NULL
         AND h.from_at >= ${addDays(scope.day, -HANDOVER_DAYS)}::date
        JOIN account a ON a.org_id = ${org} AND a.id = h.account_id AND a.deleted_at IS NULL
       CROSS JOIN LATERAL (
         SELECT p.territory_id FROM account_home p
          WHERE p.org_id = ${org} AND p.account_id = a.id AND p.to_at IS NOT NULL ORDER BY p.to_at DESC LIMIT 1) AS home
        JOIN territory before ON before.org_id = ${org} AND before.id = home.territory_id AND NOT (${within(Prisma.sql`before.path`)})
        LEFT JOIN LATERAL (
         SELECT o.membership_id FROM assignment o JOIN territory u ON u.org_id = ${org} AND u.id = o.territory_id
          WHERE o.org_id = ${org} AND o.territory_id = ANY (string_to_array(rtrim(before.path, '/'), '/')::uuid[])
            AND o.role = 'rep' AND o.replacement_id IS NULL AND o.membership_id <> ${me}
            AND o.valid_from <= (h.from_at AT TIME ZONE org.time_zone)::date
            AND (o.valid_to IS NULL OR o.valid_to >= (h.from_at AT TIME ZONE org.time_zone)::date)
          ORDER BY length(u.path) DESC, o.valid_from, o.id LIMIT 1) AS held_by ON true
       WHERE t.org_id = ${org} AND (${within(Prisma.sql`t.path`)})),
    latest AS (SELECT DISTINCT ON (id) id, since, former_id FROM told ORDER BY id, since DESC)
    SELECT l.id AS "accountId", l.since::text AS since, coalesce(former.display_name, last_author.display_name) AS "fromName",
           CASE WHEN note.text IS NULL THEN NULL ELSE json_build_object('text', note.text, 'authorName', note.display_name) END AS note
      FROM latest l
      LEFT JOIN membership former ON former.org_id = ${org} AND former.id = l.former_id
      LEFT JOIN LATERAL (
        SELECT m.display_name FROM report r JOIN membership m ON m.org_id = ${org} AND m.id = r.author_id
         WHERE r.org_id = ${org} AND r.account_id = l.id AND r.author_id <> ${me} AND r.status <> 'withdrawn'
         ORDER BY r.day DESC, r.id LIMIT 1) AS last_author ON former.id IS NULL
      LEFT JOIN LATERAL (
        SELECT n.text, m.display_name FROM handover_note n JOIN membership m ON m.org_id = ${org} AND m.id = n.author_id
         WHERE n.org_id = ${org} AND n.account_id = l.id AND n.author_id <> ${me} AND n.text <> ''
         ORDER BY n.written_at DESC LIMIT 1) AS note ON true
     WHERE NOT EXISTS (SELECT 1 FROM report r
                        WHERE r.org_id = ${org} AND r.account_id = l.id AND r.author_id = ${me} AND r.kind = 'visit'
                          AND r.status <> 'withdrawn' AND r.day >= l.since)
       AND NOT EXISTS (SELECT 1 FROM handover_dismissal d
                        WHERE d.org_id = ${org} AND d.account_id = l.id AND d.membership_id = ${me} AND d.day >= l.since)
     ORDER BY l.since DESC, l.id
     LIMIT ${limit}`
}

/** A condition on a path: in a place of his own on a day, by no replacement; null where he has none. */
function ownBranches(held: readonly RepPlace[], day: string): ((path: Prisma.Sql) => Prisma.Sql) | null {
  const own = held.filter(({ inReplacement }) => !inReplacement)
  const ranges = outermost(grantsOn(day, own).map(({ path }) => path)).map(branchRange)
  if (ranges.length === 0) return null
  return (path) =>
    Prisma.join(
      ranges.map(({ from, to }) => Prisma.sql`(${path} >= ${from} AND ${path} < ${to})`),
      ' OR ',
    )
}

/** Accounts whose home left the reader's places of late for one outside them, the last to leave first. */
export async function findLeft(
  { tx, scope }: ScopedSql,
  held: readonly RepPlace[],
  limit: number,
): Promise<Left[]> {
  const within = ownBranches(held, scope.day)
  if (!within) return []
  const org = Prisma.sql`${scope.orgId}::uuid`
  return tx.$queryRaw<Left[]>`
    SELECT l.id AS "accountId", l.name, l.city, to_char(l.at AT TIME ZONE org.time_zone, 'YYYY-MM-DD') AS since
      FROM (SELECT DISTINCT ON (a.id) a.id, a.name, a.city, h.to_at AS at
              FROM territory t
              JOIN account_home h ON h.org_id = ${org} AND h.territory_id = t.id AND h.to_at >= ${addDays(scope.day, -WORD_DAYS)}::date
              JOIN account a ON a.org_id = ${org} AND a.id = h.account_id AND a.deleted_at IS NULL
              JOIN territory present ON present.org_id = ${org} AND present.id = a.territory_id AND NOT (${within(Prisma.sql`present.path`)})
             WHERE t.org_id = ${org} AND (${within(Prisma.sql`t.path`)})
             ORDER BY a.id, h.to_at DESC) AS l
      JOIN organisation org ON org.id = ${org}
     ORDER BY l.at DESC, l.id LIMIT ${limit}`
}

/**
 * Of the accounts that a batch leaves a word for, those that left a home of late where the author was a rep that day; no
 * statement for a batch that leaves none.
 */
export async function findLeftOfLate(
  sql: OrgSql,
  { orgId, membershipId }: Author,
  operations: readonly Operation[],
): Promise<Set<string>> {
  const ids = operations.flatMap((one) => (one.kind === 'handover.note' ? [one.body.accountId] : []))
  if (ids.length === 0) return new Set()
  const rows = await sql.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT h.account_id AS id FROM account_home h
      JOIN organisation org ON org.id = ${orgId}::uuid
      JOIN territory t ON t.org_id = ${orgId}::uuid AND t.id = h.territory_id
      JOIN assignment o ON o.org_id = ${orgId}::uuid AND o.membership_id = ${membershipId}::uuid AND o.role = 'rep'
       AND o.territory_id = ANY (string_to_array(rtrim(t.path, '/'), '/')::uuid[])
       AND o.valid_from <= (h.to_at AT TIME ZONE org.time_zone)::date
       AND (o.valid_to IS NULL OR o.valid_to >= (h.to_at AT TIME ZONE org.time_zone)::date)
     WHERE h.org_id = ${orgId}::uuid AND h.account_id = ANY (${ids}::uuid[])
       AND h.to_at >= now() - make_interval(days => ${WORD_DAYS + 1}::int)`
  return new Set(rows.map(({ id }) => id))
}

/** An account that came to a place of a branch from another and was not visited since. */
export type Arrival = {
  readonly accountId: string
  readonly name: string
  readonly city: string | null
  readonly toName: string
  /** Null where the reader may not look. */
  readonly fromName: string | null
  /** YYYY-MM-DD */
  readonly since: string
}

/** Accounts that were given another home of late, in a branch, and wait for their first visit there: the last to come first. */
export function findArrivals(sdb: ScopedDb, branch: Path, limit: number): Promise<Arrival[]> {
  const { tx, scope } = sdb
  const org = Prisma.sql`${scope.orgId}::uuid`
  return tx.$queryRaw<Arrival[]>`
    SELECT a.id AS "accountId", a.name, a.city, t.name AS "toName", to_char(came.day, 'YYYY-MM-DD') AS since,
           CASE WHEN ${withinBranches(sdb, 'account.read', Prisma.sql`p.path`)} THEN p.name END AS "fromName"
      FROM territory t
      JOIN organisation org ON org.id = ${org}
      JOIN account_home h ON h.org_id = ${org} AND h.territory_id = t.id AND h.to_at IS NULL
       AND h.from_at >= ${addDays(scope.day, -HANDOVER_DAYS)}::date
      CROSS JOIN LATERAL (SELECT (h.from_at AT TIME ZONE org.time_zone)::date AS day) AS came
      JOIN account a ON a.org_id = ${org} AND a.id = h.account_id AND a.deleted_at IS NULL
       AND (a.last_visit_day IS NULL OR a.last_visit_day < came.day)
     CROSS JOIN LATERAL (
       SELECT e.territory_id FROM account_home e
        WHERE e.org_id = ${org} AND e.account_id = a.id AND e.to_at IS NOT NULL ORDER BY e.to_at DESC LIMIT 1) AS home
      JOIN territory p ON p.org_id = ${org} AND p.id = home.territory_id
     WHERE t.org_id = ${org} AND ${withinBranch(branch, Prisma.sql`t.path`)}
     ORDER BY h.from_at DESC, a.id
     LIMIT ${limit}`
}

/** What the reader wants to pass on himself. */
export const findOwnNotes = ({ tx, scope }: ScopedSql, limit: number): Promise<Handovers['own']> =>
  tx.$queryRaw<{ accountId: string; text: string }[]>`
    SELECT n.account_id AS "accountId", n.text FROM handover_note n
     WHERE n.org_id = ${scope.orgId}::uuid AND n.author_id = ${scope.membershipId}::uuid AND n.text <> ''
     ORDER BY n.written_at DESC LIMIT ${limit}`

type Author = { readonly orgId: string; readonly membershipId: string }

/** What the author wants to pass on; nothing any more is kept as an empty text, which nobody is shown. */
export const handoverNoteWrite = (
  { orgId, membershipId }: Author,
  notes: readonly HandoverNoteState[],
): Prisma.Sql => Prisma.sql`
  INSERT INTO handover_note (org_id, account_id, author_id, text, written_at)
  SELECT ${orgId}::uuid, x."accountId", ${membershipId}::uuid, coalesce(x.text, ''), x.at
    FROM jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) AS x ("accountId" uuid, text text, at timestamptz)
   ORDER BY x."accountId"
  ON CONFLICT (org_id, account_id, author_id) DO UPDATE SET text = excluded.text, written_at = excluded.written_at`

export const dismissalWrite = (
  { orgId, membershipId }: Author,
  dismissals: readonly DismissalState[],
): Prisma.Sql => Prisma.sql`
  INSERT INTO handover_dismissal (org_id, account_id, membership_id, day)
  SELECT ${orgId}::uuid, x."accountId", ${membershipId}::uuid, x.day
    FROM jsonb_to_recordset(${JSON.stringify(dismissals)}::jsonb) AS x ("accountId" uuid, day date)
   ORDER BY x."accountId"
  ON CONFLICT (org_id, account_id, membership_id) DO UPDATE SET day = greatest(handover_dismissal.day, excluded.day)`
