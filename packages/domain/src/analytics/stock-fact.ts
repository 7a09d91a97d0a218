import type { Answers } from '../field/answer.ts'
import type { DefinitionOf } from '../field/definition-at.ts'
import type { StockFact } from './fact.ts'

/** An account's or contact's answers and the home they are counted at. */
export type StockState = {
  readonly entity: 'account' | 'contact'
  readonly territory: string
  readonly values: Answers
}

export declare function stockFact(
  sign: 1 | -1,
  state: StockState,
  definitionOf: DefinitionOf,
): StockFact | null
export declare function stockFactsOfChange(
  before: StockState | null,
  after: StockState | null,
  definitionOf: DefinitionOf,
): StockFact[]
