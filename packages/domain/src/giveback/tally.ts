import { addDays } from '../agenda/day.ts'
import { bucketsOf } from '../analytics/bucket.ts'
import type { Answer } from '../field/answer.ts'
import type { EffectiveField } from '../field/resolve.ts'
import { WON } from '../report/report.ts'
import type { Distribution, ReportRow } from '../sync/pull.ts'
import { accountsAsked, holdersOf, type LocalRows, stands, versionsHere } from './local-rows.ts'

/** Answers per bucket; `answered` counts who answered, so several choices add up to more. */
export type Tally = Pick<Distribution, 'answered' | 'buckets'>

/** Flows are compared over the last twelve months, on the phone as in the return pack. */
export const FLOW_DAYS = 365

export type LocalTallies = {
  /** What is compared between places: accounts or contacts for their fields, reports for report fields. */
  readonly holders: Tally
  /** Reports by the answer of the one they are about, with their orders. */
  readonly reports: Tally
}

/** Counts the answers that are here, in the buckets of the versions they were given under. */
export function localTallies(field: EffectiveField, rows: LocalRows, today: string): LocalTallies {
  const versionOf = versionsHere(field, rows)
  const count = (said: readonly Said[]): Tally => {
    const buckets: Record<string, { n: number; won: number }> = {}
    let answered = 0
    for (const { answer, won } of said) {
      const of = answer ? bucketsOf((versionOf(field.id, answer.v) ?? field).spec, answer.x) : []
      if (of.length > 0) answered += 1
      for (const { bucket } of of) {
        const cell = buckets[bucket] ?? { n: 0, won: 0 }
        buckets[bucket] = { n: cell.n + 1, won: cell.won + (won ? 1 : 0) }
      }
    }
    return { answered, buckets }
  }
  const reports = count(saidOverReports(field, rows, today))
  if (field.entity === 'report') return { holders: reports, reports }
  return { holders: count(holdersOf(field, rows).map(({ answer }) => ({ answer, won: false }))), reports }
}

type Said = { readonly answer: Answer | undefined; readonly won: boolean }

/** Each standing report of the last twelve months, with its own answer, its contact's or its account's. */
function saidOverReports(field: EffectiveField, rows: LocalRows, today: string): Said[] {
  const since = addDays(today, -FLOW_DAYS)
  const accounts = new Map(accountsAsked(field, rows).map((account) => [account.id, account]))
  const contacts = new Map(rows.contacts.map((contact) => [contact.id, contact]))
  const answerOf = (report: ReportRow): Answer | undefined =>
    field.entity === 'report'
      ? report.values[field.id]
      : field.entity === 'account'
        ? accounts.get(report.accountId)?.values[field.id]
        : contacts.get(report.contactId ?? '')?.values[field.id]
  return rows.reports
    .filter((report) => stands(report) && accounts.has(report.accountId))
    .filter(({ day }) => day > since && day <= today)
    .map((report) => ({ answer: answerOf(report), won: report.outcome === WON }))
}
