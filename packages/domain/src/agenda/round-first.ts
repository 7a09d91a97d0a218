import type { DueVisit } from './due-visits.ts'

/** The visits of a round first, in its order, due or not; then the others that are due, in theirs. */
export function roundFirst(due: readonly DueVisit[], round: readonly string[]): DueVisit[] {
  const known = new Map(due.map((visit) => [visit.accountId, visit]))
  const own = round.map(
    (accountId): DueVisit =>
      known.get(accountId) ?? { accountId, priority: 0, lateness: 0, reasons: [{ code: 'ROUND' }] },
  )
  return [...own, ...due.filter(({ accountId }) => !round.includes(accountId))]
}
