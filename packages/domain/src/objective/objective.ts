import type { Day } from '../agenda/day.ts'
import type { Localised } from '../field/field-spec.ts'
import type { Path } from '../territory/path.ts'

/** Letters of the sentence that says why. */
export const OBJECTIVE_WHY_MAX = 300
/** Letters of the word of somebody who does not take an account on. */
export const OBJECTIVE_WORD_MAX = 300
export const OBJECTIVE_WEEKS_MAX = 26
/** Days from its first to its last. */
export const OBJECTIVE_DAYS_MAX = 366
/** Live ones that one territory may state: more would say nothing. */
export const OBJECTIVES_MAX = 20

/** Which accounts of a branch are meant. */
export type ObjectiveSegment = {
  /** null: clients and prospects. */
  readonly kind: 'client' | 'prospect' | null
  /** One of these answers, given by the account or by one of its contacts; null: whatever they answer. */
  readonly answer: {
    readonly fieldId: string
    readonly of: 'account' | 'contact'
    /** Ids of options; "true" or "false". */
    readonly options: readonly string[]
  } | null
}

/** How often, and when: `everyWeeks` null is once from the first day to the last. Days are YYYY-MM-DD, both inclusive. */
export type ObjectiveTerm = {
  readonly everyWeeks: number | null
  readonly fromDay: Day
  readonly toDay: Day
}

/** An account that somebody does not take on, with his word. */
export type ObjectiveRefusal = {
  readonly accountId: string
  readonly word: string
  readonly by: string
  readonly own: boolean
}

/** An objective as phones hold it. */
export type ToldObjective = ObjectiveTerm & {
  readonly id: string
  /** Of the territory that it is stated for. */
  readonly path: Path
  readonly territoryName: string
  readonly segment: ObjectiveSegment
  /** Label of the question of its segment. */
  readonly label: Localised | null
  readonly why: string
  /** Who asks. */
  readonly by: string
  readonly refused: readonly ObjectiveRefusal[]
}
