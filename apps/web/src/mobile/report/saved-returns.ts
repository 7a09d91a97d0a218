import { chooseReturn, type SaveReturn } from '@fieldback/domain/giveback/on-save'
import { localRows, type PhoneState } from '../data/store.ts'
import { allFieldsAt, todayHere } from '../phone.tsx'

const kept = new Map<string, SaveReturn>()

/** What a report gives back: computed from what this phone held before the save and holds after it. */
export function returnOf(before: PhoneState, after: PhoneState, reportId: string): SaveReturn | null {
  const report = after.rows.reports.get(reportId)
  const account = report && after.rows.accounts.get(report.accountId)
  if (!report || !account) return null
  return chooseReturn({
    report,
    account,
    contact: (report.contactId && after.rows.contacts.get(report.contactId)) || null,
    fields: allFieldsAt(after, account.territoryId),
    localRows: localRows(before),
    pack: after.pack,
    mine: after.territoryIds,
    today: todayHere(),
  })
}

export function keepReturn(reportId: string, given: SaveReturn | null): void {
  if (given) kept.set(reportId, given)
}

/** The return shown after a save; after a reload it is computed again, as if the report had just been added. */
export function returnFor(state: PhoneState, reportId: string): SaveReturn | null {
  const held = kept.get(reportId)
  if (held) return held
  const reports = new Map(state.rows.reports)
  reports.delete(reportId)
  return returnOf({ ...state, rows: { ...state.rows, reports } }, state, reportId)
}
