import { type Answers, isEmpty } from '../field/answer.ts'
import { type Conversion, convertedFrom } from '../field/conversion.ts'
import type { DefinitionOf } from '../field/definition-at.ts'
import type { Outcome } from '../report/report.ts'
import type { LineOf } from '../territory/path-then.ts'
import { convertedAnswers } from './converted.ts'
import { ASKED, type BucketedAnswer, readOf } from './fact.ts'
import { type CellDelta, foldCells, foldFacts, type StockDelta } from './fold.ts'

/** Documents that say the same, where they are counted: see db/field/conversion.repo. */
type AnsweredDocuments = {
  readonly values: Answers
  readonly n: number
  readonly thenAt: string | null
  readonly todayAt: string
  readonly day: string
  readonly outcome: Outcome
  readonly askedNow: boolean
  readonly askedBefore: boolean
}

/**
 * What a conversion adds to the roll-ups for documents that were not counted by it yet, as they are now; afterwards each
 * document tells its own changes. `before`: conversions that it may read.
 */
export function countedBefore(
  conversion: Conversion,
  {
    before,
    documents,
    definitionOf,
  }: {
    readonly before: readonly Conversion[]
    readonly documents: readonly AnsweredDocuments[]
    readonly definitionOf: DefinitionOf
  },
  lineOf: LineOf,
): { readonly cells: readonly CellDelta[]; readonly stocks: readonly StockDelta[] } {
  const { entity, spec } = conversion
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
    convertedAnswers([...before, conversion], { entity, values, definitionOf }, [conversion])
  if (entity !== 'report') {
    const facts = documents.map(({ values, n, todayAt }) => ({
      of: 'stock' as const,
      sign: n,
      territory: todayAt,
      answers: madeOf(values),
    }))
    return { cells: [], stocks: foldFacts(facts, lineOf).stocks }
  }
  const asked: BucketedAnswer = [conversion.fieldId, readOf(ASKED), null]
  const facts = documents.map((document) => ({
    sign: document.n,
    thenAt: document.thenAt,
    todayAt: document.todayAt,
    day: document.day,
    outcome: document.outcome,
    asked: [],
    answers: [...madeOf(document.values), ...(onlyAskedBefore(conversion, document) ? [asked] : [])],
  }))
  return { cells: foldCells(facts, lineOf), stocks: [] }
}

/** As askedBefore (converted.ts): what was answered was asked. */
function onlyAskedBefore(
  conversion: Conversion,
  { values, askedNow, askedBefore }: Pick<AnsweredDocuments, 'values' | 'askedNow' | 'askedBefore'>,
): boolean {
  const answered = (id: string) => !isEmpty(values[id]?.x)
  if (askedNow || answered(conversion.fieldId)) return false
  return askedBefore || convertedFrom(conversion).some(answered)
}
