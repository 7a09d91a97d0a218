import { type Answer, type Answers, isEmpty } from '../field/answer.ts'
import type { FieldSetMembers } from '../field/field-set.ts'
import type { FieldDefinition, Localised } from '../field/field-spec.ts'
import { sourcesOf } from '../field/merges.ts'
import { type AnswerParts, answerParts } from '../giveback/answer-parts.ts'
import type { TerritoryRow } from '../sync/pull.ts'

/** A question at one of its versions, with who owns it and which version is in force. */
export type AskedThen = {
  readonly definition: FieldDefinition
  readonly current: number
  readonly owner: Pick<TerritoryRow, 'id' | 'name' | 'rank'>
}

/**
 * What became of a question. `unknown`: "I do not know" was said; `empty`: nothing was; `kept`: its words stay at the level
 * that asks; `unreadable`: what was said is of no answer known.
 */
export type AnswerTold =
  | { readonly state: 'said'; readonly parts: AnswerParts }
  | { readonly state: 'unknown' | 'empty' | 'kept' | 'unreadable' }

export type QuestionTold = {
  readonly fieldId: string
  /** As it was asked. */
  readonly label: Localised
  /** What it is called today, where that is otherwise. */
  readonly now: Localised | null
  readonly retired: boolean
  readonly owner: AskedThen['owner']
  readonly told: AnswerTold
  /** Today's form still asks for it. */
  readonly missing: boolean
}

export type Reading = {
  /** Every version of the questions that a report names, in the order in which they are read. */
  readonly versions: readonly AskedThen[]
  /** Ids of the fields whose words the reader must not see. */
  readonly hidden: ReadonlySet<string>
  readonly today: string
}

const keyOf = (fieldId: string, version: number): string => `${fieldId}:${version}`

/** Finds a question at a version; at the one in force where that version is not known. */
function finder(versions: readonly AskedThen[]) {
  const at = new Map(versions.map((asked) => [keyOf(asked.definition.id, asked.definition.version), asked]))
  const inForce = new Map(
    versions
      .filter(({ definition, current }) => definition.version === current)
      .map((asked) => [asked.definition.id, asked]),
  )
  return {
    inForce,
    find: (fieldId: string, version: number | undefined) =>
      (version === undefined ? undefined : at.get(keyOf(fieldId, version))) ?? inForce.get(fieldId),
  }
}

/** What became of one question, under the words of the version given. */
export function tellAnswer({ definition }: AskedThen, answer: Answer | undefined, today: string): AnswerTold {
  if (!answer || isEmpty(answer.x)) return { state: 'empty' }
  if (answer.x === null) return { state: 'unknown' }
  const parts = answerParts(definition.spec, answer, today)
  return parts ? { state: 'said', parts } : { state: 'unreadable' }
}

const sameWords = (a: Localised, b: Localised): boolean => a.fr === b.fr && a.en === b.en

type Filled = {
  readonly values: Answers
  readonly form: FieldSetMembers
  readonly missing: readonly string[]
}

/**
 * A report question by question, each under the words and answers of the version it was filled against: what was asked and
 * left empty, and what is still asked, included. `values` without what the reader must not see.
 */
export function readReport(
  { values, form, missing }: Filled,
  { versions, hidden, today }: Reading,
): QuestionTold[] {
  const { inForce, find } = finder(versions)
  const asked = new Map(form)
  const lacking = new Set(missing)
  // Read as an answer to the question that took theirs over, and said again there.
  const saidAnew = new Set(
    [...inForce.values()].flatMap(({ definition: { id, merges } }) =>
      merges?.live && values[id] ? sourcesOf(merges.links) : [],
    ),
  )
  return [...inForce.values()].flatMap((now): QuestionTold[] => {
    const { id, entity, retired, spec } = now.definition
    const answer = values[id]
    if (entity !== 'report' || saidAnew.has(id)) return []
    if (!answer && !asked.has(id) && !lacking.has(id)) return []
    const then = find(id, answer?.v ?? asked.get(id)) ?? now
    const { label } = then.definition.spec
    return [
      {
        fieldId: id,
        label,
        now: sameWords(label, spec.label) ? null : spec.label,
        retired,
        owner: now.owner,
        // That nothing was said is no secret: it is asked for.
        told: hidden.has(id) && !lacking.has(id) ? { state: 'kept' } : tellAnswer(then, answer, today),
        missing: lacking.has(id),
      },
    ]
  })
}

/** What a report says besides answers; its seconds are nobody else's. */
export const CORE_CHANGES = ['status', 'kind', 'day', 'outcome', 'contactId', 'note', 'reason'] as const
export type CoreChange = (typeof CORE_CHANGES)[number]

export type LineChanged =
  | { readonly of: CoreChange; readonly before: string | null; readonly after: string | null }
  | {
      readonly of: 'answer'
      readonly fieldId: string
      readonly label: Localised
      readonly before: AnswerTold
      readonly after: AnswerTold
    }

type Sides = {
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
}

const asAnswer = (value: unknown): Answer | undefined =>
  typeof value === 'object' && value !== null && 'v' in value && 'x' in value ? (value as Answer) : undefined

const plain = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const ANSWER = /^values\.(.+)$/

/** The ids that a change names, to be read with their versions. */
export const fieldsChanged = ({ after }: Pick<Sides, 'after'>): string[] =>
  Object.keys(after).flatMap((key) => ANSWER.exec(key)?.[1] ?? [])

/** A correction line by line, each side under the words it was said in; what the reader must not see is left out. */
export function readChange({ before, after }: Sides, { versions, hidden, today }: Reading): LineChanged[] {
  const { find } = finder(versions)
  const core = CORE_CHANGES.flatMap((of): LineChanged[] => {
    const [was, is] = [plain(before[of]), plain(after[of])]
    return was === is ? [] : [{ of, before: was, after: is }]
  })
  const answers = fieldsChanged({ after }).flatMap((fieldId): LineChanged[] => {
    if (hidden.has(fieldId)) return []
    const [was, is] = [asAnswer(before[`values.${fieldId}`]), asAnswer(after[`values.${fieldId}`])]
    const [then, now] = [find(fieldId, was?.v), find(fieldId, is?.v)]
    if (!then || !now) return []
    const { label } = (is ? now : then).definition.spec
    return [
      {
        of: 'answer',
        fieldId,
        label,
        before: tellAnswer(then, was, today),
        after: tellAnswer(now, is, today),
      },
    ]
  })
  return [...core, ...answers]
}
