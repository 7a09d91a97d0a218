import { holdersOf } from '@fieldback/db/assignment/assignment.repo'
import { type BranchNote, notesOfBranch } from '@fieldback/db/coaching/coaching.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'

export type ToldNote = Omit<BranchNote, 'authorId'> & {
  /** The reader wrote it. */
  readonly own: boolean
}

export type BranchNotes = {
  readonly notes: readonly ToldNote[]
  /** Older ones are not told. */
  readonly more: boolean
  /** To whom one may write, by name. */
  readonly reps: readonly { readonly id: string; readonly name: string }[]
}

const NOTES_MOST = 50
const REPS_MOST = 500

/** What was written to the reps of a branch, by whoever writes there; each of them reads all of his own. */
export async function listNotes(sdb: ScopedDb, territoryId: string): Promise<BranchNotes> {
  const territory = await requireTerritory(sdb, 'coaching.write', territoryId)
  const notes = await notesOfBranch(sdb, territory.path, NOTES_MOST + 1)
  const holders = await holdersOf(sdb, territory.path, ['rep'])
  const reps = new Map(holders.map(({ membershipId, displayName }) => [membershipId, displayName]))
  reps.delete(sdb.scope.membershipId)
  return {
    notes: notes
      .slice(0, NOTES_MOST)
      .map(({ authorId, ...note }) => ({ ...note, own: authorId === sdb.scope.membershipId })),
    more: notes.length > NOTES_MOST,
    reps: [...reps].map(([id, name]) => ({ id, name })).slice(0, REPS_MOST),
  }
}
