import { secondsBin } from '../field/seconds-histogram.ts'
import type { LedgerFact, LedgerRow, ReachedReturn, ReturnsFact, TookRow } from './fact.ts'

/** Rows of one question and month made one, in the order of both. */
export function addRows(rows: readonly LedgerRow[]): LedgerRow[] {
  const sums = new Map<string, LedgerRow>()
  for (const row of rows) {
    const key = `${row.fieldId}/${row.month}`
    const sum = sums.get(key)
    sums.set(key, sum ? add(sum, row) : row)
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
}

const add = (a: LedgerRow, b: LedgerRow): LedgerRow => ({
  ...a,
  answers: a.answers + b.answers,
  seconds: a.seconds + b.seconds,
  received: a.received + b.received,
  used: a.used + b.used,
})

/** Bins of one question and month made one, in the order of all three. */
export function addTook(rows: readonly TookRow[]): TookRow[] {
  const sums = new Map<string, TookRow>()
  for (const row of rows) {
    const key = `${row.fieldId}/${row.month}/${row.from}`
    sums.set(key, { ...row, n: row.n + (sums.get(key)?.n ?? 0) })
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
}

/** One fact for all that a batch gave: a hundred reports answer the same dozen questions. `rows`: an answer each at most. */
export function ledgerFacts(member: string, rows: readonly LedgerRow[]): LedgerFact[] {
  if (rows.length === 0) return []
  const took = rows
    .filter(({ answers }) => answers > 0)
    .map(({ fieldId, month, seconds, answers }) => ({
      fieldId,
      month,
      from: secondsBin(seconds),
      n: answers,
    }))
  const given = addRows(rows)
  return [{ of: 'ledger', member, given, ...(took.length > 0 ? { took: addTook(took) } : {}) }]
}

/** One fact for all that reached a person in a batch, each once. */
export const returnFacts = (member: string, reached: readonly ReachedReturn[]): ReturnsFact[] =>
  reached.length > 0 ? [{ of: 'returns', member, reached: onceADay(reached) }] : []

/** Each return once for each deed, account and day, in the order of these. */
export function onceADay<Row extends ReachedReturn>(rows: readonly Row[]): Row[] {
  const once = new Map(
    rows.map((row) => [[row.day, row.fieldId, row.kind, row.about ?? '', row.done].join('/'), row]),
  )
  return [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
