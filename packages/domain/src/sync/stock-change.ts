import type { StockFact } from '../analytics/fact.ts'
import type { Answers } from '../field/answer.ts'
import { sameValue } from './merge.ts'
import { bucketedAnswers } from './report-change.ts'
import type { PushContext } from './state.ts'

/** Facts that take the stocks of a home from one state of an account's or contact's answers to the next. */
export function stockChange(
  context: Pick<PushContext, 'versions'>,
  territory: string,
  before: Answers,
  after: Answers,
): StockFact[] {
  const minus = bucketedAnswers(context.versions, before)
  const plus = bucketedAnswers(context.versions, after)
  if (sameValue(minus, plus)) return []
  const fact = (sign: 1 | -1, answers: StockFact['answers']): StockFact[] =>
    answers.length > 0 ? [{ of: 'stock', sign, territory, answers }] : []
  return [...fact(-1, minus), ...fact(1, plus)]
}
