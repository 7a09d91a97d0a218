import { holdersOf } from '@fieldback/db/assignment/assignment.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import {
  type HeldNote,
  insertNote,
  lockNote,
  placeOfSubject,
  rewordNote,
  withdrawNote,
} from '@fieldback/db/coaching/coaching.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import type { Permission } from '@fieldback/domain/access/permissions'
import { verdictAt } from '@fieldback/domain/access/scope'
import { COACHING_EDITS_MAX, type CoachingSubject } from '@fieldback/domain/coaching/note'
import { FieldbackError } from '@fieldback/domain/errors'
import { isWithin, type Path, pathIds } from '@fieldback/domain/territory/path'

type Runtime = { readonly now: () => Date; readonly newId: () => string }

export type NewNoteRequest = {
  readonly territoryId: string
  readonly memberId: string
  readonly about: CoachingSubject | null
  readonly text: string
}

/**
 * Writes to a rep of a branch. He is shown it at once, whole: there is no note that its rep does not read (ADR 043).
 * NOT_FOUND for somebody who is no rep there, and for what is not his; FORBIDDEN for what the writer may not read.
 */
export async function writeNote(
  sdb: ScopedDb,
  { territoryId, memberId, about, text }: NewNoteRequest,
  { now, newId }: Runtime,
): Promise<{ readonly id: string }> {
  const territory = await requireTerritory(sdb, 'coaching.write', territoryId)
  if (memberId === sdb.scope.membershipId) throw new FieldbackError('NOT_FOUND', { what: 'rep' })
  const holders = await holdersOf(sdb, territory.path, ['rep'])
  const held = holders.filter((holder) => holder.membershipId === memberId).map(({ path }) => path)
  const [first] = held
  if (first === undefined) throw new FieldbackError('NOT_FOUND', { what: 'rep' })
  const path = about ? await placeOfRep(sdb, about, { memberId, held }) : first
  const id = newId()
  const place = pathIds(path).at(-1) ?? territoryId
  await insertNote(sdb, { id, memberId, territoryId: place, about, text, at: now() })
  await writeAudit(sdb, {
    id: newId(),
    action: 'coaching.write',
    subjectId: id,
    detail: { membershipId: memberId, territoryId: place },
  })
  return { id }
}

const READ_BY: Readonly<Record<'account' | 'report', Permission>> = {
  account: 'account.read',
  report: 'report.read',
}

/** Which of the rep's places a note belongs to, by what it is about: his own account or report, or a question he is asked. */
async function placeOfRep(
  sdb: ScopedDb,
  about: CoachingSubject,
  { memberId, held }: { readonly memberId: string; readonly held: readonly Path[] },
): Promise<Path> {
  const { path, authorId } = await placeOfSubject(sdb, about)
  if (about.kind !== 'field') {
    const permission = READ_BY[about.kind]
    const verdict = verdictAt(sdb.scope, permission, path)
    if (!verdict.allowed) throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission })
  }
  const own = held.find((place) => isWithin(place, path) || (about.kind === 'field' && isWithin(path, place)))
  if (own === undefined || (about.kind === 'report' && authorId !== memberId))
    throw new FieldbackError('NOT_FOUND', { what: about.kind })
  return own
}

/** Says a note otherwise; the rep is told what it said before. NOT_FOUND, FORBIDDEN, CONFLICT once it was taken back. */
export async function editNote(
  sdb: ScopedDb,
  { noteId, text }: { readonly noteId: string; readonly text: string },
  { now, newId }: Runtime,
): Promise<void> {
  const note = await ownNote(sdb, noteId)
  if (note.withdrawn || note.earlier.length >= COACHING_EDITS_MAX) throw new FieldbackError('CONFLICT')
  if (note.text === text) return
  await rewordNote(sdb, { id: noteId, text, at: now() })
  await writeAudit(sdb, { id: newId(), action: 'coaching.edit', ...told(note) })
}

/** Takes a note back: it stays readable, marked as taken back, for what was said about somebody does not vanish. */
export async function takeBackNote(sdb: ScopedDb, noteId: string, { now, newId }: Runtime): Promise<void> {
  const note = await ownNote(sdb, noteId)
  if (note.withdrawn) return
  await withdrawNote(sdb, noteId, now())
  await writeAudit(sdb, { id: newId(), action: 'coaching.withdraw', ...told(note) })
}

const told = ({ id, memberId, territoryId }: HeldNote) => ({
  subjectId: id,
  detail: { membershipId: memberId, territoryId },
})

/** Only who wrote a note changes it, as long as he may write there. */
async function ownNote(sdb: ScopedDb, noteId: string): Promise<HeldNote> {
  const note = await lockNote(sdb, noteId)
  const permission = 'coaching.write'
  const verdict = verdictAt(sdb.scope, permission, note.path)
  if (!verdict.allowed) throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission })
  if (note.authorId !== sdb.scope.membershipId)
    throw new FieldbackError('FORBIDDEN', { reason: 'no_permission', permission })
  return note
}
