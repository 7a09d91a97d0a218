import { nameKey } from '../account/normalise.ts'
import { type AnswerValue, isEmpty } from './answer.ts'
import {
  type Clause,
  type ClauseGroup,
  type Condition,
  type ConditionFact,
  type ConditionOp,
  type Group,
  isGroup,
  split,
} from './condition-shape.ts'
import type { FieldEntity, FieldOption, FieldSpec, FieldType } from './field-spec.ts'
import type { Position, PostalAddress } from './types/value.ts'

/** What can be said of an answer, whatever its type is called. */
export type ConditionKind = 'flag' | 'choice' | 'choices' | 'number' | 'day' | 'words' | 'text'

/** A type that is not named is only answered or not. */
const KINDS: Readonly<Partial<Record<FieldType, ConditionKind>>> = {
  yes_no: 'flag',
  single_choice: 'choice',
  multiple_choice: 'choices',
  list_reference: 'choices',
  integer: 'number',
  decimal: 'number',
  money: 'number',
  duration: 'number',
  rating: 'number',
  computed: 'number',
  date: 'day',
  date_time: 'day',
}
export const conditionKind = (type: FieldType): ConditionKind => KINDS[type] ?? 'text'

export const FACT_KINDS: Readonly<Record<ConditionFact, ConditionKind>> = {
  kind: 'choice',
  activity: 'words',
  priority: 'number',
  rank: 'choice',
  daysSinceVisit: 'number',
  contactMet: 'flag',
  outcome: 'choice',
  reportKind: 'choice',
}

export const OPS_OF: Readonly<Record<ConditionKind, readonly ConditionOp[]>> = {
  flag: ['is', 'is_not', 'answered', 'not_answered'],
  choice: ['is', 'is_not', 'one_of', 'answered', 'not_answered'],
  choices: ['contains_any', 'answered', 'not_answered'],
  number: ['is', 'is_not', 'at_least', 'at_most', 'answered', 'not_answered'],
  day: ['before', 'after', 'answered', 'not_answered'],
  words: ['is', 'is_not', 'one_of', 'answered', 'not_answered'],
  text: ['answered', 'not_answered'],
}

/** What a report is about is known to its own questions alone. */
const OF_REPORT: ReadonlySet<ConditionFact> = new Set(['contactMet', 'outcome', 'reportKind'])

/** An account's card is also filled without a report, and without anybody met. */
const REACH: Readonly<Record<FieldEntity, readonly FieldEntity[]>> = {
  report: ['report', 'account', 'contact'],
  account: ['account'],
  contact: ['account', 'contact'],
}
export const reaches = (from: FieldEntity, to: FieldEntity): boolean => REACH[from].includes(to)
export const reachesFact = (from: FieldEntity, fact: ConditionFact): boolean =>
  from === 'report' || !OF_REPORT.has(fact)

/** The conditions of a question, as far as it has any. */
export const conditionsOf = ({
  shownIf,
  requiredIf,
}: Pick<FieldSpec, 'shownIf' | 'requiredIf'>): Condition[] =>
  [shownIf, requiredIf].flatMap((condition) => condition ?? [])

/** What a source says now; undefined when nothing was said. */
export type SaidNow = {
  readonly value: AnswerValue | undefined
  /** Of a choice. */
  readonly options?: readonly FieldOption[]
}
export type ReadSource = (clause: Clause) => SaidNow

/**
 * Whether a condition holds. A comparison holds only of what was said: without an answer, and on "I do not know", each is
 * false, "is not" too; "I do not know" is an answer, so it counts as answered. What does not fit the question is false.
 */
export const holds = (condition: Condition, read: ReadSource): boolean => {
  const one = (part: Clause | ClauseGroup): boolean =>
    isGroup(part) ? group(part, (clause) => clauseHolds(clause, read(clause))) : clauseHolds(part, read(part))
  return group<Clause | ClauseGroup>(condition, one)
}

const group = <Part>(of: Group<Part>, test: (part: Part) => boolean): boolean => {
  const { every, parts } = split(of)
  return every ? parts.every(test) : parts.some(test)
}

function clauseHolds({ op, value: wanted, fact }: Clause, { value: said, options }: SaidNow): boolean {
  if (op === 'answered') return !isEmpty(said)
  if (op === 'not_answered') return isEmpty(said)
  if (said === undefined || said === null || isEmpty(said) || wanted === undefined) return false
  // Where something is says nothing that could be compared.
  if (isPlace(said)) return false
  const heard = countedIds(said, options, fact === 'activity')
  const names = (Array.isArray(wanted) ? wanted : [wanted]).map((id) =>
    fact === 'activity' ? nameKey(String(id)) : id,
  )
  switch (op) {
    case 'is':
      return heard.has(names[0])
    case 'is_not':
      return !heard.has(names[0])
    case 'one_of':
    case 'contains_any':
      return names.some((id) => heard.has(id))
    case 'at_least':
      return typeof said === 'number' && typeof wanted === 'number' && said >= wanted
    case 'at_most':
      return typeof said === 'number' && typeof wanted === 'number' && said <= wanted
    case 'before':
      return typeof said === 'string' && typeof wanted === 'string' && said.slice(0, DAY_LENGTH) < wanted
    case 'after':
      return typeof said === 'string' && typeof wanted === 'string' && said.slice(0, DAY_LENGTH) > wanted
  }
}

/** A moment is compared by its day. */
const DAY_LENGTH = 'YYYY-MM-DD'.length

const isPlace = (said: NonNullable<AnswerValue>): said is PostalAddress | Position =>
  typeof said === 'object' && !Array.isArray(said)

/**
 * What an answer counts as: an option that a level added is also the one it is counted as. A retired option was never
 * chosen, so that nothing hangs on what nobody can say any more.
 */
function countedIds(
  said: boolean | number | string | readonly string[],
  options: readonly FieldOption[] | undefined,
  words: boolean,
): ReadonlySet<unknown> {
  if (words) return new Set([nameKey(String(said))])
  const ids: readonly unknown[] = Array.isArray(said) ? said : [said]
  if (!options || options.length === 0) return new Set(ids)
  const byId = new Map<unknown, FieldOption>(options.map((option) => [option.id, option]))
  const met = new Set<unknown>()
  // Stops at a name met before: a circle of options is gone round once.
  for (const id of ids)
    for (let at: unknown = id; at !== undefined && !met.has(at); at = byId.get(at)?.countsAs) met.add(at)
  return new Set([...met].filter((id) => !byId.get(id)?.retired))
}
