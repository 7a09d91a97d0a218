import { type Answer, isEmpty } from '../field/answer.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { AccountRow, ContactRow, ReportRow } from '../sync/pull.ts'
import type { LocalRows } from './local-rows.ts'
import { indexOf, isNewer, stands } from './rows-index.ts'

/** Somebody or something a question is asked about, with its present answer. */
export type Holder = {
  readonly account: AccountRow
  /** Set for contact fields. */
  readonly contact: ContactRow | null
  /** The report that said it, for report fields. */
  readonly reportId: string | null
  readonly answer: Answer | undefined
}

/**
 * Everybody a question is asked about: each account; each contact of one; for a report field each account with what
 * its newest report that answers said. An answer that is empty is none.
 */
export function holdersOf(field: EffectiveField, rows: LocalRows): Holder[] {
  const accounts = indexOf(rows).accountsOf(field.owner.id)
  const given = (answer: Answer | undefined) => (isEmpty(answer?.x) ? undefined : answer)
  if (field.entity === 'contact') {
    return rows.contacts.flatMap((contact) => {
      const account = accounts.get(contact.accountId)
      return account ? [{ account, contact, reportId: null, answer: given(contact.values[field.id]) }] : []
    })
  }
  const said = field.entity === 'report' ? newestReports(field.id, rows.reports) : null
  return [...accounts.values()].map((account) => {
    const report = said?.get(account.id)
    const values = said ? report?.values : account.values
    return { account, contact: null, reportId: report?.id ?? null, answer: given(values?.[field.id]) }
  })
}

/** The newest standing report of each account that answers a question. */
function newestReports(fieldId: string, reports: readonly ReportRow[]): Map<string, ReportRow> {
  const newest = new Map<string, ReportRow>()
  for (const report of reports) {
    if (isEmpty(report.values[fieldId]?.x) || !stands(report)) continue
    if (isNewer(report, newest.get(report.accountId))) newest.set(report.accountId, report)
  }
  return newest
}
