import { type Answer, isEmpty } from '../field/answer.ts'
import type { FieldDefinition } from '../field/field-spec.ts'
import type { EffectiveField, PathNode } from '../field/resolve.ts'
import type { AccountRow, ContactRow, ReportRow, TerritoryRow } from '../sync/pull.ts'
import { pathIds } from '../territory/path.ts'
import { indexOf, isNewer, stands } from './rows-index.ts'

/** What a reader holds: on the phone everything pulled plus what waits in the outbox; the server loads the same shape. */
export type LocalRows = {
  readonly territories: readonly TerritoryRow[]
  readonly accounts: readonly AccountRow[]
  readonly contacts: readonly ContactRow[]
  readonly reports: readonly ReportRow[]
  /** Older versions of the questions. */
  readonly past: readonly FieldDefinition[]
}

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

/** Root to a territory, as far as the rows know it. */
export function pathTo(territoryId: string, territories: readonly TerritoryRow[]): PathNode[] {
  const byId = new Map(territories.map((territory) => [territory.id, territory]))
  return pathIds(byId.get(territoryId)?.path ?? '').flatMap((id) => {
    const node = byId.get(id)
    return node ? [{ id: node.id, name: node.name, rank: node.rank }] : []
  })
}

const replaced = <T extends { readonly id: string }>(list: readonly T[], row: T): T[] => [
  ...list.filter(({ id }) => id !== row.id),
  row,
]

/** Rows once a report and the records it touched are saved. */
export const withSaved = (
  rows: LocalRows,
  saved: { readonly report: ReportRow; readonly account: AccountRow; readonly contact: ContactRow | null },
): LocalRows => ({
  ...rows,
  reports: replaced(rows.reports, saved.report),
  accounts: replaced(rows.accounts, saved.account),
  contacts: saved.contact ? replaced(rows.contacts, saved.contact) : rows.contacts,
})

/** What is known of one account alone. */
export const rowsOfAccount = (rows: LocalRows, accountId: string): LocalRows => ({
  ...rows,
  accounts: rows.accounts.filter(({ id }) => id === accountId),
  contacts: rows.contacts.filter((contact) => contact.accountId === accountId),
  reports: rows.reports.filter((report) => report.accountId === accountId),
})
