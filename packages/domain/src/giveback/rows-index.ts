import { type DefinitionOf, definitionsAt } from '../field/definition-at.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { AccountRow, ContactRow, ReportRow } from '../sync/pull.ts'
import { isWithin } from '../territory/path.ts'
import type { LocalRows } from './local-rows.ts'

/** Rows by what they are looked up by. */
export type RowsIndex = {
  /** Accounts where an owner's questions are asked: those of its branch; all of them when the owner is out of sight. */
  readonly accountsOf: (ownerId: string) => ReadonlyMap<string, AccountRow>
  /** Standing reports of those accounts, of the days after `since` until `until`. */
  readonly reportsOf: (ownerId: string, since: string, until: string) => readonly ReportRow[]
  readonly contacts: ReadonlyMap<string, ContactRow>
  readonly pastOf: DefinitionOf
}

const indexes = new WeakMap<LocalRows, RowsIndex>()

/** Made once per rows: a save asks some forty questions of five thousand accounts, and must answer at once. */
export function indexOf(rows: LocalRows): RowsIndex {
  const known = indexes.get(rows)
  if (known) return known
  const paths = new Map(rows.territories.map(({ id, path }) => [id, path]))
  const byOwner = new Map<string, ReadonlyMap<string, AccountRow>>()
  const reports = new Map<string, readonly ReportRow[]>()
  const once = (key: string, made: () => readonly ReportRow[]): readonly ReportRow[] => {
    const found = reports.get(key) ?? made()
    reports.set(key, found)
    return found
  }
  const index: RowsIndex = {
    contacts: new Map(rows.contacts.map((contact) => [contact.id, contact])),
    pastOf: definitionsAt(rows.past),
    accountsOf: (ownerId) => {
      const found = byOwner.get(ownerId)
      if (found) return found
      const branch = paths.get(ownerId)
      const asked = rows.accounts.filter(
        ({ territoryId }) => branch === undefined || isWithin(branch, paths.get(territoryId) ?? ''),
      )
      const accounts = new Map(asked.map((account) => [account.id, account]))
      byOwner.set(ownerId, accounts)
      return accounts
    },
    reportsOf: (ownerId, since, until) =>
      once(`${since} ${until} ${ownerId}`, () => {
        const accounts = index.accountsOf(ownerId)
        return once(`${since} ${until}`, () =>
          rows.reports.filter((report) => report.day > since && report.day <= until && stands(report)),
        ).filter(({ accountId }) => accounts.has(accountId))
      }),
  }
  indexes.set(rows, index)
  return index
}

/** Finds the version an answer names: the question's own, or a past one. */
export function versionsHere(field: EffectiveField, rows: LocalRows): DefinitionOf {
  const { pastOf } = indexOf(rows)
  return (fieldId, version) =>
    fieldId === field.id && version === field.version ? field : pastOf(fieldId, version)
}

/** Whether a report was said after another; of one day, the last made (ids grow with time). */
export const isNewer = (
  a: Pick<ReportRow, 'id' | 'day'>,
  b: Pick<ReportRow, 'id' | 'day'> | null | undefined,
): boolean => !b || a.day > b.day || (a.day === b.day && a.id > b.id)

export const stands = ({ status }: Pick<ReportRow, 'status'>): boolean => status !== 'withdrawn'
