import type { Answers } from '../field/answer.ts'
import { type Conversion, conversionsIn, convertedFrom } from '../field/conversion.ts'
import type { DefinitionOf } from '../field/definition-at.ts'
import type { FieldEntity } from '../field/field-spec.ts'
import { bucketsOf } from './bucket.ts'
import { ANSWERED, ASKED, type BucketedAnswer, overOf, readOf } from './fact.ts'

type Document = {
  readonly entity: FieldEntity
  readonly values: Answers
  readonly definitionOf: DefinitionOf
}

/** What no bucket tells apart is not counted: nobody needs to have dialled it. */
const UNDIALLED = (): null => null

/** A document as the overlaps of promotions see it: what a conversion made can be promoted in its turn. */
export function withConverted(
  conversions: readonly Conversion[],
  { entity, values, definitionOf }: Document,
): { readonly values: Answers; readonly definitionOf: DefinitionOf } {
  if (conversions.length === 0) return { values, definitionOf }
  const made = new Map(conversions.map((one) => [one.fieldId, { entity: one.entity, spec: one.spec }]))
  return {
    values: conversionsIn(conversions, entity, values, UNDIALLED).values,
    definitionOf: (fieldId, version) => definitionOf(fieldId, version) ?? made.get(fieldId),
  }
}

/**
 * Where the answers that conversions make of a document are counted: beside their question, whether or not it was taken
 * back, so that an undo has nothing to count again. An own answer that is not read is taken away. `counted`: those of
 * which it is told.
 */
export function convertedAnswers(
  conversions: readonly Conversion[],
  { entity, values, definitionOf }: Document,
  counted: readonly Conversion[] = conversions,
): BucketedAnswer[] {
  if (counted.length === 0) return []
  return conversionsIn(conversions, entity, values, UNDIALLED).made.flatMap(
    ({ conversion, answer, read }) => {
      const { fieldId, spec } = conversion
      if (!read || !spec.reportable || !counted.includes(conversion)) return []
      const own = values[fieldId]
      const ownSpec = own && definitionOf(fieldId, own.v)?.spec
      const over = ownSpec ? bucketsOf(ownSpec, own.x) : []
      return [
        ...withAnswered(bucketsOf(spec, answer.x)).map(
          ({ bucket, value }): BucketedAnswer => [fieldId, readOf(bucket), value],
        ),
        ...withAnswered(over).map(({ bucket, value }): BucketedAnswer => [fieldId, overOf(bucket), value]),
      ]
    },
  )
}

type Buckets = ReturnType<typeof bucketsOf>
const withAnswered = (buckets: Buckets): Buckets =>
  buckets.length > 0 ? [...buckets, { bucket: ANSWERED, value: null }] : []

/** Forms that asked the old question alone count as having asked the new one. `asked`: ids, each with its version. */
export function askedBefore(
  conversions: readonly Conversion[],
  asked: readonly (readonly [fieldId: string, version: number])[],
): BucketedAnswer[] {
  if (conversions.length === 0) return []
  const ids = new Set(asked.map(([fieldId]) => fieldId))
  return conversions
    .filter(({ entity, spec }) => entity === 'report' && spec.reportable)
    .filter(({ fieldId }) => !ids.has(fieldId))
    .filter((conversion) => convertedFrom(conversion).some((id) => ids.has(id)))
    .map(({ fieldId }) => [fieldId, readOf(ASKED), null] as const)
}
