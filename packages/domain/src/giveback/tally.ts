import { addDays } from '../agenda/day.ts'
import { bucketsOf } from '../analytics/bucket.ts'
import type { Answer } from '../field/answer.ts'
import type { EffectiveField } from '../field/resolve.ts'
import { WON } from '../report/report.ts'
import type { Distribution, ReportRow } from '../sync/pull.ts'
import { holdersOf } from './holders.ts'
import type { LocalRows } from './local-rows.ts'
import { madeOnce } from './made-once.ts'
import { indexOf, versionsHere } from './rows-index.ts'

/** Answers per bucket; `answered` counts who answered, so several choices add up to more. */
export type Tally = Pick<Distribution, 'answered' | 'buckets'>

/** Flows are compared over the last twelve months, on the phone as in the return pack. */
export const FLOW_DAYS = 365

const once = madeOnce<Tally>()

/** What is compared between places: accounts or contacts for their fields, reports for report fields. */
export const tallyHere = (field: EffectiveField, rows: LocalRows, today: string): Tally =>
  field.entity === 'report'
    ? tallyOfReports(field, rows, today)
    : once(rows, field, 'here', () =>
        rows.parts
          ? sumOf(rows.parts.map((part) => tallyHere(field, part, today)))
          : count(
              field,
              rows,
              holdersOf(field, rows).map(({ answer }) => ({ answer, won: false })),
            ),
      )

/** Reports by the answer of the one they are about, with their orders. */
export const tallyOfReports = (field: EffectiveField, rows: LocalRows, today: string): Tally =>
  once(rows, field, today, () =>
    rows.parts
      ? sumOf(rows.parts.map((part) => tallyOfReports(field, part, today)))
      : count(field, rows, saidOverReports(field, rows, today)),
  )

function sumOf(tallies: readonly Tally[]): Tally {
  const buckets: Record<string, { n: number; won: number }> = {}
  for (const tally of tallies)
    for (const [bucket, { n, won }] of Object.entries(tally.buckets)) {
      const sum = buckets[bucket]
      buckets[bucket] = { n: n + (sum?.n ?? 0), won: won + (sum?.won ?? 0) }
    }
  return { answered: tallies.reduce((sum, { answered }) => sum + answered, 0), buckets }
}

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
