import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { chooseReturn, type SaveReturn } from '@fieldback/domain/giveback/on-save'
import { opinionIn } from '@fieldback/domain/giveback/opinion'
import { countedBefore } from '@fieldback/domain/giveback/return-candidates'
import { toldIn } from '@fieldback/domain/giveback/told-before'
import type { AccountRow, Frame } from '@fieldback/domain/sync/pull'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState } from '../data/store.ts'
import { followedOn } from '../giveback/followed.ts'
import { ownOpinions } from '../giveback/own-opinions.ts'
import type { Reached } from '../giveback/record.ts'
import { readTold } from '../giveback/told-lately.ts'
import { fieldsAcross, todayHere } from '../phone.tsx'

/** What this phone held before the last save, until what that gives back is computed. */
let last: { readonly reportId: string; readonly before: PhoneState } | null = null
const kept = new Map<string, SaveReturn | null>()

/** The questions of a home as they were last asked for: what is counted for them beforehand is found again by them. */
let asked: {
  readonly frame: Frame
  readonly home: string
  readonly fields: readonly EffectiveField[]
} | null = null

function fieldsOf({ frame }: Pick<PhoneState, 'frame'>, home: string): readonly EffectiveField[] {
  if (asked?.frame !== frame || asked.home !== home)
    asked = { frame, home, fields: fieldsAcross(frame, home) }
  return asked.fields
}

/** While a form is filled in: what its report will be set beside, a question at a time. */
export const prepareReturn = (state: PhoneState, account: AccountRow): Generator<void> =>
  countedBefore({
    fields: fieldsOf(state, account.territoryId),
    localRows: heldRows(state),
    account,
    today: todayHere(),
  })

/** What a report gives back: computed from what this phone held before the save and holds after it. */
function returnOf(before: PhoneState, after: PhoneState, reportId: string): SaveReturn | null {
  const report = after.rows.reports.get(reportId)
  const account = report && after.rows.accounts.get(report.accountId)
  if (!report || !account) return null
  return chooseReturn({
    report,
    account,
    contact: (report.contactId && after.rows.contacts.get(report.contactId)) || null,
    fields: fieldsOf(after, account.territoryId),
    localRows: heldRows(before),
    pack: after.pack,
    mine: after.territoryIds,
    today: todayHere(),
    opinion: opinionIn(ownOpinions(after)),
    toldAt: toldIn(readTold(after.identity.membershipId), todayHere(), reportId),
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
