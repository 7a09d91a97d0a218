import { callbacksDue, type DueVisit, dueVisits } from '@fieldback/domain/agenda/due-visits'
import { askedRhythms } from '@fieldback/domain/giveback/priority'
import { type Reminder, remindersOf } from '@fieldback/domain/giveback/reminder'
import type { CallbackRow } from '@fieldback/domain/sync/pull'
import type { CacheRows } from '../data/cache.ts'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState } from '../data/store.ts'
import { knownFields } from '../giveback/known-fields.ts'

export type PhoneAgenda = {
  readonly due: readonly DueVisit[]
  /** The reader's own and those of whom he stands in for, as the server tells no others: due today or before. */
  readonly callbacks: readonly CallbackRow[]
  readonly reminders: readonly Reminder[]
}

const made = new WeakMap<CacheRows, { readonly today: string; readonly agenda: PhoneAgenda }>()

/** What the day asks of this person, from what the phone holds; worked out once a change of it. */
export function agendaOf(state: PhoneState, today: string): PhoneAgenda {
  const known = made.get(state.rows)
  if (known?.today === today) return known.agenda
  const rows = heldRows(state)
  const callbacks = [...state.rows.callbacks.values()]
  const fields = knownFields(state.frame)
  const reminders = remindersOf(fields, rows, { today, days: 0 })
  const asked = askedRhythms(fields, rows)
  const agenda = {
    due: dueVisits({ accounts: rows.accounts, callbacks, reminders, asked }, today),
    callbacks: callbacksDue(callbacks, today),
    reminders,
  }
  made.set(state.rows, { today, agenda })
  return agenda
}
