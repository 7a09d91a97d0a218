import type { Operation } from '@fieldback/domain/sync/operation'
import type { NoteState } from '@fieldback/domain/sync/state'
import { isoInstant } from '../contest/pushed-contests.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'

/** Locks the notes that a batch answers; no statement for a batch that answers none, which is nearly every one. */
export async function lockNotes(
  sql: OrgSql,
  orgId: string,
  operations: readonly Operation[],
): Promise<NoteState[]> {
  const ids = operations.filter(({ kind }) => kind === 'coaching.answer').map(({ entityId }) => entityId)
  if (ids.length === 0) return []
  return sql.$queryRaw<NoteState[]>`
    SELECT n.id, n.member_id AS "memberId", n.mark, n.answers, ${isoInstant('n.changed_at')} AS "changedAt", n.version FROM coaching_note n
     WHERE n.org_id = ${orgId}::uuid AND n.id = ANY (${[...new Set(ids)]}::uuid[])
     ORDER BY n.id FOR NO KEY UPDATE OF n`
}

/** What a batch made of notes; null when nothing. */
export function noteWrite(orgId: string, notes: ReadonlyMap<string, NoteState>): Prisma.Sql | null {
  if (notes.size === 0) return null
  return Prisma.sql`
    UPDATE coaching_note n SET mark = x.mark, answers = x.answers, version = x.version, changed_at = x."changedAt"
      FROM jsonb_to_recordset(${JSON.stringify([...notes.values()])}::jsonb)
        AS x (id uuid, mark text, answers jsonb, version int, "changedAt" timestamptz)
     WHERE n.org_id = ${orgId}::uuid AND n.id = x.id`
}
