import type { Answers } from '../field/answer.ts'
import type { Conversion } from '../field/conversion.ts'
import type { Outcome } from '../report/report.ts'
import { convertedAnswers } from './converted.ts'
import { ASKED, type BucketedAnswer, readOf } from './fact.ts'
import { type CellDelta, foldCells, foldFacts, type StockDelta } from './fold.ts'

/** Documents that say the same, where they are counted: see db/field/conversion.repo. */
type AnsweredDocuments = {
  readonly values: Answers
  readonly n: number
  readonly thenAt: string | null
  readonly todayAt: string
  readonly month: string
  readonly outcome: Outcome
  readonly asked: boolean
}

/**
 * What a new conversion adds to the roll-ups for all that was answered before it, so that it counts from the moment it is
 * published; afterwards each document tells its own changes. `before`: conversions that it may read.
 */
export function countedBefore(
  conversion: Conversion,
  {
    before,
    documents,
  }: { readonly before: readonly Conversion[]; readonly documents: readonly AnsweredDocuments[] },
  ancestorsOf: (territoryId: string) => readonly string[],
): { readonly cells: readonly CellDelta[]; readonly stocks: readonly StockDelta[] } {
  const { entity, fieldId, spec } = conversion
  if (!spec.reportable) return { cells: [], stocks: [] }
  // Thousands of documents say the same.
  const known = new Map<string, readonly BucketedAnswer[]>()
  const madeOf = (values: Answers): readonly BucketedAnswer[] => {
    const key = JSON.stringify(values)
    const made = known.get(key) ?? answersMade(values)
    known.set(key, made)
    return made
  }
  const answersMade = (values: Answers) =>
    convertedAnswers([...before, conversion], { entity, values, definitionOf: () => undefined }).filter(
      ([id]) => id === fieldId,
    )
  if (entity !== 'report') {
    const facts = documents.map(({ values, n, todayAt }) => ({
      of: 'stock' as const,
      sign: n,
      territory: todayAt,
      answers: madeOf(values),
    }))
    return { cells: [], stocks: foldFacts(facts, ancestorsOf).stocks }
  }
  const asked: BucketedAnswer = [fieldId, readOf(ASKED), null]
  const facts = documents.map(({ values, n, thenAt, todayAt, month, outcome, asked: isAsked }) => ({
    sign: n,
    thenAt,
    todayAt,
    day: month,
    outcome,
    asked: [],
    answers: isAsked ? [...madeOf(values), asked] : madeOf(values),
  }))
  return { cells: foldCells(facts, ancestorsOf), stocks: [] }
}
