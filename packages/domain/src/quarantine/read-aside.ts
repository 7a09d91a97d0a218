import type { FieldDefinition, Localised } from '../field/field-spec.ts'
import { type AnswerTold, type AskedThen, type Reading, tellAnswer } from '../report/read-report.ts'
import { answer } from '../sync/operation.ts'
import { asObject, bodyOf, type Json } from './fault.ts'

/** An answer of what was put aside, under the words of the version it was given to. */
export type AsideAnswer = {
  readonly key: string
  /** null: no question of that id is known. */
  readonly label: Localised | null
  readonly owner: AskedThen['owner'] | null
  readonly told: AnswerTold
  /** As it came, where it cannot be told better. */
  readonly typed: string | null
  /** What it may be answered with instead. */
  readonly definition: FieldDefinition | null
}

/** A plain part of it: how it ended, the note, a name. */
export type AsideLine = { readonly key: string; readonly value: string }

/** Said elsewhere, or nobody's words. */
const APART = [
  'accountId',
  'contactId',
  'territoryId',
  'values',
  'answers',
  'seconds',
  'id',
  'proposed',
  'startedAt',
  'opened',
  'fieldSet',
  'durationSeconds',
  'latitude',
  'longitude',
]

export function linesOf(operation: unknown): AsideLine[] {
  return Object.entries(bodyOf(operation))
    .filter(([key, value]) => !APART.includes(key) && value !== null && value !== '')
    .map(([key, value]) => ({ key, value: asTyped(value) }))
}

/** Its answers in the order in which questions are read; those to questions nobody knows come last. */
export function answersOf(operation: unknown, { versions, hidden, today }: Reading): AsideAnswer[] {
  const values = valuesOf(operation)
  const known = new Map<string, AskedThen>()
  for (const asked of versions) {
    const { id, version } = asked.definition
    const wanted = asObject(values[id]).v
    if (version === wanted || (version === asked.current && known.get(id)?.definition.version !== wanted))
      known.set(id, asked)
  }
  const ordered = [...known].filter(([id]) => id in values)
  const unknown = Object.keys(values).filter((key) => !known.has(key))
  return [
    ...ordered.map(([key, asked]): AsideAnswer => {
      const { definition, owner } = asked
      const { label } = definition.spec
      if (hidden.has(key))
        return { key, label, owner, told: { state: 'kept' }, typed: null, definition: null }
      const sent = answer.safeParse(values[key])
      const told: AnswerTold = sent.success ? tellAnswer(asked, sent.data, today) : { state: 'unreadable' }
      const typed = told.state === 'unreadable' ? asTyped(values[key]) : null
      return { key, label, owner, told, typed, definition }
    }),
    ...unknown.map(
      (key): AsideAnswer => ({
        key,
        label: null,
        owner: null,
        told: { state: 'unreadable' },
        typed: asTyped(values[key]),
        definition: null,
      }),
    ),
  ]
}

/** By question; those of a draft have no version yet. */
export function valuesOf(operation: unknown): Json {
  const { values, answers } = bodyOf(operation)
  if (values !== undefined) return asObject(values)
  return Object.fromEntries(Object.entries(asObject(answers)).map(([key, x]) => [key, { v: 1, x }]))
}

/** The questions whose words are in it, those of a photo included. */
export function fieldsIn(operation: unknown): string[] {
  const { fieldId } = asObject(asObject(operation).photo)
  return [...Object.keys(valuesOf(operation)), ...(typeof fieldId === 'string' ? [fieldId] : [])]
}

/** Without the answers to some questions, for whoever must not read their words. */
export function withoutValues(operation: unknown, hidden: ReadonlySet<string>): unknown {
  if (!fieldsIn(operation).some((key) => hidden.has(key))) return operation
  const sent = asObject(operation)
  const readable = (values: unknown): Json =>
    Object.fromEntries(Object.entries(asObject(values)).filter(([key]) => !hidden.has(key)))
  const within = (part: unknown, key: string) => ({ ...asObject(part), [key]: readable(asObject(part)[key]) })
  return {
    ...sent,
    ...('body' in sent && { body: within(sent.body, 'values') }),
    ...('draft' in sent && { draft: within(sent.draft, 'answers') }),
    ...('photo' in sent && { photo: null }),
  }
}

const LONGEST = 2_000

function asTyped(value: unknown): string {
  const { x } = asObject(value)
  const said = x === undefined ? value : x
  const text = typeof said === 'string' ? said : JSON.stringify(said)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
