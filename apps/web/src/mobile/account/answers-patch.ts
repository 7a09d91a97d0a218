import { type Answer, type Answers, type AnswerValue, isEmpty } from '@fieldback/domain/field/answer'
import { sourcesOf } from '@fieldback/domain/field/merges'
import type { EffectiveField } from '@fieldback/domain/field/resolve'

/** Answers as typed in a form, by field id; undefined: left empty. */
export type TypedAnswers = Readonly<Record<string, AnswerValue | undefined>>

/** What a card's questions say now, to start a form from. */
export const typedFrom = (fields: readonly EffectiveField[], values: Answers): TypedAnswers =>
  Object.fromEntries(fields.map(({ id }) => [id, values[id]?.x]))

const same = (a: AnswerValue | undefined, b: AnswerValue | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

/** Answers to record with a new card; `day` is when they were said, for they grow stale. */
export const givenAnswers = (
  fields: readonly EffectiveField[],
  typed: TypedAnswers,
  day: string,
): Record<string, Answer> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const x = typed[field.id]
      return x === undefined || isEmpty(x) ? [] : [[field.id, { v: field.version, x, d: day }]]
    }),
  )

/** Takes an answer away, with those to other questions that are read as it: one of them would stand in its place. */
export const takenAway = ({ id, merges }: Pick<EffectiveField, 'id' | 'merges'>): readonly [string, null][] =>
  [id, ...(merges?.live ? sourcesOf(merges.links) : [])].map((fieldId) => [fieldId, null])

/** Only the answers that changed: null takes one away. */
export function answersPatch(
  fields: readonly EffectiveField[],
  before: Answers,
  { typed, day }: { readonly typed: TypedAnswers; readonly day: string },
): Record<string, Answer | null> {
  const given = givenAnswers(fields, typed, day)
  return Object.fromEntries(
    fields.flatMap((field): readonly [string, Answer | null][] => {
      const { id } = field
      const answer = given[id]
      if (answer) return same(before[id]?.x, answer.x) ? [] : [[id, answer]]
      return before[id] && !isEmpty(before[id].x) ? takenAway(field) : []
    }),
  )
}

/** What the screen showed of the answers that a patch changes: by it the server joins lists and notes of two people. */
export const seenIn = (
  before: Answers,
  patch: Readonly<Record<string, Answer | null>>,
): Record<string, AnswerValue> =>
  Object.fromEntries(Object.keys(patch).map((id) => [id, before[id]?.x ?? null]))

/** Lines of a form that changed from what it first showed: empty becomes null, spaces around are nothing. */
export function linesPatch<K extends string>(
  before: Readonly<Record<K, string>>,
  after: Readonly<Record<K, string>>,
): Partial<Record<K, string | null>> {
  const patch: Partial<Record<K, string | null>> = {}
  for (const key of Object.keys(after) as K[]) {
    const is = after[key].trim()
    if (is !== before[key].trim()) patch[key] = is || null
  }
  return patch
}
