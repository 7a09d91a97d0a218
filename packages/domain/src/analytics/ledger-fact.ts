import type { LedgerFact, LedgerRow } from './fact.ts'

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

/** One fact for all that a batch gave: a hundred reports answer the same dozen questions. */
export const ledgerFacts = (member: string, rows: readonly LedgerRow[]): LedgerFact[] =>
  rows.length > 0 ? [{ of: 'ledger', member, given: addRows(rows) }] : []
