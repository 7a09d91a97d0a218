import type { FieldDefinition, Giveback } from '../field/field-spec.ts'

export const GIVEBACK_FAULTS = [
  'GIVEBACK_TYPE',
  'GIVEBACK_NOT_REPORTABLE',
  'GIVEBACK_OPTION_UNKNOWN',
  'GIVEBACK_NO_REP',
  'GIVEBACK_NO_REPORT',
  'GIVEBACK_NO_SECOND_VISIT',
  'GIVEBACK_TOO_FEW_PEOPLE',
  'GIVEBACK_TOO_FEW_ANSWERS',
  'GIVEBACK_NOBODY_REACHABLE',
] as const
export type GivebackFault = (typeof GIVEBACK_FAULTS)[number]

/**
 * What the database says of the branch of the field's owner, accounts counted at their present home. "Last 60 days" is
 * report.day from today - 59 to today, withdrawn reports left out, visits and calls alike.
 */
export type BranchFacts = {
  /** People with a live assignment that files reports (role with report.create) in the branch, or above it. */
  readonly reps: number
  /** Those of them assigned strictly below the owner: only they have a territory above to be compared with. */
  readonly repsBelow: number
  /** Distinct report.author_id over the last 60 days. */
  readonly authorsLast60Days: number
  /** Reports over the last 60 days. */
  readonly reportsLast60Days: number
  /** Distinct report.account_id over the last 60 days. */
  readonly accountsMetLast60Days: number
  /** Distinct non-null report.contact_id over the last 60 days. */
  readonly contactsMetLast60Days: number
  /** Accounts with two reports or more over the last 60 days. */
  readonly accountsSeenTwiceIn60Days: number
  /** Accounts with a phone or an e-mail. */
  readonly accountsReachable: number
  /** Contacts with a phone or an e-mail, not opted out. */
  readonly contactsReachable: number
}

export type GivebackVerdict =
  | { readonly working: true; readonly evidence: Readonly<Record<string, number>> }
  | {
      readonly working: false
      readonly code: GivebackFault
      readonly params: Readonly<Record<string, string | number>>
    }

export declare function checkGiveback(
  giveback: Giveback,
  question: Pick<FieldDefinition, 'entity' | 'spec'>,
  facts: BranchFacts,
): GivebackVerdict
