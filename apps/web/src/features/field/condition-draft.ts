import {
  type Clause,
  type ClauseGroup,
  type ClauseValue,
  CONDITION_FACTS,
  type Condition,
  type ConditionFact,
  type ConditionOp,
  isGroup,
  split,
} from '@fieldback/domain/field/condition-shape'

/** A sentence being written; `about` is a question's id, a fact behind a slash, or nothing yet. */
export type DraftClause = {
  readonly about: string
  readonly op: ConditionOp
  readonly value: ClauseValue | undefined
}
export type DraftGroup = { readonly every: boolean; readonly parts: readonly DraftClause[] }
export type DraftPart = DraftClause | DraftGroup
export type DraftCondition = { readonly every: boolean; readonly parts: readonly DraftPart[] }

export const EMPTY_CLAUSE: DraftClause = { about: '', op: 'is', value: undefined }
export const EMPTY_CONDITION: DraftCondition = { every: true, parts: [EMPTY_CLAUSE] }

export const isDraftGroup = (part: DraftPart): part is DraftGroup => 'parts' in part

const factOf = (about: string): ConditionFact | undefined =>
  CONDITION_FACTS.find((fact) => `/${fact}` === about)

export const LIST_OPS: ReadonlySet<ConditionOp> = new Set(['one_of', 'contains_any'])
export const BARE_OPS: ReadonlySet<ConditionOp> = new Set(['answered', 'not_answered'])

/** Whether a sentence says something; what it says is for the server to judge. */
const isFinished = ({ about, op, value }: DraftClause): boolean => {
  if (about === '') return false
  if (BARE_OPS.has(op)) return true
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== ''
}

const sentences = ({ parts }: DraftCondition): DraftClause[] =>
  parts.flatMap((part) => (isDraftGroup(part) ? part.parts : [part]))

export const isUnfinished = (condition: DraftCondition | null): boolean =>
  condition !== null && sentences(condition).some((clause) => !isFinished(clause))

export const sentencesIn = (condition: DraftCondition): number => sentences(condition).length

/** What is written so far, without sentences that are not finished; undefined when nothing is. */
export function conditionOf(draft: DraftCondition | null): Condition | undefined {
  if (!draft) return undefined
  const parts = draft.parts.flatMap((part): (Clause | ClauseGroup)[] => {
    if (!isDraftGroup(part)) return isFinished(part) ? [clauseOf(part)] : []
    const inner = part.parts.filter(isFinished).map(clauseOf)
    return inner.length > 0 ? [part.every ? { all: inner } : { any: inner }] : []
  })
  if (parts.length === 0) return undefined
  return draft.every ? { all: parts } : { any: parts }
}

function clauseOf({ about, op, value }: DraftClause): Clause {
  const said = { op, ...(BARE_OPS.has(op) || value === undefined ? {} : { value }) }
  const fact = factOf(about)
  return fact ? { ...said, fact } : { ...said, field: about }
}

/** A published condition, to be written anew. */
export function draftCondition(condition: Condition | undefined): DraftCondition | null {
  if (!condition) return null
  const { every, parts } = split<Clause | ClauseGroup>(condition)
  return {
    every,
    parts: parts.map((part): DraftPart => {
      if (!isGroup(part)) return draftClause(part)
      const group = split(part)
      return { every: group.every, parts: group.parts.map(draftClause) }
    }),
  }
}

const draftClause = ({ field, fact, op, value }: Clause): DraftClause => ({
  about: field ?? `/${fact}`,
  op,
  value,
})
