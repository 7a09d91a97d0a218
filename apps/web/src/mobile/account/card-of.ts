import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { type Badge, badgesOf } from '@fieldback/domain/giveback/badge'
import { rowsOfAccount } from '@fieldback/domain/giveback/local-rows'
import { type AskedRhythm, askedRhythms } from '@fieldback/domain/giveback/priority'
import { type Reminder, remindersOf } from '@fieldback/domain/giveback/reminder'
import type { AccountRow, CallbackRow, ContactRow, ReportRow } from '@fieldback/domain/sync/pull'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState } from '../data/store.ts'
import { allFieldsAt, pathTo } from '../phone.tsx'

/** All that the phone holds of one account. */
export type AccountCard = {
  readonly account: AccountRow
  /** Root to home. */
  readonly path: readonly PathNode[]
  readonly fields: readonly EffectiveField[]
  readonly contacts: readonly ContactRow[]
  /** Newest first; withdrawn ones keep their place, marked. */
  readonly reports: readonly ReportRow[]
  /** Not done yet, soonest first. */
  readonly callbacks: readonly CallbackRow[]
  readonly badges: readonly Badge[]
  readonly reminders: readonly Reminder[]
  /** How often its answers want it visited; null when none asks. */
  readonly asked: AskedRhythm | null
}

/** Reminders are worth knowing before going in from here on. */
const REMINDED_DAYS = 60

export function cardOf(state: PhoneState, accountId: string, today: string): AccountCard | null {
  const account = state.rows.accounts.get(accountId)
  if (!account) return null
  const rows = rowsOfAccount(heldRows(state), accountId)
  const fields = allFieldsAt(state, account.territoryId)
  const reports = [...rows.reports].sort((a, b) =>
    a.day === b.day ? (a.id < b.id ? 1 : -1) : a.day < b.day ? 1 : -1,
  )
  return {
    account,
    path: pathTo(state, account.territoryId),
    fields,
    contacts: rows.contacts,
    reports,
    callbacks: [...state.rows.callbacks.values()]
      .filter((callback) => callback.accountId === accountId && !callback.done)
      .sort((a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : a.id < b.id ? -1 : 1)),
    badges: badgesOf(fields, { account, contacts: rows.contacts, reports, past: rows.past }, today),
    reminders: remindersOf(fields, rows, { today, days: REMINDED_DAYS }),
    asked: askedRhythms(fields, rows).get(accountId) ?? null,
  }
}
