import type { Answers } from '../field/answer.ts'
import type { StockFact } from './fact.ts'
import { bucketedAnswers, type Counting } from './report-fact.ts'

/** An account's or contact's answers and the home they are counted at. */
export type StockState = {
  readonly entity: 'account' | 'contact'
  readonly territory: string
  readonly values: Answers
}

/** What an account or contact holds now, with a sign; null when none of its answers is counted. */
export function stockFact(sign: 1 | -1, state: StockState, counting: Counting): StockFact | null {
  const answers = bucketedAnswers(state.entity, state.values, counting)
  return answers.length > 0 ? { of: 'stock', sign, territory: state.territory, answers } : null
}

/** Facts from one state to the next: an answer changed, or the account moved with its contacts; null: gone. */
export function stockFactsOfChange(
  before: StockState | null,
  after: StockState | null,
  counting: Counting,
): StockFact[] {
  const minus = before && stockFact(-1, before, counting)
  const plus = after && stockFact(1, after, counting)
  if (minus && plus && JSON.stringify({ ...minus, sign: 1 }) === JSON.stringify(plus)) return []
  return [minus, plus].filter((fact) => fact !== null)
}
