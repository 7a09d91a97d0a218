import { type Answers, isEmpty } from './answer.ts'
import { convertAnswer, type Way } from './convert.ts'
import type { FieldEntity, FieldSpec } from './field-spec.ts'
import { type FieldLink, sourcesOf } from './merges.ts'
import type { NormalPhone } from './normal-answer.ts'
import { latest, mapAlong, type ReadAnswer, saidAs } from './read-as.ts'

/**
 * A question of another type that replaces one, and how answers get there. Kept from the server's own readers out of
 * every definition: what old answers said may stand in its way by the word.
 */
export type Conversion = {
  /** The question that is asked now. */
  readonly fieldId: string
  readonly entity: FieldEntity
  /** False once it was taken back. */
  readonly live: boolean
  readonly from: string
  /** Questions that were made into `from`. */
  readonly links: readonly FieldLink[]
  /** What answers were made to fit: its first version. */
  readonly spec: FieldSpec
  readonly way: Way
  /** While what was answered before it is being counted: how far that is, see isCountedAt; null: all of it is. */
  readonly countedTo?: string | null
}

/** An answer made from another question's: what its document says to the old one, and what that is in the new one. */
export type Converted = {
  readonly conversion: Conversion
  readonly answer: ReadAnswer
  readonly read: boolean
}

/** An account in the order in which a change of type is counted: by homes, since those of a home are counted in the same cells. */
export const countingPlace = (account: { readonly id: string; readonly territoryId: string }): string =>
  `${account.territoryId}/${account.id}`

/**
 * Whether what a conversion makes of the documents of an account is counted, by its place in that order. Those that are not
 * will be as they then are: what changes them meanwhile tells nothing.
 */
export const isCountedAt = ({ countedTo }: Pick<Conversion, 'countedTo'>, place: string): boolean =>
  typeof countedTo !== 'string' || place <= countedTo

/** Ids whose answers a conversion may read. */
export const convertedFrom = ({ from, links }: Pick<Conversion, 'from' | 'links'>): string[] => [
  from,
  ...sourcesOf(links),
]

/** Ids of every question whose answers a conversion reads, through those before it too. */
export function idsBehind(
  conversion: Pick<Conversion, 'from' | 'links'>,
  before: readonly Conversion[],
): string[] {
  const ids = new Set(convertedFrom(conversion))
  for (const one of before.toReversed())
    if (ids.has(one.fieldId)) for (const id of convertedFrom(one)) ids.add(id)
  return [...ids]
}

/** What a document says to the question that a conversion replaces. */
export function saidBefore(
  { from, links }: Pick<Conversion, 'from' | 'links'>,
  values: Answers,
): ReadAnswer | undefined {
  const said = latest(saidAs(from, links, values))
  if (!said) return undefined
  const x = mapAlong(said.maps, said.answer.x)
  return x === undefined ? undefined : { ...said.answer, x, of: said.of }
}

/**
 * Every answer of a document that conversions make, in their order: one may read what another made. `read` says whether
 * it is read rather than the question's own, which it is when it was said later.
 */
export function conversionsIn(
  conversions: readonly Conversion[],
  entity: FieldEntity,
  values: Answers,
  phone: NormalPhone,
): { readonly values: Answers; readonly made: readonly Converted[] } {
  const made: Converted[] = []
  let next = values
  for (const conversion of conversions) {
    if (conversion.entity !== entity) continue
    const said = saidBefore(conversion, next)
    const answer = said && convertAnswer(conversion, said, phone)
    if (!answer) continue
    const own = values[conversion.fieldId]
    const read = !own || isEmpty(own.x) || (answer.d ?? '') > (own.d ?? '')
    const converted = { ...answer, ...(said.of === undefined ? {} : { of: said.of }) }
    made.push({ conversion, answer: converted, read })
    if (read) next = { ...next, [conversion.fieldId]: converted }
  }
  return { values: next, made }
}

/** A document as questions of today's types read it; the same one when nothing is converted. */
export const readConverted = (
  conversions: readonly Conversion[],
  entity: FieldEntity,
  values: Answers,
  phone: NormalPhone,
): Answers =>
  conversionsIn(
    conversions.filter(({ live }) => live),
    entity,
    values,
    phone,
  ).values
