import { addDays } from '../agenda/day.ts'
import { bucketsOf } from '../analytics/bucket.ts'
import type { Answer } from '../field/answer.ts'
import type { EffectiveField } from '../field/resolve.ts'
import { WON } from '../report/report.ts'
import type { Distribution, ReportRow } from '../sync/pull.ts'
import { holdersOf } from './holders.ts'
import type { LocalRows } from './local-rows.ts'
import { indexOf, versionsHere } from './rows-index.ts'

/** Answers per bucket; `answered` counts who answered, so several choices add up to more. */
export type Tally = Pick<Distribution, 'answered' | 'buckets'>

/** Flows are compared over the last twelve months, on the phone as in the return pack. */
export const FLOW_DAYS = 365

const made = new WeakMap<LocalRows, WeakMap<EffectiveField, Map<string, Tally>>>()

/** Each tally once per rows and question: each of its answers is compared by the same one. */
function once(field: EffectiveField, rows: LocalRows, key: string, tally: () => Tally): Tally {
  const byField = made.get(rows) ?? new WeakMap<EffectiveField, Map<string, Tally>>()
  made.set(rows, byField)
  const tallies = byField.get(field) ?? new Map<string, Tally>()
  byField.set(field, tallies)
  const found = tallies.get(key) ?? tally()
  tallies.set(key, found)
  return found
}

/** What is compared between places: accounts or contacts for their fields, reports for report fields. */
export const tallyHere = (field: EffectiveField, rows: LocalRows, today: string): Tally =>
  field.entity === 'report'
    ? tallyOfReports(field, rows, today)
    : once(field, rows, 'here', () =>
        count(
          field,
          rows,
          holdersOf(field, rows).map(({ answer }) => ({ answer, won: false })),
        ),
      )

/** Reports by the answer of the one they are about, with their orders. */
export const tallyOfReports = (field: EffectiveField, rows: LocalRows, today: string): Tally =>
  once(field, rows, today, () => count(field, rows, saidOverReports(field, rows, today)))

type Said = { readonly answer: Answer | undefined; readonly won: boolean }

/** Answers fall in the buckets of the versions they were given under, as in the roll-ups. */
function count(field: EffectiveField, rows: LocalRows, said: readonly Said[]): Tally {
  const versionOf = versionsHere(field, rows)
  const buckets: Record<string, { n: number; won: number }> = {}
  let answered = 0
  for (const { answer, won } of said) {
    if (!answer) continue
    const of = bucketsOf((versionOf(field.id, answer.v) ?? field).spec, answer.x)
    if (of.length > 0) answered += 1
    for (const { bucket } of of) {
      const cell = buckets[bucket] ?? { n: 0, won: 0 }
      cell.n += 1
      if (won) cell.won += 1
      buckets[bucket] = cell
    }
  }
  return { answered, buckets }
}

/** Each standing report of the last twelve months, with its own answer, its contact's or its account's. */
function saidOverReports(field: EffectiveField, rows: LocalRows, today: string): Said[] {
  const since = addDays(today, -FLOW_DAYS)
  const { contacts, accountsOf, reportsOf } = indexOf(rows)
  const accounts = accountsOf(field.owner.id)
  const answerOf = (report: ReportRow): Answer | undefined =>
    field.entity === 'report'
      ? report.values[field.id]
      : field.entity === 'account'
        ? accounts.get(report.accountId)?.values[field.id]
        : contacts.get(report.contactId ?? '')?.values[field.id]
  return reportsOf(field.owner.id, since, today).map((report) => ({
    answer: answerOf(report),
    won: report.outcome === WON,
  }))
}
