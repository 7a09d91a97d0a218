import type { Role } from '../access/permissions.ts'
import type { Localised } from '../field/field-spec.ts'
import type { ClashChoice } from '../territory/clash-choice.ts'
import type { Rank } from '../territory/rank.ts'
import type { RehomeRule } from '../territory/rehome-rule.ts'
import type { TreeNode, TreeStep } from '../territory/tree-step.ts'
import type { Held, OwnedQuestion } from './facts.ts'
import type { DraftClash } from './meetings.ts'

/** A step with the names that its sentence needs; an empty name is of something that is gone. */
export type ToldStep =
  | { readonly of: 'create'; readonly name: string; readonly parent: string; readonly rank: Rank }
  | { readonly of: 'rename'; readonly name: string; readonly to: string }
  | { readonly of: 'move'; readonly name: string; readonly parent: string }
  | { readonly of: 'merge'; readonly name: string; readonly into: string }
  | {
      readonly of: 'rehome'
      readonly from: string
      readonly to: string
      readonly by: RehomeRule['by']
      readonly towns: readonly string[]
      readonly question: Localised | null
      readonly street: string
    }
  | { readonly of: 'close' | 'reopen'; readonly name: string }
  | { readonly of: 'assign'; readonly person: string; readonly role: Role; readonly name: string }
  | {
      readonly of: 'endAssignment'
      readonly person: string
      readonly role: Role | null
      readonly name: string
    }

export type Names = {
  /** Nodes of the live tree, then of the draft: a name that the draft changes is told as it was. */
  readonly nodes: ReadonlyMap<string, Pick<TreeNode, 'name'>>
  readonly held: ReadonlyMap<string, Held>
  readonly questions: ReadonlyMap<string, OwnedQuestion>
  readonly person: (membershipId: string) => string
  /** Names of territories that stuck gestures would make. */
  readonly made: ReadonlyMap<string, string>
}

/** What a step says, in names; nothing of what hangs on territories, which no draft names. */
export function toldStep(step: TreeStep, { nodes, held, questions, person, made }: Names): ToldStep[] {
  const name = (id: string): string => nodes.get(id)?.name ?? made.get(id) ?? ''
  switch (step.of) {
    case 'create':
      return [{ of: step.of, name: step.name, parent: name(step.parentId), rank: step.rank }]
    case 'rename':
      return [{ of: step.of, name: name(step.territoryId), to: step.name }]
    case 'move':
      return [{ of: step.of, name: name(step.territoryId), parent: name(step.parentId) }]
    case 'merge':
      return [{ of: step.of, name: name(step.territoryId), into: name(step.intoId) }]
    case 'close':
    case 'reopen':
      return [{ of: step.of, name: name(step.territoryId) }]
    case 'rehome': {
      const { rule } = step
      return [
        {
          of: step.of,
          from: name(step.fromId),
          to: name(step.toId),
          by: rule.by,
          towns: rule.by === 'towns' ? rule.towns : [],
          question: rule.by === 'answer' ? (questions.get(rule.fieldId)?.label ?? null) : null,
          street: rule.by === 'street' ? rule.street : '',
        },
      ]
    }
    case 'assign':
      return [
        { of: step.of, person: person(step.membershipId), role: step.role, name: name(step.territoryId) },
      ]
    case 'endAssignment': {
      const one = held.get(step.assignmentId)
      return [
        {
          of: step.of,
          person: one?.name ?? '',
          role: one?.role ?? null,
          name: one ? name(one.territoryId) : '',
        },
      ]
    }
    case 'rehang':
    case 'unsettle':
      return []
  }
}

/** What becomes of questions that clash, in names; `place`: of the one that is kept, renamed, or whose words are. */
export type ToldChoice = {
  readonly how: ClashChoice['how']
  readonly question: Localised
  readonly place: string
  /** Its new name; null where it keeps its own. */
  readonly label: Localised | null
}

export function toldChoice(
  { questions, choice }: DraftClash,
  nameOf: (territoryId: string) => string,
): ToldChoice[] {
  const about = questions.find(({ id }) => id === choice?.fieldId)
  if (!choice || !about) return []
  const label = choice.how === 'apart' ? choice.label : null
  return [{ how: choice.how, question: about.label, place: nameOf(about.territoryId), label }]
}
