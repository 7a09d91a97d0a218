import type { StockFact } from '../analytics/fact.ts'
import { stockFactsOfChange } from '../analytics/stock-fact.ts'
import type { Answers } from '../field/answer.ts'
import { countingOf } from './report-change.ts'
import type { PushContext } from './state.ts'

/**
 * Facts that take the stocks of a home from one state of an account's or contact's answers to the next. Either holds
 * answers to its own kind of question alone.
 */
export const stockChange = (
  known: Pick<PushContext, 'versions' | 'conversions'>,
  territory: string,
  before: Answers,
  after: Answers,
): StockFact[] =>
  (['account', 'contact'] as const).flatMap((entity) =>
    stockFactsOfChange(
      { entity, territory, values: before },
      { entity, territory, values: after },
      countingOf(known),
    ),
  )
