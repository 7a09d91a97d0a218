import type { FieldDefinition } from '../field/field-spec.ts'
import { KIND } from './fact.ts'
import type { Prepared } from './findings.ts'
import { type IdPair, PAIRS_A_QUESTION, pairsOf } from './pair.ts'
import { fieldsNamed, type Question } from './question.ts'
import { seriesOf } from './series.ts'

/** The parts of a question that say what is counted; how reports were made is a filter like others. */
export type Counted = Pick<Question, 'measure' | 'split' | 'filters' | 'outcomes'>

export const countedOf = ({ measure, split, filters, outcomes, kind }: Question): Counted => ({
  measure,
  split,
  outcomes,
  filters: kind === null ? filters : [...filters, { fieldId: KIND, buckets: [kind] }],
})

/** Without its rows by answer: what its total is of. */
export const wholeOf = (of: Counted): Counted => ({
  ...of,
  split: of.split.filter(({ by }) => by !== 'answer'),
})

export type Never = Extract<Prepared, { state: 'never' }>['why']
export type PairWay = {
  readonly by: 'pair'
  readonly ids: readonly [first: string, second: string]
  readonly pairs: readonly IdPair[]
  /** Those read as the first one. */
  readonly firstIds: readonly string[]
}
/** From what a question is answered: cells of one question, of stocks, of pairs, or the reports themselves. */
export type Way =
  | { readonly by: 'one' | 'stocks'; readonly id: string }
  | PairWay
  | { readonly by: 'rows'; readonly why: Never }

type Known = ReadonlyMap<string, Pick<FieldDefinition, 'id' | 'entity' | 'merges' | 'spec'>>

/** The cheapest way that tells it exactly. */
export function wayOf(of: Counted, fields: Known): Way {
  const named = fieldsNamed(of)
  const [first = KIND, second] = named
  const stock = named.some((id) => (fields.get(id)?.entity ?? 'report') !== 'report')
  if (stock)
    return second === undefined && !overlaps(of, fields)
      ? { by: 'stocks', id: first }
      : { by: 'rows', why: 'stock' }
  if (overlaps(of, fields)) return { by: 'rows', why: 'answers' }
  if (second === undefined) return { by: 'one', id: first }
  if (named.length > 2) return { by: 'rows', why: 'several' }
  if (of.outcomes.length > 0 && (of.measure.of === 'mean' || of.measure.of === 'sum'))
    return { by: 'rows', why: 'outcomes' }
  const [some, others] = [first, second].map((id) => seriesOf(fields.get(id) ?? { id }))
  const pairs = pairsOf(some ?? [], others ?? [])
  // A question beside a concept that counts it, or the other way round, is no pair of answers.
  const beside = some?.some((id) => others?.includes(id))
  if (beside || pairs.length > PAIRS_A_QUESTION) return { by: 'rows', why: 'concept' }
  return { by: 'pair', ids: [first, second], pairs, firstIds: some ?? [] }
}

/** Whether one report can be in two of the cells that are added up. */
const overlaps = ({ filters }: Counted, fields: Known): boolean =>
  filters.some(
    ({ fieldId, buckets }) => buckets.length > 1 && fields.get(fieldId)?.spec.type === 'multiple_choice',
  )
