import { addDays, type Day } from '@fieldback/domain/agenda/day'
import type { Answer, AnswerValue } from '@fieldback/domain/field/answer'
import { answerFault } from '@fieldback/domain/field/answer-fault'
import { type FieldSetMembers, fieldSetHash, fieldSetMembers } from '@fieldback/domain/field/field-set'
import { type FieldDefinition, type FieldEntity, fieldSpec } from '@fieldback/domain/field/field-spec'
import { type EffectiveField, resolveFields } from '@fieldback/domain/field/resolve'
import { freeSlot } from '@fieldback/domain/field/slots'
import { isWithin, pathIds } from '@fieldback/domain/territory/path'
import type { Question } from './delmas-fields.ts'
import type { Territory } from './france.ts'
import { Random } from './random.ts'
import { FOUNDED, frenchInstant } from './working-days.ts'

const overlap = (a: Territory, b: Territory): boolean => isWithin(a.path, b.path) || isWithin(b.path, a.path)

/** Questions as published once, each with the typed column that a publication would find free. */
export function defineFields(
  random: Random,
  questions: readonly Question[],
  ownerOf: (question: Question) => Territory,
): FieldDefinition[] {
  const defined: { readonly field: FieldDefinition; readonly owner: Territory }[] = []
  for (const question of questions) {
    const owner = ownerOf(question)
    const spec = fieldSpec.parse(question.spec)
    const others = defined.filter(({ field }) => field.entity === question.entity)
    const slotsOf = (list: typeof defined) => new Set(list.flatMap(({ field }) => field.slot ?? []))
    const field: FieldDefinition = {
      id: random.uuid(frenchInstant(FOUNDED, 540)),
      territoryId: owner.id,
      entity: question.entity,
      key: question.key,
      version: 1,
      retired: false,
      slot:
        freeSlot(question.entity, spec, slotsOf(others)) ??
        freeSlot(question.entity, spec, slotsOf(others.filter((other) => overlap(other.owner, owner)))),
      spec,
    }
    defined.push({ field, owner })
  }
  return defined.map(({ field }) => field)
}

/** The questions of a home, resolved once per home and entity. */
export type Forms = {
  readonly asked: (home: Territory, entity: FieldEntity) => readonly EffectiveField[]
  /** What a report at a home is made of. */
  readonly formOf: (home: Territory) => { readonly hash: string; readonly members: FieldSetMembers }
  readonly fieldSets: ReadonlyMap<string, FieldSetMembers>
}

export function formsOf(territories: readonly Territory[], definitions: readonly FieldDefinition[]): Forms {
  const nodes = new Map(territories.map((node) => [node.id, node]))
  const resolved = new Map<string, readonly EffectiveField[]>()
  const fieldSets = new Map<string, FieldSetMembers>()
  const asked = (home: Territory, entity: FieldEntity): readonly EffectiveField[] => {
    const key = `${home.id}:${entity}`
    const known = resolved.get(key)
    if (known) return known
    const path = pathIds(home.path).flatMap((id) => nodes.get(id) ?? [])
    const fields = resolveFields(path, definitions, entity)
    resolved.set(key, fields)
    return fields
  }
  return {
    asked,
    fieldSets,
    formOf: (home) => {
      const members = fieldSetMembers(asked(home, 'report'))
      const hash = fieldSetHash(members)
      fieldSets.set(hash, members)
      return { hash, members }
    },
  }
}

/** What somebody knows, by question key; `undefined` was not said. */
export type Known = Readonly<Record<string, AnswerValue | undefined>>

/**
 * Keeps what the form of a home asks and somebody said, as the document of answers; refuses what does not fit. `saidOn`: the
 * day each was said, of accounts and contacts.
 */
export function answersTo(
  asked: readonly EffectiveField[],
  known: Known,
  saidOn?: (key: string) => Day,
): Record<string, Answer> {
  const answers: Record<string, Answer> = {}
  for (const field of asked) {
    const x = known[field.key]
    if (x === undefined) continue
    const fault = answerFault(field.spec, x)
    if (fault) throw new Error(`${field.key} cannot be answered by ${JSON.stringify(x)}: ${fault}`)
    answers[field.id] = { v: field.version, x, ...(saidOn && { d: saidOn(field.key) }) }
  }
  return answers
}

/** Within how many days everything was said: some of what grows stale in a year has. */
const SAID_WITHIN = 400

/** When each answer was said, since somebody was known; drawn by itself, so that nothing else is drawn otherwise. */
export const saidSince =
  (id: string, knownSince: Day, today: Day) =>
  (key: string): Day => {
    const day = addDays(today, -new Random(`said/${id}/${key}`).int(1, SAID_WITHIN))
    return day < knownSince ? knownSince : day
  }
