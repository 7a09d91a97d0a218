import { binsOf } from '../analytics/bins.ts'
import { bucketsOf, isNumber, UNKNOWN } from '../analytics/bucket.ts'
import type { Filter } from '../analytics/question.ts'
import type { FieldDefinition } from '../field/field-spec.ts'

/** One way in which a document gives an answer: what its value to a question is. `from` or `to` null: no end; `to` itself is left out. */
export type AnswerTest = { readonly fieldId: string } & (
  | { readonly is: 'unknown' | 'said' }
  | { readonly is: 'one'; readonly of: readonly string[] }
  | { readonly is: 'month'; readonly of: readonly string[] }
  | { readonly is: 'between'; readonly from: number | null; readonly to: number | null }
)

/** Not a bucket of its own: any answer that is known, which is what a number of answers and a mean are of. */
export const SAID = '_said'

type Definitions = ReadonlyMap<string, Pick<FieldDefinition, 'id' | 'spec' | 'merges'>>

/**
 * The values that fall in some buckets of a question, those of questions that are read as its own too: any of the tests is enough. Numbers by
 * the bins of the version in force. Answers converted from another type are not found.
 */
export function testsOf({ fieldId, buckets }: Filter, definitions: Definitions): AnswerTest[] {
  const definition = definitions.get(fieldId)
  if (!definition) return []
  const { spec, merges } = definition
  const said = buckets.includes(SAID)
  const named = buckets.filter((bucket) => bucket !== SAID)
  const own = isNumber(spec.type)
    ? said
      ? [{ fieldId, is: 'between', from: null, to: null } as const]
      : numbersIn(definition, named)
    : [...(said ? [{ fieldId, is: 'said' } as const] : []), ...tokensIn(definition, named)]
  const unknown = buckets.includes(UNKNOWN) ? [{ fieldId, is: 'unknown' } as const] : []
  const linked = (merges?.live ? merges.links : []).flatMap(({ from, map, converted }) => {
    if (converted) return []
    const meant = (token: string | null | undefined) =>
      token !== null && token !== undefined && (said || buckets.includes(token))
    const counted = map === null ? buckets : Object.keys(map).filter((token) => meant(map[token]))
    const through = [...counted, ...(buckets.includes(UNKNOWN) && map !== null ? [UNKNOWN] : [])]
    return through.length > 0 ? testsOf({ fieldId: from, buckets: through }, definitions) : []
  })
  return [...own, ...unknown, ...linked]
}

function numbersIn(
  { id, spec }: Pick<FieldDefinition, 'id' | 'spec'>,
  buckets: readonly string[],
): AnswerTest[] {
  const bins = binsOf(spec)
  return buckets.flatMap((bucket): AnswerTest[] => {
    const from = Number(bucket)
    if (bucket === UNKNOWN || !Number.isFinite(from)) return []
    // The first bin takes what is below the least, and the last what is above the most.
    const first = spec.min !== undefined && bins.lower(spec.min) === from
    const last = spec.max !== undefined && bins.lower(spec.max) === from
    return [
      {
        fieldId: id,
        is: 'between',
        from: first ? null : from,
        to: last ? null : bins.next(from),
      },
    ]
  })
}

function tokensIn(
  { id, spec }: Pick<FieldDefinition, 'id' | 'spec'>,
  buckets: readonly string[],
): AnswerTest[] {
  const counted = spec.options.filter((option) =>
    bucketsOf({ ...spec, type: 'single_choice' }, option.id).some(({ bucket }) => buckets.includes(bucket)),
  )
  const of = [
    ...new Set([...buckets.filter((bucket) => bucket !== UNKNOWN), ...counted.map((option) => option.id)]),
  ]
  const month = spec.type === 'date' || spec.type === 'date_time'
  return of.length > 0 ? [{ fieldId: id, is: month ? 'month' : 'one', of }] : []
}
