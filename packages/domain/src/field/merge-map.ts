import type { FieldOption, FieldSpec, FieldType } from './field-spec.ts'
import type { AnswerMap } from './merges.ts'
import { isOwners } from './plan-publish.ts'

type Answered = Pick<FieldSpec, 'type' | 'options'>

const ONE_OF = new Set<FieldType>(['yes_no', 'single_choice'])
const NAMED = new Set<FieldType>([...ONE_OF, 'multiple_choice'])

/** Whether a question's answers are ids that a map can name. */
export const isNamed = ({ type }: Pick<FieldSpec, 'type'>): boolean => NAMED.has(type)

type Measured = Pick<FieldSpec, 'type' | 'unit' | 'currency' | 'max' | 'list' | 'multiple'>

/** What an answer is told in: euros are no dollars, four out of five is not four out of ten, and a list is its own. */
function measureOf({ type, unit = '', currency, max, list, multiple = false }: Measured): string {
  if (type === 'list_reference') return `${list} ${multiple}`
  if (type === 'money') return currency ?? ''
  return type === 'rating' ? String(max) : unit
}

/** Whether answers to one question can be read as those to another: through a map, or as they stand. */
export function readsAs(from: Measured, to: Measured): boolean {
  if (measureOf(from) !== measureOf(to)) return false
  if (from.type === to.type || (ONE_OF.has(from.type) && ONE_OF.has(to.type))) return true
  return (
    (from.type === 'integer' && to.type === 'decimal') ||
    (from.type === 'short_text' && to.type === 'long_text')
  )
}

/** Ids of the answers that a question's owner offers, or offered. */
export const answerIds = ({ type, options }: Answered): string[] =>
  type === 'yes_no' ? ['true', 'false'] : options.filter(isOwners).map(({ id }) => id)

/**
 * What is wrong with a map, by the answer it is wrong about; null when nothing is. Every answer of the owner has its
 * place, null among them; several choices go one by one, or a document would count twice.
 */
export function mapFault(from: Answered, map: AnswerMap | null, to: Answered): string | null {
  if (!isNamed(from)) return map === null ? null : ''
  if (map === null) return ''
  const places = new Set(answerIds(to))
  const seen = new Set<string>()
  for (const id of answerIds(from)) {
    const place = map[id]
    if (place === undefined || (place !== null && !places.has(place))) return id
    if (from.type !== 'multiple_choice') continue
    if (place === null || seen.has(place)) return id
    seen.add(place)
  }
  return null
}

/** With the answers of levels below: one that goes on being offered keeps its id, another is what its own is counted as. */
export function withLocalAnswers(
  { options }: Pick<FieldSpec, 'options'>,
  map: AnswerMap,
  kept: ReadonlySet<string>,
): AnswerMap {
  const byId = new Map(options.map((option) => [option.id, option]))
  const placeOf = (option: FieldOption): string | null => {
    if (option.countsAs === undefined) return map[option.id] ?? null
    if (kept.has(option.id)) return option.id
    const above = byId.get(option.countsAs)
    return above ? placeOf(above) : null
  }
  const local = options.filter(({ countsAs }) => countsAs !== undefined)
  return { ...map, ...Object.fromEntries(local.map((option) => [option.id, placeOf(option)])) }
}
