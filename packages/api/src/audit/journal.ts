import { writeAudit } from '@fieldback/db/audit/audit.repo'
import {
  countJournal,
  type JournalFilter,
  type JournalPlace,
  nameSubjects,
  readJournal,
} from '@fieldback/db/audit/journal.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { type Change, changesIn } from '@fieldback/domain/audit/changes'
import { namedIds, type SubjectName, type Words, wordsOf } from '@fieldback/domain/audit/words'
import * as z from 'zod'

/** Lines of one file: about 3 MB. A longer journal is taken period by period. */
export const JOURNAL_EXPORT_MAX = 10_000

export type JournalLine = {
  readonly id: string
  /** ISO 8601 */
  readonly at: string
  /** Null for what the operator of the installation did. */
  readonly who: { readonly id: string; readonly name: string } | null
  /** noun.verb; one of domain/audit/actions.ts unless written by a later version. */
  readonly action: string
  readonly words: Words
  /** What stood before and stands now, where the line notes it. */
  readonly changes: readonly Change[]
  /** `open`: whether it still has a page to be looked at. */
  readonly subject: { readonly id: string; readonly kind: SubjectName['kind']; readonly open: boolean } | null
}

export type JournalPage = {
  readonly lines: readonly JournalLine[]
  readonly next: string | null
  /** Name of what `subjectId` filters by; null without that filter or when nobody knows it. */
  readonly about: SubjectName['name'] | null
}

export type JournalRequest = JournalFilter & { readonly cursor: string | null; readonly limit: number }

/** A page of the journal, the last line first. Names are those of today, so that a reader finds what is meant. */
export async function readPage(sdb: ScopedDb, request: JournalRequest): Promise<JournalPage> {
  const rows = await readJournal(sdb, request, {
    after: readCursor(request.cursor),
    limit: request.limit + 1,
  })
  const page = rows.slice(0, request.limit)
  const names = await nameSubjects(sdb, [
    ...namedIds(page),
    ...(request.subjectId ? [request.subjectId] : []),
  ])
  const last = page.at(-1)
  return {
    lines: page.map((row) => ({
      id: row.id,
      at: row.at,
      who: row.who,
      action: row.action,
      words: wordsOf(row, names),
      changes: changesIn(row.detail),
      subject: subjectOf(row.subjectId, names),
    })),
    next: rows.length > request.limit && last ? writeCursor(last) : null,
    about: request.subjectId === null ? null : (names.get(request.subjectId)?.name ?? null),
  }
}

function subjectOf(id: string | null, names: ReadonlyMap<string, SubjectName>): JournalLine['subject'] {
  const name = id === null ? undefined : names.get(id)
  return id === null || !name ? null : { id, kind: name.kind, open: name.open ?? true }
}

const cursorSchema = z.tuple([z.iso.datetime({ precision: 6 }), z.uuid()])

const writeCursor = ({ at, id }: JournalPlace): string =>
  Buffer.from(JSON.stringify([at, id])).toString('base64url')

/** A cursor that is not ours begins again at the end of the journal. */
function readCursor(cursor: string | null): JournalPlace | null {
  if (cursor === null) return null
  try {
    const parsed = cursorSchema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return parsed.success ? { at: parsed.data[0], id: parsed.data[1] } : null
  } catch {
    return null
  }
}

/** Taking the journal away is itself journalled: by what it was filtered, and how many lines go. */
export async function beginExport(
  sdb: ScopedDb,
  filter: JournalFilter,
  newId: () => string,
): Promise<{ readonly rows: number; readonly cut: boolean }> {
  const found = await countJournal(sdb, filter, JOURNAL_EXPORT_MAX + 1)
  const rows = Math.min(found, JOURNAL_EXPORT_MAX)
  const { membershipId, kind, subjectId, from, to } = filter
  await writeAudit(sdb, {
    id: newId(),
    action: 'audit.export',
    subjectId: null,
    detail: { rows, membershipId, of: kind, about: subjectId, from, to },
  })
  return { rows, cut: found > JOURNAL_EXPORT_MAX }
}
