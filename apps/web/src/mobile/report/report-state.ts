import { stillMissing } from '@fieldback/domain/report/still-missing'
import type { ReportRow } from '@fieldback/domain/sync/pull'
import { pathIds } from '@fieldback/domain/territory/path'
import type { OutboxItem } from '../data/outbox-item.ts'
import type { PhoneState } from '../data/store.ts'

const known = new WeakMap<readonly OutboxItem[], Map<string, OutboxItem[]>>()

/** What was done to a report here, in order: gathered once a change, since weeks of work are kept. */
function itemsOf({ outbox }: PhoneState, reportId: string): readonly OutboxItem[] {
  let byEntity = known.get(outbox)
  if (!byEntity) {
    byEntity = new Map()
    for (const item of outbox) {
      const before = byEntity.get(item.operation.entityId)
      if (before) before.push(item)
      else byEntity.set(item.operation.entityId, [item])
    }
    known.set(outbox, byEntity)
  }
  return byEntity.get(reportId) ?? []
}

export type ReportState = 'phone' | 'accepted' | 'to_complete' | 'aside' | 'withdrawn'

/** Where a report stands, in the words of the outbox; what waits on the phone says so before anything else. */
export function reportState(state: PhoneState, report: ReportRow): ReportState {
  const items = itemsOf(state, report.id)
  if (items.some((item) => item.state === 'phone')) return 'phone'
  const last = items.at(-1)
  if (last?.state === 'aside') return 'aside'
  const told = last?.answer?.status === 'applied' && last.answer.version > report.version ? last.answer : null
  const status = told?.reportStatus ?? report.status
  if (status === 'withdrawn') return 'withdrawn'
  return status === 'to_complete' && missingOf(state, report).length > 0 ? 'to_complete' : 'accepted'
}

/** Fields that are still asked: by the server's last word on it, less what was retired or is required no more since. */
export function missingOf(state: PhoneState, report: ReportRow): readonly string[] {
  const told = itemsOf(state, report.id).at(-1)?.answer
  const missing =
    told?.status === 'applied' && told.version > report.version ? (told.missing ?? []) : report.missing
  const { fields, pastFields, territories } = state.frame
  const home = state.rows.accounts.get(report.accountId)?.territoryId
  const path = pathIds(territories.find(({ id }) => id === home)?.path ?? '')
  const asked = stillMissing(missing, fields, path)
  // One that this phone has not heard of yet is asked.
  return missing.filter(
    (id) => asked.includes(id) || ![...fields, ...pastFields].some((one) => one.id === id),
  )
}
