import type { CoachingLine, CoachingMark, CoachingSubject } from '@fieldback/domain/coaching/note'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Localised } from '@fieldback/domain/field/field-spec'
import type { CoachingNoteRow } from '@fieldback/domain/sync/pull'
import type { Path } from '@fieldback/domain/territory/path'
import { isoInstant } from '../contest/pushed-contests.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, type ScopedSql, withinBranch, withinBranches } from '../scoped-db.ts'

const ABOUT_JSON = Prisma.sql`CASE WHEN n.account_id IS NOT NULL THEN json_build_object('kind', 'account', 'id', n.account_id)
  WHEN n.report_id IS NOT NULL THEN json_build_object('kind', 'report', 'id', n.report_id)
  WHEN n.field_id IS NOT NULL THEN json_build_object('kind', 'field', 'id', n.field_id) END`

const NOTE_JSON = Prisma.sql`json_build_object('id', n.id, 'about', ${ABOUT_JSON}, 'text', n.text, 'earlier', n.earlier, 'mark', n.mark,
  'answers', n.answers, 'writtenAt', ${isoInstant('n.written_at')}, 'withdrawnAt', ${isoInstant('n.withdrawn_at')})`

/** What was written to the reader himself and changed since an instant, or waits for him, the last first. */
export async function notesToReader(
  { tx, scope }: ScopedSql,
  since: Date,
  limit: number,
): Promise<CoachingNoteRow[]> {
  const rows = await tx.$queryRaw<{ row: CoachingNoteRow }[]>`
    SELECT ${NOTE_JSON}::jsonb || jsonb_build_object('authorName', m.display_name) AS row
      FROM coaching_note n JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = n.author_id
     WHERE n.org_id = ${scope.orgId}::uuid AND n.member_id = ${scope.membershipId}::uuid AND n.changed_at >= ${since}
     ORDER BY n.changed_at DESC, n.id LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

/** Whether something was written to the reader since an instant, or changed. */
export async function hasNoteSince({ tx, scope }: ScopedSql, since: Date): Promise<boolean> {
  const rows = await tx.$queryRaw<{ one: number }[]>`
    SELECT 1 AS one FROM coaching_note
     WHERE org_id = ${scope.orgId}::uuid AND member_id = ${scope.membershipId}::uuid AND changed_at > ${since} LIMIT 1`
  return rows.length > 0
}

/** A note as the managers of its branch read it. `accountName` and `fieldLabel`: what it is about, where the reader may read that. */
export type BranchNote = CoachingNoteRow & {
  readonly authorId: string
  readonly memberName: string
  readonly place: string
  readonly accountName: string | null
  readonly fieldLabel: Localised | null
}

/** Notes written to the reps of a branch, the last first. */
export async function notesOfBranch(sdb: ScopedDb, branch: Path, limit: number): Promise<BranchNote[]> {
  const { tx, scope } = sdb
  const org = Prisma.sql`${scope.orgId}::uuid`
  const rows = await tx.$queryRaw<{ row: BranchNote }[]>`
    WITH written AS MATERIALIZED (
      SELECT n.*, t.name AS place FROM territory t JOIN coaching_note n ON n.org_id = ${org} AND n.territory_id = t.id
       WHERE t.org_id = ${org} AND ${withinBranch(branch, Prisma.sql`t.path`)}
       ORDER BY n.written_at DESC, n.id LIMIT ${limit})
    SELECT ${NOTE_JSON}::jsonb || jsonb_build_object('authorName', w.display_name, 'authorId', n.author_id, 'memberName', m.display_name,
             'place', n.place, 'accountName', h.name, 'fieldLabel', v.spec -> 'label') AS row
      FROM written n
      JOIN membership m ON m.org_id = ${org} AND m.id = n.member_id
      JOIN membership w ON w.org_id = ${org} AND w.id = n.author_id
      LEFT JOIN report r ON r.org_id = ${org} AND r.id = n.report_id
      LEFT JOIN LATERAL (
        SELECT a.name FROM account a JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id
         WHERE a.org_id = ${org} AND a.id = coalesce(n.account_id, r.account_id)
           AND ${withinBranches(sdb, 'account.read', Prisma.sql`t.path`)}) h ON true
      LEFT JOIN field_definition d ON d.org_id = ${org} AND d.id = n.field_id
      LEFT JOIN field_version v ON v.org_id = ${org} AND v.field_id = d.id AND v.version = d.current_version
     ORDER BY n.written_at DESC, n.id`
  return rows.map(({ row }) => row)
}

export type NewNote = {
  readonly id: string
  readonly memberId: string
  readonly territoryId: string
  readonly about: CoachingSubject | null
  readonly text: string
  readonly at: Date
}

export async function insertNote({ tx, scope }: ScopedDb, note: NewNote): Promise<void> {
  const of = (kind: CoachingSubject['kind']) => (note.about?.kind === kind ? note.about.id : null)
  await tx.$executeRaw`
    INSERT INTO coaching_note (org_id, id, member_id, author_id, territory_id, account_id, report_id, field_id, text, written_at, worded_at, changed_at)
    VALUES (${scope.orgId}::uuid, ${note.id}::uuid, ${note.memberId}::uuid, ${scope.membershipId}::uuid, ${note.territoryId}::uuid,
            ${of('account')}::uuid, ${of('report')}::uuid, ${of('field')}::uuid, ${note.text}, ${note.at}, ${note.at}, ${note.at})`
}

/** A note locked for a change, with the path of its place. */
export type HeldNote = {
  readonly id: string
  readonly authorId: string
  readonly memberId: string
  readonly territoryId: string
  readonly path: Path
  readonly text: string
  readonly earlier: readonly CoachingLine[]
  readonly mark: CoachingMark | null
  readonly withdrawn: boolean
}

/** NOT_FOUND when the organisation has none of this id. */
export async function lockNote({ tx, scope }: ScopedDb, id: string): Promise<HeldNote> {
  const rows = await tx.$queryRaw<HeldNote[]>`
    SELECT n.id, n.author_id AS "authorId", n.member_id AS "memberId", n.territory_id AS "territoryId", t.path, n.text, n.earlier, n.mark,
           n.withdrawn_at IS NOT NULL AS withdrawn
      FROM coaching_note n JOIN territory t ON t.org_id = n.org_id AND t.id = n.territory_id
     WHERE n.org_id = ${scope.orgId}::uuid AND n.id = ${id}::uuid FOR NO KEY UPDATE OF n`
  const note = rows[0]
  if (!note) throw new FieldbackError('NOT_FOUND', { what: 'note' })
  return note
}

/** Says it otherwise: what it said before is kept, and the rep has it to read again. */
export async function rewordNote(
  { tx, scope }: ScopedDb,
  { id, text, at }: { readonly id: string; readonly text: string; readonly at: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE coaching_note SET earlier = earlier || jsonb_build_array(jsonb_build_object('text', text, 'at', ${isoInstant('worded_at')})),
           text = ${text}, worded_at = ${at}, changed_at = ${at}, mark = NULL, version = version + 1
     WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

export async function withdrawNote({ tx, scope }: ScopedDb, id: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE coaching_note SET withdrawn_at = ${at}, changed_at = ${at}, version = version + 1
     WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid AND withdrawn_at IS NULL`
}

