import type { ReportRow } from '@fieldback/domain/sync/pull'
import type { PhoneState } from '../data/store.ts'

export type ReportState = 'phone' | 'accepted' | 'to_complete' | 'aside' | 'withdrawn'

/** Where a report stands, in the words of the outbox; what waits on the phone says so before anything else. */
export function reportState(state: PhoneState, report: ReportRow): ReportState {
  const items = state.outbox.filter((item) => item.operation.entityId === report.id)
  if (items.some((item) => item.state === 'phone')) return 'phone'
  const last = items.at(-1)
  if (last?.state === 'aside') return 'aside'
  const told = last?.answer?.status === 'applied' && last.answer.version > report.version ? last.answer : null
  const status = told?.reportStatus ?? report.status
  return status === 'withdrawn' ? 'withdrawn' : status === 'to_complete' ? 'to_complete' : 'accepted'
}

/** Fields that are still asked, by the server's last word. */
export function missingOf(state: PhoneState, report: ReportRow): readonly string[] {
  const told = state.outbox.filter((item) => item.operation.entityId === report.id).at(-1)?.answer
  return told?.status === 'applied' && told.version > report.version ? (told.missing ?? []) : report.missing
}
