import type { Answer, Answers, AnswerValue } from '../field/answer.ts'
import { answerFault } from '../field/answer-fault.ts'
import { NOTE_MAX } from '../report/report.ts'
import { sameValue } from './merge.ts'
import type { PushContext } from './state.ts'

/** A list of which somebody saw one state, made another of it, and finds a third: what each added, less what each took out. */
export function joinLists(
  seen: readonly string[],
  current: readonly string[],
  typed: readonly string[],
): string[] {
  const added = typed.filter((item) => !seen.includes(item) && !current.includes(item))
  const kept = current.filter((item) => !seen.includes(item) || typed.includes(item))
  return [...kept, ...added]
}

/** A note likewise: what was added to what both had seen comes under it; two that were written anew stand one under the other. */
export function joinNotes(seen: string, current: string, typed: string): string {
  if (current === seen || current === typed) return typed
  if (typed === seen) return current
  const [mine, theirs] = [addedTo(seen, typed), addedTo(seen, current)]
  if (mine !== null) return under(current, mine)
  if (theirs !== null) return under(typed, theirs)
  return under(current, typed)
}

/** What a text says after another; null when it does not begin with it, word for word. */
function addedTo(before: string, text: string): string | null {
  if (!text.startsWith(before)) return null
  const added = text.slice(before.length)
  return before === '' || !/^[\p{L}\p{N}]/u.test(added) ? added : null
}

const under = (first: string, second: string): string =>
  [first.trimEnd(), second.trim()].filter((part) => part !== '').join('\n')

type Said = {
  readonly note?: string | null | undefined
  readonly values?: Readonly<Record<string, Answer | null>> | undefined
}
type Correction = Said & {
  readonly seen?:
    | {
        readonly note?: string | null | undefined
        readonly values?: Readonly<Record<string, AnswerValue>> | undefined
      }
    | undefined
}

/**
 * What a correction says of lists and notes, joined with what they have become since its author saw them, and the keys
 * for which that is something else than was typed. A question that would not take both keeps what was typed.
 */
export function joinSeen(
  context: Pick<PushContext, 'versions'>,
  { note, values, seen }: Correction,
  row: { readonly note?: string | null; readonly values: Answers; readonly day: string },
): Said & { readonly joined: ReadonlySet<string> } {
  const joined = new Set<string>()
  const bothNotes = (): string | null | undefined => {
    if (note === undefined || seen?.note === undefined) return note
    const both = joinNotes(seen.note ?? '', row.note ?? '', note ?? '')
    if (both === (note ?? '') || both.length > NOTE_MAX) return note
    joined.add('note')
    return both
  }
  const said = Object.entries(values ?? {}).map(([fieldId, answer]) => {
    const was = seen?.values?.[fieldId]
    const both = was === undefined ? null : bothAnswers(context, { fieldId, answer, was, row })
    if (!both || sameValue(both.x, answer?.x)) return [fieldId, answer] as const
    joined.add(`values.${fieldId}`)
    return [fieldId, both] as const
  })
  return { note: bothNotes(), values: values && Object.fromEntries(said), joined }
}

type Sides = {
  readonly fieldId: string
  readonly answer: Answer | null
  readonly was: AnswerValue
  readonly row: { readonly values: Answers; readonly day: string }
}

/** null: of another kind than those that can be joined, or not to be joined. */
function bothAnswers(
  { versions }: Pick<PushContext, 'versions'>,
  { fieldId, answer, was, row }: Sides,
): Answer | null {
  const current = row.values[fieldId]
  if (!current || sameValue(current.x, was)) return null
  const v = Math.max(answer?.v ?? 0, current.v)
  const spec = versions.get(`${fieldId}:${v}`)?.spec
  const x = spec && bothValues(spec.type === 'long_text', [was, current.x, answer?.x ?? null])
  if (!x || answerFault(spec, x, answer?.d ?? row.day)) return null
  return { ...(answer ?? current), v, x }
}

function bothValues(isNote: boolean, sides: readonly [AnswerValue, AnswerValue, AnswerValue]) {
  if (isNote) {
    const [seen, current, typed] = sides.map((side) => (side === null ? '' : side))
    return typeof seen === 'string' && typeof current === 'string' && typeof typed === 'string'
      ? joinNotes(seen, current, typed) || null
      : null
  }
  const lists = sides.map((side) => (side === null ? [] : side))
  const [seen, current, typed] = lists
  if (!isList(seen) || !isList(current) || !isList(typed)) return null
  const both = joinLists(seen, current, typed)
  return both.length > 0 ? both : null
}

const isList = (side: unknown): side is readonly string[] => Array.isArray(side)
