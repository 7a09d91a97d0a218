import type { StockFact } from '../analytics/fact.ts'
import { stockFactsOfChange } from '../analytics/stock-fact.ts'
import type { Answers } from '../field/answer.ts'
import { countingOf } from './report-change.ts'
import type { AccountState, PushContext } from './state.ts'

/**
 * Facts that take the stocks of an account's home from one state of its or a contact's answers to the next. Either holds
 * answers to its own kind of question alone.
 */
export const stockChange = (
  known: Pick<PushContext, 'versions' | 'conversions'>,
  account: Pick<AccountState, 'id' | 'territoryId'>,
  before: Answers,
  after: Answers,
): StockFact[] =>
  (['account', 'contact'] as const).flatMap((entity) =>
    stockFactsOfChange(
      { entity, territory: account.territoryId, values: before },
      { entity, territory: account.territoryId, values: after },
      countingOf(known, account),
    ),
  )
