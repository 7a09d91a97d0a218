import type { RollupFact } from '../analytics/fact.ts'
import type { Answers } from '../field/answer.ts'
import { reportChange } from '../sync/report-change.ts'
import type { PushContext, ReportState } from '../sync/state.ts'
import { stockChange } from '../sync/stock-change.ts'

/** Accounts that leave their homes for one other, with all that is counted there. */
export type Move = {
  readonly to: string
  readonly accounts: readonly {
    readonly id: string
    readonly territoryId: string
    readonly values: Answers
  }[]
  readonly contacts: readonly { readonly accountId: string; readonly values: Answers }[]
  readonly reports: readonly ReportState[]
}

/**
 * Facts that a move adds "as organised today": for each report a minus at the old home and a plus at the new, and the
 * same for the answers that accounts and contacts hold. What was filed stays where it was filed. Rows of accounts that
 * are not in the move are left out.
 */
export function moveFacts(
  known: Pick<PushContext, 'versions' | 'conversions' | 'fieldSets'>,
  move: Move,
): RollupFact[] {
  const counted = known.conversions.every(({ countedTo }) => typeof countedTo !== 'string')
  const homes = new Map(move.accounts.map((account) => [account.id, account.territoryId]))
  const stock = (id: string, from: string, values: Answers): RollupFact[] => [
    ...stockChange(known, { id, territoryId: from }, values, {}),
    ...stockChange(known, { id, territoryId: move.to }, {}, values),
  ]
  return [
    ...move.reports.flatMap((report) => {
      const from = homes.get(report.accountId)
      if (from === undefined) return []
      const at = (territoryId: string) => ({ id: report.accountId, territoryId })
      const left = reportChange(known, at(from), report, { ...report, status: 'withdrawn' })
      const joined = reportChange(known, at(move.to), null, report)
      const facts = [...left, ...joined]
      // A home whose turn to be counted has come, and one whose turn has not: what was filed is counted with the one alone.
      return counted ? facts.map((fact) => ({ ...fact, thenAt: null })) : facts
    }),
    ...move.accounts.flatMap((account) => stock(account.id, account.territoryId, account.values)),
    ...move.contacts.flatMap((contact) => {
      const from = homes.get(contact.accountId)
      return from === undefined ? [] : stock(contact.accountId, from, contact.values)
    }),
  ]
}
