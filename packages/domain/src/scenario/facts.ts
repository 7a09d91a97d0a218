import type { Role } from '../access/permissions.ts'
import type { Day } from '../agenda/day.ts'
import type { FieldEntity, Localised } from '../field/field-spec.ts'
import type { RuledAccount } from '../territory/rehome-rule.ts'
import type { TreeNode } from '../territory/tree-step.ts'

/** What stands on a territory itself: accounts, those whose visit is due, and their reports of the last 30 days. */
export type Load = { readonly accounts: number; readonly visitsDue: number; readonly reports: number }

/** An account as rules choose among them, with what it weighs. */
export type WeighedAccount = RuledAccount & {
  readonly name: string
  readonly visitDue: boolean
  readonly reports: number
}

/** A live question; `seconds`: of one answer. */
export type OwnedQuestion = {
  readonly id: string
  readonly key: string
  readonly entity: FieldEntity
  readonly label: Localised
  readonly territoryId: string
  readonly seconds: number
}

/** Who holds a role where, and when (days, both inclusive). */
export type Held = {
  readonly id: string
  readonly membershipId: string
  readonly name: string
  readonly role: Role
  readonly territoryId: string
  readonly validFrom: Day
  readonly validTo: Day | null
}

/** The organisation as it is, as far as a re-organisation looks at it. */
export type LiveFacts = {
  /** A branch and what lies above it, closed territories too. */
  readonly tree: readonly TreeNode[]
  readonly loads: ReadonlyMap<string, Load>
  /** Accounts one by one, of the territories that `chosenFrom` names. */
  readonly accounts: ReadonlyMap<string, readonly WeighedAccount[]>
  readonly questions: readonly OwnedQuestion[]
  readonly held: readonly Held[]
}

/** The organisation's day, and the one on which the steps hold. */
export type Days = { readonly today: Day; readonly effective: Day }

export const NO_LOAD: Load = { accounts: 0, visitsDue: 0, reports: 0 }

export const addLoads = (a: Load, b: Load): Load => ({
  accounts: a.accounts + b.accounts,
  visitsDue: a.visitsDue + b.visitsDue,
  reports: a.reports + b.reports,
})

export const weigh = (accounts: readonly WeighedAccount[]): Load => ({
  accounts: accounts.length,
  visitsDue: accounts.filter(({ visitDue }) => visitDue).length,
  reports: accounts.reduce((sum, { reports }) => sum + reports, 0),
})

export const holdsOn = ({ validFrom, validTo }: Pick<Held, 'validFrom' | 'validTo'>, day: Day): boolean =>
  validFrom <= day && (validTo === null || day <= validTo)
