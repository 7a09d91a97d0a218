import { addDays } from '@fieldback/domain/agenda/day'
import { dueVisits } from '@fieldback/domain/agenda/due-visits'
import { askedRhythms } from '@fieldback/domain/giveback/priority'
import { remindersOf } from '@fieldback/domain/giveback/reminder'
import { dueObjectives } from '@fieldback/domain/objective/due-objectives'
import { packRows } from '../data/block.ts'
import type { Foreseen, ForeseenDay } from '../data/databases.ts'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState, PhoneStore } from '../data/store.ts'
import { vaultOf } from '../data/vault.ts'
import { knownFields } from '../giveback/known-fields.ts'
import { ownObjectives } from '../objective/own-objectives.ts'

/** Over a long week-end; whoever comes back later than that waits for all rows to see what answers ask. */
const DAYS = 5
/** Visits of a day: those that Today shows at first, and as many as may be made before this is worked out again. */
const VISITS = 16

/**
 * What each of the next days begins with, as all that is on the phone tells it: the next opening draws its day before it has
 * read all that, and answers and objectives are not told by a few rows.
 */
async function foreseen(state: PhoneState, today: string): Promise<Foreseen> {
  const rows = heldRows(state)
  const callbacks = [...state.rows.callbacks.values()]
  const fields = knownFields(state.frame)
  const asked = askedRhythms(fields, rows)
  const objectives = ownObjectives(state)
  const days: Record<string, ForeseenDay> = {}
  for (let ahead = 0; ahead < DAYS; ahead++) {
    await breathe()
    const day = addDays(today, ahead)
    const reminders = remindersOf(fields, rows, { today: day, days: 0 })
    const wanted = dueObjectives(objectives, rows, day)
    const due = dueVisits(
      { accounts: rows.accounts, callbacks, reminders, asked, objectives: wanted },
      day,
    ).slice(0, VISITS)
    const ids = due.map(({ accountId }) => accountId)
    days[day] = {
      ids,
      asked: ids.flatMap((id) => {
        const rhythm = asked.get(id)
        return rhythm ? [[id, rhythm] as const] : []
      }),
      reminders: reminders.filter(({ accountId }) => ids.includes(accountId)),
    }
  }
  return days
}

/** Lets a tap through; a phone that is put away is not touched, and may be frozen any moment. */
const breathe = (): Promise<void> | undefined =>
  document.visibilityState === 'visible' ? new Promise((done) => setTimeout(done)) : undefined

/** Keeps it beside the rows, closed as they are on a phone with a code. What cannot be kept is worked out by the next opening. */
export async function foresee({ cache, getState }: PhoneStore, today: string): Promise<void> {
  const state = getState()
  if (!state.whole || !state.complete) return
  const block = packRows([await foreseen(state, today)])
  const vault = vaultOf(cache)
  await cache.put('meta', vault ? await vault.closeBlock(block, 'days') : block, 'days').catch(() => {})
}
