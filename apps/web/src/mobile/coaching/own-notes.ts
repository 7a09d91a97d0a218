import { type CoachingLine, furtherMark } from '@fieldback/domain/coaching/note'
import type { CoachingNoteRow } from '@fieldback/domain/sync/pull'
import type { PhoneState } from '../data/store.ts'

export type OwnNote = Omit<CoachingNoteRow, 'answers'> & {
  /** `phone`: waits here for the network; `aside`: kept whole, and not taken. */
  readonly answers: readonly (CoachingLine & { readonly standing: 'phone' | 'accepted' | 'aside' })[]
}

/**
 * What was written to the reader: what the server sent, with what he made of it here on top. What it took since it sent
 * them stays on top until it sends them again.
 */
export function ownNotes({ pack, outbox }: Pick<PhoneState, 'pack' | 'outbox'>): OwnNote[] {
  const notes = new Map(
    (pack.notes ?? []).map((note): [string, OwnNote] => [
      note.id,
      { ...note, answers: note.answers.map((line) => ({ ...line, standing: 'accepted' })) },
    ]),
  )
  for (const { operation, state, savedAt, answeredAt } of outbox) {
    if (operation.kind !== 'coaching.answer') continue
    const note = notes.get(operation.entityId)
    const told = state === 'accepted' && (answeredAt ?? '') <= pack.asOf
    if (!note || told) continue
    const { text, mark } = operation.body
    notes.set(note.id, {
      ...note,
      mark: state === 'aside' ? note.mark : furtherMark(note.mark, mark),
      answers: text ? [...note.answers, { text, at: savedAt, standing: state }] : note.answers,
    })
  }
  return [...notes.values()]
}

/** Whether a note still waits for its reader. */
export const isWaiting = ({ mark, withdrawnAt }: OwnNote): boolean => mark === null && withdrawnAt === null
