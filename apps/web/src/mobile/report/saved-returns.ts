import { chooseReturn, type SaveReturn } from '@fieldback/domain/giveback/on-save'
import { opinionIn } from '@fieldback/domain/giveback/opinion'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState } from '../data/store.ts'
import { followedOn } from '../giveback/followed.ts'
import { ownOpinions } from '../giveback/own-opinions.ts'
import type { Reached } from '../giveback/record.ts'
import { allFieldsAt, todayHere } from '../phone.tsx'

/** What this phone held before the last save, until what that gives back is computed. */
let last: { readonly reportId: string; readonly before: PhoneState } | null = null
const kept = new Map<string, SaveReturn | null>()

/** What a report gives back: computed from what this phone held before the save and holds after it. */
function returnOf(before: PhoneState, after: PhoneState, reportId: string): SaveReturn | null {
  const report = after.rows.reports.get(reportId)
  const account = report && after.rows.accounts.get(report.accountId)
  if (!report || !account) return null
  return chooseReturn({
    report,
    account,
    contact: (report.contactId && after.rows.contacts.get(report.contactId)) || null,
    fields: allFieldsAt(after, account.territoryId),
    localRows: heldRows(before),
    pack: after.pack,
    mine: after.territoryIds,
    today: todayHere(),
    opinion: opinionIn(ownOpinions(after)),
  })
}

/** Notes what was held when a report was saved; what it gives back is computed once it is said to be kept. */
export const keepBefore = (reportId: string, before: PhoneState): void => {
  last = { reportId, before }
  kept.delete(reportId)
}

/** The return shown after a save; after a reload it is computed again, as if the report had just been added. */
export function returnFor(state: PhoneState, reportId: string): SaveReturn | null {
  if (last?.reportId === reportId) kept.set(reportId, returnOf(last.before, state, reportId))
  const held = kept.get(reportId)
  if (held) return held
  const reports = new Map(state.rows.reports)
  reports.delete(reportId)
  return returnOf({ ...state, rows: { ...state.rows, reports } }, state, reportId)
}

/** Reminders that a report just saved follows, told once. */
export function followedBy(state: PhoneState, reportId: string): Reached[] {
  const report = state.rows.reports.get(reportId)
  if (last?.reportId !== reportId || !report) return []
  const { before } = last
  last = null
  return followedOn(before, report.accountId)
}
