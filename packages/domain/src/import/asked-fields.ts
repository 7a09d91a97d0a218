import type { Answer, Answers } from '../field/answer.ts'
import type { FieldDefinition, FieldEntity } from '../field/field-spec.ts'
import { type NormalPhone, normalAnswer } from '../field/normal-answer.ts'
import { resolveFields } from '../field/resolve.ts'
import { pathIds } from '../territory/path.ts'
import { FIELD_TARGET } from './check-mapping.ts'
import type { KnownTerritory, Territories } from './find-territory.ts'
import type { ImportMapping } from './import.ts'
import type { LineReader } from './line.ts'
import { readAnswer, shownValue } from './read-cell.ts'

/** The questions a file answers, by the home they are asked at. */
export type AskedFields = {
  /** The line's answers to questions really asked at a home; what does not fit is noted on the line. */
  answers(reader: LineReader, home: KnownTerritory, day: string): Record<string, Answer>
}

type AnswerReading = {
  readonly mapping: ImportMapping
  readonly territories: Territories
  readonly phone: NormalPhone
}

/** `live` are the organisation's questions in force. */
export function askedFields(
  entity: FieldEntity,
  live: readonly FieldDefinition[],
  { mapping, territories, phone }: AnswerReading,
): AskedFields {
  // In the order of the file, so that faults are told in the order they are seen.
  const targets = Object.entries(mapping)
    .filter(([target]) => target.startsWith(FIELD_TARGET))
    .sort(([, a], [, b]) => a - b)
    .map(([target]) => target)
  const byHome = new Map<string, ReadonlyMap<string, FieldDefinition>>()
  const askedAt = (home: KnownTerritory): ReadonlyMap<string, FieldDefinition> => {
    const known = byHome.get(home.id)
    if (known) return known
    const path = pathIds(home.path).flatMap((id) => territories.byId.get(id) ?? [])
    const asked = new Map(resolveFields(path, live, entity).map((field) => [field.id, field]))
    byHome.set(home.id, asked)
    return asked
  }
  return {
    answers(reader, home, day) {
      const read: Record<string, Answer> = {}
      for (const target of targets) {
        const text = reader.raw(target).trim()
        if (text === '') continue
        const field = askedAt(home).get(target.slice(FIELD_TARGET.length))
        if (!field) {
          reader.fault(target, 'NOT_ASKED_THERE', { value: shownValue(home.name) })
          continue
        }
        const answer = readAnswer(field.spec, text)
        if ('fault' in answer) reader.fault(target, answer.fault.code, answer.fault.params)
        else read[field.id] = normalAnswer(field.spec, { v: field.version, x: answer.x, d: day }, phone)
      }
      return read
    },
  }
}

/** Answers that say something else than those held: the same answer given again keeps its day and version. */
export const changedAnswers = (
  held: Answers,
  read: Readonly<Record<string, Answer>>,
): Record<string, Answer> =>
  Object.fromEntries(
    Object.entries(read).filter(([id, { x }]) => JSON.stringify(held[id]?.x) !== JSON.stringify(x)),
  )
