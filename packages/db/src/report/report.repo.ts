import { withoutHidden } from '@fieldback/domain/access/visible-text'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Answers } from '@fieldback/domain/field/answer'
import type { FieldSetMembers } from '@fieldback/domain/field/field-set'
import type { ReportGround } from '@fieldback/domain/report/form-of-report'
import type { AskedThen } from '@fieldback/domain/report/read-report'
import type { Outcome, ReportKind, ReportStatus } from '@fieldback/domain/report/report'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranches } from '../scoped-db.ts'
import { definitionJson, TERRITORY_JSON } from '../sync/row-sql.ts'

/** One report with all that was said. Seconds spent stay with its author. */
export type ReportWhole = {
  readonly id: string
  readonly day: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly status: ReportStatus
  readonly note: string | null
  readonly values: Answers
  /** Ids of the questions it still lacks. */
  readonly missing: readonly string[]
  /** [id, version] of what its form was made of; empty when nobody kept it. */
  readonly form: FieldSetMembers
  /** ISO 8601 */
  readonly capturedAt: string
  readonly author: { readonly id: string; readonly name: string }
  readonly account: { readonly id: string; readonly name: string; readonly city: string | null }
  readonly contact: ContactSeen | null
  /** Where its account sits today: the right to the report is the right there. */
  readonly home: TerritoryRow
  /** Where its account sat when it was filed. */
  readonly filedAt: TerritoryRow
}

export type ContactSeen = {
  readonly id: string
  readonly name: string
  readonly jobTitle: string | null
  readonly phone: string | null
  readonly email: string | null
}

/** A report by its id, wherever it is: the caller checks the right at its `home`. null: the organisation has none. */
export async function findReport(
  { tx, scope }: ScopedDb,
  id: string,
  hidden: ReadonlySet<string>,
): Promise<ReportWhole | null> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const rows = await tx.$queryRaw<ReportWhole[]>`
    SELECT r.id, to_char(r.day, 'YYYY-MM-DD') AS day, r.kind, r.outcome, r.status, r.note, r."values", r.missing,
           coalesce(s.members, '[]') AS form,
           to_char(r.captured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "capturedAt",
           json_build_object('id', m.id, 'name', m.display_name) AS author,
           json_build_object('id', a.id, 'name', a.name, 'city', a.city) AS account,
           CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'name', trim(concat(c.first_name, ' ', c.last_name)),
             'jobTitle', c.job_title, 'phone', coalesce(c.phone, c.phone_raw), 'email', coalesce(c.email, c.email_raw)) END AS contact,
           (SELECT ${TERRITORY_JSON} FROM territory t WHERE t.org_id = ${org} AND t.id = a.territory_id) AS home,
           (SELECT ${TERRITORY_JSON} FROM territory t WHERE t.org_id = ${org} AND t.id = r.territory_id) AS "filedAt"
      FROM report r
      JOIN account a ON a.org_id = ${org} AND a.id = r.account_id
      JOIN membership m ON m.org_id = ${org} AND m.id = r.author_id
      LEFT JOIN contact c ON c.org_id = ${org} AND c.id = r.contact_id
      LEFT JOIN field_set s ON s.org_id = ${org} AND s.hash = r.field_set
     WHERE r.org_id = ${org} AND r.id = ${id}::uuid`
  const row = rows[0]
  return row ? { ...row, values: withoutHidden(row.values, hidden) } : null
}

/** What the conditions of a report's form hang on, whole: to be judged by, never shown. */
export async function reportGround({ tx, scope }: ScopedDb, id: string): Promise<ReportGround> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const rows = await tx.$queryRaw<ReportGround[]>`
    SELECT json_build_object('kind', r.kind, 'outcome', r.outcome, 'day', r.day, 'values', r."values") AS report,
           json_build_object('kind', a.kind, 'activity', a.activity, 'priority', a.priority,
             'lastVisitDay', a.last_visit_day, 'values', a."values") AS account,
           CASE WHEN c.id IS NOT NULL THEN json_build_object('values', c."values") END AS contact
      FROM report r
      JOIN account a ON a.org_id = ${org} AND a.id = r.account_id
      LEFT JOIN contact c ON c.org_id = ${org} AND c.id = r.contact_id
     WHERE r.org_id = ${org} AND r.id = ${id}::uuid`
  if (!rows[0]) throw new FieldbackError('NOT_FOUND', { what: 'report' })
  return rows[0]
}

/** Every version of some questions, retired ones too, from the root's down. */
export async function versionsOfFields(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
): Promise<AskedThen[]> {
  if (fieldIds.length === 0) return []
  return tx.$queryRaw<AskedThen[]>`
    SELECT ${definitionJson()} AS definition, d.current_version AS current, ${TERRITORY_JSON} AS owner
      FROM field_definition d
      JOIN field_version v ON v.org_id = ${scope.orgId}::uuid AND v.field_id = d.id
      JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = d.territory_id
     WHERE d.org_id = ${scope.orgId}::uuid AND d.id = ANY (${[...fieldIds]}::uuid[])
     ORDER BY t.rank, t.path, (v.spec ->> 'position')::int, d.id, v.version`
}

export type ReportChange = {
  readonly version: number
  /** ISO 8601, as the server received it. */
  readonly at: string
  readonly by: string
  readonly kind: string
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
}

/** Changes of one report that a screen shows: the last ones. */
const CHANGES_MAX = 200

/** What became of a report, the last change first: both sides of each, answers keyed "values.<fieldId>". */
export async function reportChanges({ tx, scope }: ScopedDb, reportId: string): Promise<ReportChange[]> {
  return tx.$queryRaw<ReportChange[]>`
    SELECT c.version, to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, m.display_name AS by, c.kind, c.before, c.after
      FROM change c JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = c.membership_id
     WHERE c.org_id = ${scope.orgId}::uuid AND c.entity = 'report' AND c.entity_id = ${reportId}::uuid
     ORDER BY c.version DESC LIMIT ${CHANGES_MAX}`
}

/** Names of accounts and contacts that answers point to, of those that the reader may read. */
export async function namesReferred(sdb: ScopedDb, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { tx, scope } = sdb
  const org = Prisma.sql`${scope.orgId}::uuid`
  const among = Prisma.sql`ANY (${[...ids]}::uuid[])`
  const mine = Prisma.sql`JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id AND ${withinBranches(sdb, 'account.read', Prisma.sql`t.path`)}`
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT a.id, a.name FROM account a ${mine} WHERE a.org_id = ${org} AND a.id = ${among} AND a.deleted_at IS NULL
    UNION ALL
    SELECT c.id, trim(concat(c.first_name, ' ', c.last_name)) FROM contact c
      JOIN account a ON a.org_id = ${org} AND a.id = c.account_id ${mine}
     WHERE c.org_id = ${org} AND c.id = ${among} AND c.deleted_at IS NULL`
  return new Map(rows.map(({ id, name }) => [id, name]))
}
