import type { AuditKind } from '@fieldback/domain/audit/actions'
import type { SubjectName } from '@fieldback/domain/audit/words'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'

export type JournalRow = {
  readonly id: string
  /** ISO 8601, to the microsecond: the cursor needs every digit. */
  readonly at: string
  readonly who: { readonly id: string; readonly name: string } | null
  readonly action: string
  readonly subjectId: string | null
  /** Without what takes a gesture back, which may name thousands of accounts. */
  readonly detail: Readonly<Record<string, unknown>>
}

/** `from` and `to` are days (YYYY-MM-DD, both included) in the organisation's time zone. */
export type JournalFilter = {
  readonly membershipId: string | null
  readonly kind: AuditKind | null
  readonly subjectId: string | null
  readonly from: string | null
  readonly to: string | null
}

export type JournalPlace = { readonly at: string; readonly id: string }

/** Lines of the journal from the last one back, those after `after` in that order. */
export async function readJournal(
  { tx, scope }: ScopedDb,
  filter: JournalFilter,
  { after, limit }: { readonly after: JournalPlace | null; readonly limit: number },
): Promise<JournalRow[]> {
  return tx.$queryRaw<JournalRow[]>`
    SELECT e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.action, e.subject_id AS "subjectId", e.detail - 'undo' AS detail,
           CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.display_name) END AS who
      FROM audit_event e
      LEFT JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = e.membership_id
     WHERE ${conditions(scope.orgId, filter)}
       ${after ? Prisma.sql`AND (e.at, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : Prisma.empty}
     ORDER BY e.at DESC, e.id DESC LIMIT ${limit}`
}

/** How many lines a filter keeps, no further than `limit`. */
export async function countJournal(
  { tx, scope }: ScopedDb,
  filter: JournalFilter,
  limit: number,
): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (
      SELECT 1 FROM audit_event e WHERE ${conditions(scope.orgId, filter)} LIMIT ${limit}) AS kept`
  return rows[0]?.n ?? 0
}

function conditions(orgId: string, { membershipId, kind, subjectId, from, to }: JournalFilter): Prisma.Sql {
  const zone = Prisma.sql`(SELECT time_zone FROM organisation WHERE id = ${orgId}::uuid)`
  return Prisma.join(
    [
      Prisma.sql`e.org_id = ${orgId}::uuid`,
      ...(membershipId ? [Prisma.sql`e.membership_id = ${membershipId}::uuid`] : []),
      ...(subjectId ? [Prisma.sql`e.subject_id = ${subjectId}::uuid`] : []),
      // "0" is the byte after "/", which comes after "."
      ...(kind ? [Prisma.sql`e.action >= ${`${kind}.`} AND e.action < ${`${kind}/`}`] : []),
      ...(from ? [Prisma.sql`e.at >= (${from}::date)::timestamp AT TIME ZONE ${zone}`] : []),
      ...(to ? [Prisma.sql`e.at < (${to}::date + 1)::timestamp AT TIME ZONE ${zone}`] : []),
    ],
    ' AND ',
  )
}

/** What ids of the journal stand for, closed territories and former members included. */
export async function nameSubjects(
  { tx, scope }: ScopedDb,
  ids: readonly string[],
): Promise<Map<string, SubjectName>> {
  if (ids.length === 0) return new Map()
  const org = Prisma.sql`${scope.orgId}::uuid`
  const among = Prisma.sql`ANY (${[...ids]}::uuid[])`
  const rows = await tx.$queryRaw<{ id: string; row: SubjectName }[]>`
    SELECT t.id, json_build_object('kind', 'territory', 'name', t.name, 'open', t.closed_at IS NULL) AS row FROM territory t WHERE t.org_id = ${org} AND t.id = ${among}
    UNION ALL SELECT m.id, json_build_object('kind', 'person', 'name', m.display_name) FROM membership m WHERE m.org_id = ${org} AND m.id = ${among}
    UNION ALL SELECT d.id, json_build_object('kind', 'device', 'name', d.label) FROM device d WHERE d.org_id = ${org} AND d.id = ${among}
    UNION ALL SELECT f.id, json_build_object('kind', 'field', 'name', v.spec -> 'label') FROM field_definition f
      JOIN field_version v ON v.org_id = ${org} AND v.field_id = f.id AND v.version = f.current_version
     WHERE f.org_id = ${org} AND f.id = ${among}
    UNION ALL SELECT a.id, json_build_object('kind', 'assignment', 'name', m.display_name, 'person', m.display_name, 'role', a.role, 'place', t.name)
      FROM assignment a JOIN membership m ON m.org_id = ${org} AND m.id = a.membership_id
      JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id
     WHERE a.org_id = ${org} AND a.id = ${among}
    UNION ALL SELECT i.id, json_build_object('kind', 'import', 'name', i.file_name) FROM file_import i WHERE i.org_id = ${org} AND i.id = ${among}
    UNION ALL SELECT o.id, json_build_object('kind', 'organisation', 'name', o.name) FROM organisation o WHERE o.id = ${org} AND o.id = ${among}`
  return new Map(rows.map(({ id, row }) => [id, row]))
}

/** People of whom the journal holds a line, by name; one step of the index each, however much each has done. */
export async function journalPeople(
  { tx, scope }: ScopedDb,
  limit: number,
): Promise<{ id: string; name: string }[]> {
  return tx.$queryRaw<{ id: string; name: string }[]>`
    WITH RECURSIVE seen (id) AS (
      (SELECT membership_id FROM audit_event WHERE org_id = ${scope.orgId}::uuid AND membership_id IS NOT NULL ORDER BY membership_id LIMIT 1)
      UNION ALL
      SELECT (SELECT e.membership_id FROM audit_event e WHERE e.org_id = ${scope.orgId}::uuid AND e.membership_id > s.id
               ORDER BY e.membership_id LIMIT 1) FROM seen s WHERE s.id IS NOT NULL)
    SELECT m.id, m.display_name AS name FROM (SELECT id FROM seen WHERE id IS NOT NULL LIMIT ${limit}) s
      JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = s.id
     ORDER BY m.display_name COLLATE "und-x-icu", m.id`
}
