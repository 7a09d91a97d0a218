import type { Answers } from '../field/answer.ts'
import type { DefinitionOf } from '../field/definition-at.ts'
import type { FieldSetMembers } from '../field/field-set.ts'
import type { Outcome, ReportKind, ReportStatus } from '../report/report.ts'
import type { ReportFact } from './fact.ts'

/** A report as the roll-ups see it, before or after a change. */
export type ReportState = {
  /** The report's own territory. */
  readonly thenAt: string
  /** Its account's present home. */
  readonly todayAt: string
  readonly day: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly member: string
  readonly status: ReportStatus
  /** The questions of the form it was filled on. */
  readonly form: FieldSetMembers
  readonly values: Answers
}

export declare function reportFact(
  sign: 1 | -1,
  state: ReportState,
  definitionOf: DefinitionOf,
): ReportFact | null
export declare function factsOfChange(
  before: ReportState | null,
  after: ReportState | null,
  definitionOf: DefinitionOf,
): ReportFact[]
