import { callbacksDue, type DueVisit, dueVisits } from '@fieldback/domain/agenda/due-visits'
import { type Reminder, remindersOf } from '@fieldback/domain/giveback/reminder'
import type { CallbackRow } from '@fieldback/domain/sync/pull'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState } from '../data/store.ts'
import { knownFields } from '../giveback/known-fields.ts'

export type PhoneAgenda = {
  readonly due: readonly DueVisit[]
  /** The reader's own, due today or before. */
  readonly callbacks: readonly CallbackRow[]
  readonly reminders: readonly Reminder[]
}

/** What the day asks of this person, from what the phone holds. */
export function agendaOf(state: PhoneState, today: string): PhoneAgenda {
  const rows = heldRows(state)
  const callbacks = [...state.rows.callbacks.values()].filter(
    ({ assigneeId }) => assigneeId === state.identity.membershipId,
  )
  const reminders = remindersOf(knownFields(state.frame), rows, { today, days: 0 })
  return {
    due: dueVisits({ accounts: rows.accounts, callbacks, reminders }, today),
    callbacks: callbacksDue(callbacks, today),
    reminders,
  }
}
