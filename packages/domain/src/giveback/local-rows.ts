import type { FieldDefinition } from '../field/field-spec.ts'
import type { AccountRow, ContactRow, ReportRow, TerritoryRow } from '../sync/pull.ts'
import { pathIds } from '../territory/path.ts'
import type { PathNode } from '../territory/path-node.ts'

/** What a reader holds: on the phone everything pulled plus what waits in the outbox; the server loads the same shape. */
export type LocalRows = {
  readonly territories: readonly TerritoryRow[]
  readonly accounts: readonly AccountRow[]
  readonly contacts: readonly ContactRow[]
  readonly reports: readonly ReportRow[]
  /** Older versions of the questions. */
  readonly past: readonly FieldDefinition[]
  /** The same in parts that share no account: what is counted over accounts is then the sum of what is counted of each. */
  readonly parts?: readonly LocalRows[]
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

const others = new WeakMap<LocalRows, { readonly accountId: string; readonly rows: LocalRows }>()

/** What is known of all accounts but one: the same rows as long as nobody asks for those without another. */
export function rowsWithout(rows: LocalRows, accountId: string): LocalRows {
  const known = others.get(rows)
  if (known?.accountId === accountId) return known.rows
  const without: LocalRows = {
    ...rows,
    accounts: rows.accounts.filter(({ id }) => id !== accountId),
    contacts: rows.contacts.filter((contact) => contact.accountId !== accountId),
    reports: rows.reports.filter((report) => report.accountId !== accountId),
  }
  others.set(rows, { accountId, rows: without })
  return without
}

/** Rows that share no account, together. */
export const together = (one: LocalRows, other: LocalRows): LocalRows => ({
  ...one,
  accounts: [...one.accounts, ...other.accounts],
  contacts: [...one.contacts, ...other.contacts],
  reports: [...one.reports, ...other.reports],
  parts: [one, other],
})
