import { type Answer, isEmpty } from '../field/answer.ts'
import { type DefinitionOf, definitionsAt } from '../field/definition-at.ts'
import type { FieldDefinition } from '../field/field-spec.ts'
import type { EffectiveField, PathNode } from '../field/resolve.ts'
import type { AccountRow, ContactRow, ReportRow, TerritoryRow } from '../sync/pull.ts'
import { isWithin, pathIds } from '../territory/path.ts'

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

/** Whether a report was said after another; of one day, the last made (ids grow with time). */
export const isNewer = (
  a: Pick<ReportRow, 'id' | 'day'>,
  b: Pick<ReportRow, 'id' | 'day'> | null | undefined,
): boolean => !b || a.day > b.day || (a.day === b.day && a.id > b.id)

export const stands = ({ status }: Pick<ReportRow, 'status'>): boolean => status !== 'withdrawn'

/** Accounts where a question is asked: those of its owner's branch. An owner out of sight excludes nobody. */
export function accountsAsked(field: EffectiveField, rows: LocalRows): AccountRow[] {
  const paths = new Map(rows.territories.map(({ id, path }) => [id, path]))
  const branch = paths.get(field.owner.id)
  if (branch === undefined) return [...rows.accounts]
  return rows.accounts.filter((account) => isWithin(branch, paths.get(account.territoryId) ?? ''))
}

/**
 * Everybody a question is asked about: each account; each contact of one; for a report field each account with what
 * its newest report that answers said. An answer that is empty is none.
 */
export function holdersOf(field: EffectiveField, rows: LocalRows): Holder[] {
  const accounts = accountsAsked(field, rows)
  const given = (answer: Answer | undefined) => (isEmpty(answer?.x) ? undefined : answer)
  if (field.entity === 'account') {
    return accounts.map((account) => ({
      account,
      contact: null,
      reportId: null,
      answer: given(account.values[field.id]),
    }))
  }
  if (field.entity === 'contact') {
    const byId = new Map(accounts.map((account) => [account.id, account]))
    return rows.contacts.flatMap((contact) => {
      const account = byId.get(contact.accountId)
      return account ? [{ account, contact, reportId: null, answer: given(contact.values[field.id]) }] : []
    })
  }
  const newest = new Map<string, ReportRow>()
  for (const report of rows.reports) {
    if (!stands(report) || !given(report.values[field.id])) continue
    if (isNewer(report, newest.get(report.accountId))) newest.set(report.accountId, report)
  }
  return accounts.map((account) => {
    const report = newest.get(account.id)
    return { account, contact: null, reportId: report?.id ?? null, answer: report?.values[field.id] }
  })
}

/** Finds the version an answer names, among the question's own and the past ones. */
export const versionsHere = (field: EffectiveField, rows: LocalRows): DefinitionOf =>
  definitionsAt([...rows.past, field])

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
