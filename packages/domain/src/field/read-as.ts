import { type Answer, type Answers, type AnswerValue, isEmpty } from './answer.ts'
import type { FieldDefinition, FieldType } from './field-spec.ts'
import { type AnswerMap, type FieldLink, through } from './merges.ts'

/** An answer as a question reads it; `of`: the question it was given to, absent when it is its own. */
export type ReadAnswer = Answer & { readonly of?: string }

/** An answer among those that can be read as one question's, with the maps that lead there. */
export type Said = {
  readonly of: string
  readonly answer: Answer
  readonly maps: readonly (AnswerMap | null)[]
}

/** An answer through a map: options by their ids; undefined when it says nothing there. */
export function mapAnswer(map: AnswerMap | null, x: AnswerValue): AnswerValue | undefined {
  if (map === null || x === null) return x
  if (typeof x === 'boolean' || typeof x === 'string') return through(map, String(x)) ?? undefined
  // A figure or a place is read as it stands, or not at all.
  if (!Array.isArray(x)) return undefined
  const tokens = x.flatMap((id: string) => through(map, id) ?? [])
  return tokens.length > 0 ? [...new Set(tokens)] : undefined
}

export const mapAlong = (maps: Said['maps'], x: AnswerValue): AnswerValue | undefined =>
  maps.reduce<AnswerValue | undefined>((read, map) => (read === undefined ? read : mapAnswer(map, read)), x)

/** Yes and no travel as words between questions of which one offers options. */
const typed = (type: FieldType, x: AnswerValue): AnswerValue =>
  type === 'yes_no' && typeof x === 'string' ? x === 'true' : x

/**
 * All that a document says which can be read as one question's answer: its own first. Of a question that has an answer
 * of its own and replaces others, one answer is read; of one that has none, every answer to those it replaces.
 */
export function saidAs(fieldId: string, links: readonly FieldLink[], values: Answers): Said[] {
  const own = values[fieldId]
  const said: Said[] = own && !isEmpty(own.x) ? [{ of: fieldId, answer: own, maps: [] }] : []
  for (const { from, map, links: below } of links) {
    const found = saidAs(from, below, values)
    const last = latest(found)
    for (const read of last && found[0]?.of === from ? [last] : found) {
      const maps = [...read.maps, map]
      if (mapAlong(maps, read.answer.x) !== undefined) said.push({ ...read, maps })
    }
  }
  return said
}

/** What was said last; of one day, or where no day was noted, the question's own answer. */
export const latest = (said: readonly Said[]): Said | undefined =>
  said.reduce<Said | undefined>(
    (last, one) => (last === undefined || (one.answer.d ?? '') > (last.answer.d ?? '') ? one : last),
    undefined,
  )

type Reading = Pick<FieldDefinition, 'id' | 'version' | 'spec' | 'merges'>

/**
 * What a document answers to a question, answers to those that were made into it included: the one place where these
 * are found. undefined: nothing.
 */
export function readAs({ id, version, spec, merges }: Reading, values: Answers): ReadAnswer | undefined {
  if (!merges?.live) return values[id]
  const said = latest(saidAs(id, merges.links, values))
  if (!said || said.of === id) return values[id]
  const { d } = said.answer
  const x = typed(spec.type, mapAlong(said.maps, said.answer.x) ?? null)
  return { v: version, x, of: said.of, ...(d === undefined ? {} : { d }) }
}

/** A document as its questions read it; the same one when nothing is read from elsewhere. */
export function readDocument(fields: readonly Reading[], values: Answers): Answers {
  let read = values
  for (const field of fields) {
    const answer = readAs(field, values)
    if (answer?.of !== undefined) read = { ...read, [field.id]: answer }
  }
  return read
}
