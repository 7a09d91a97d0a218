/** What is known besides answers. Activity is free text; a home's rank is "0" to "3". */
export const CONDITION_FACTS = [
  'kind',
  'activity',
  'priority',
  'rank',
  'daysSinceVisit',
  'contactMet',
  'outcome',
  'reportKind',
] as const
export type ConditionFact = (typeof CONDITION_FACTS)[number]

export const CONDITION_OPS = [
  'is',
  'is_not',
  'one_of',
  'contains_any',
  'at_least',
  'at_most',
  'before',
  'after',
  'answered',
  'not_answered',
] as const
export type ConditionOp = (typeof CONDITION_OPS)[number]

export type ClauseValue = boolean | number | string | readonly string[]
type Said = { readonly op: ConditionOp; readonly value?: ClauseValue | undefined }
/** One comparison: of the answer to a question, by its id, or of a fact. Answers are named by option ids. */
export type Clause =
  | (Said & { readonly field: string; readonly fact?: undefined })
  | (Said & { readonly fact: ConditionFact; readonly field?: undefined })

export type Group<Part> = { readonly all: readonly Part[] } | { readonly any: readonly Part[] }
export type ClauseGroup = Group<Clause>
/** Groups nest once. */
export type Condition = Group<Clause | ClauseGroup>

export const CLAUSES_MAX = 20

type Split<Part> = { readonly every: boolean; readonly parts: readonly Part[] }
export const split = <Part>(group: Group<Part>): Split<Part> =>
  'all' in group ? { every: true, parts: group.all } : { every: false, parts: group.any }

export const isGroup = (part: Clause | ClauseGroup): part is ClauseGroup => 'all' in part || 'any' in part

/** Every comparison of a condition, in the order it is written. */
export const clausesOf = (condition: Condition): Clause[] =>
  split<Clause | ClauseGroup>(condition).parts.flatMap((part) =>
    isGroup(part) ? [...split(part).parts] : [part],
  )