/** Where something stands that a note is to be about; `authorId`: who wrote a report. NOT_FOUND. */
export async function placeOfSubject(
  { tx, scope }: ScopedDb,
  { kind, id }: CoachingSubject,
): Promise<{ readonly path: Path; readonly authorId: string | null }> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const from = {
    account: Prisma.sql`SELECT t.path, NULL::uuid AS "authorId" FROM account s JOIN territory t ON t.org_id = ${org} AND t.id = s.territory_id
      WHERE s.org_id = ${org} AND s.id = ${id}::uuid AND s.deleted_at IS NULL`,
    report: Prisma.sql`SELECT t.path, s.author_id AS "authorId" FROM report s JOIN account a ON a.org_id = ${org} AND a.id = s.account_id
      JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id WHERE s.org_id = ${org} AND s.id = ${id}::uuid`,
    field: Prisma.sql`SELECT t.path, NULL::uuid AS "authorId" FROM field_definition s JOIN territory t ON t.org_id = ${org} AND t.id = s.territory_id
      WHERE s.org_id = ${org} AND s.id = ${id}::uuid`,
  }[kind]
  const rows = await tx.$queryRaw<{ path: Path; authorId: string | null }[]>`${from}`
  const place = rows[0]
  if (!place) throw new FieldbackError('NOT_FOUND', { what: kind })
  return place
}
