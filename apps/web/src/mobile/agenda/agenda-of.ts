import { callbacksDue, type DueVisit, dueVisits } from '@fieldback/domain/agenda/due-visits'
import { askedRhythms } from '@fieldback/domain/giveback/priority'
import { type Reminder, remindersOf } from '@fieldback/domain/giveback/reminder'
import { dueObjectives } from '@fieldback/domain/objective/due-objectives'
import type { ToldObjective } from '@fieldback/domain/objective/objective'
import type { CallbackRow } from '@fieldback/domain/sync/pull'
import type { CacheRows } from '../data/cache.ts'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState } from '../data/store.ts'
import { knownFields } from '../giveback/known-fields.ts'
import { ownObjectives } from '../objective/own-objectives.ts'

export type PhoneAgenda = {
  readonly due: readonly DueVisit[]
  /** The reader's own and those of whom he stands in for, as the server tells no others: due today or before. */
  readonly callbacks: readonly CallbackRow[]
  readonly reminders: readonly Reminder[]
}

type Made = {
  readonly today: string
  readonly objectives: readonly ToldObjective[]
  readonly agenda: PhoneAgenda
}
const made = new WeakMap<CacheRows, Made>()

/** What the day asks of this person, from what the phone holds; worked out once a change of it. */
export function agendaOf(state: PhoneState, today: string): PhoneAgenda {
  const known = made.get(state.rows)
  const objectives = ownObjectives(state)
  if (known?.today === today && known.objectives === objectives) return known.agenda
  const rows = heldRows(state)
  const callbacks = [...state.rows.callbacks.values()]
  const fields = knownFields(state.frame)
  const { foreseen } = state
  // The day's rows alone do not tell what reports answered.
  const reminders = [...(foreseen?.reminders ?? []), ...remindersOf(fields, rows, { today, days: 0 })]
  const asked = new Map([...askedRhythms(fields, rows), ...(foreseen?.asked ?? [])])
  const wanted = dueObjectives(objectives, rows, today)
  const agenda = {
    due: dueVisits({ accounts: rows.accounts, callbacks, reminders, asked, objectives: wanted }, today),
    callbacks: callbacksDue(callbacks, today),
    reminders,
  }
  made.set(state.rows, { today, objectives, agenda })
  return agenda
}
