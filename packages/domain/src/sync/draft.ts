import type { LedgerRow, ReachedReturn, RollupFact } from '../analytics/fact.ts'
import type { FieldSetMembers } from '../field/field-set.ts'
import type { Merge, Operation, OperationAnswer, QuarantineCode } from './operation.ts'
import type {
  AccountState,
  ArrangementState,
  CallbackState,
  ChangeEntry,
  ContactState,
  ContestState,
  DismissalState,
  HandoverNoteState,
  InsightOpinionState,
  NoteState,
  PushContext,
  RefusalState,
  ReportState,
  ReturnOpinionState,
} from './state.ts'

/** What a batch has decided so far: later operations of the batch see the states left by earlier ones. */
export type Draft = {
  readonly accounts: Map<string, AccountState>
  readonly contacts: Map<string, ContactState>
  readonly reports: Map<string, ReportState>
  readonly callbacks: Map<string, CallbackState>
  readonly contests: Map<string, ContestState>
  readonly notes: Map<string, NoteState>
  readonly changes: ChangeEntry[]
  readonly facts: RollupFact[]
  readonly ledger: LedgerRow[]
  readonly returns: ReachedReturn[]
  /** By question and kind, and by insight: the last of a batch stands. */
  readonly returnOpinions: Map<string, ReturnOpinionState>
  readonly insightOpinions: Map<string, InsightOpinionState>
  /** By account. */
  readonly handoverNotes: Map<string, HandoverNoteState>
  readonly dismissals: Map<string, DismissalState>
  /** What reps do to their sub-sectors, in the order of the batch. */
  readonly arrangements: ArrangementState[]
  /** By objective and account: the last of a batch stands. */
  readonly refusals: Map<string, RefusalState>
  /** Forms as conditions left them, by their hash. */
  readonly forms: Map<string, FieldSetMembers>
}

export type Refusal = { readonly refused: QuarantineCode; readonly path: readonly string[] }
export type Applied = Omit<Extract<OperationAnswer, { status: 'applied' }>, 'status' | 'opId'>

export const refuse = (refused: QuarantineCode, ...path: string[]): Refusal => ({ refused, path })

/** Notes an entity's change in its history. */
export function recordChange(
  draft: Draft,
  context: PushContext,
  operation: Operation,
  change: Pick<ChangeEntry, 'entity' | 'version' | 'before' | 'after'>,
): void {
  draft.changes.push({
    ...change,
    entityId: operation.entityId,
    membershipId: context.membershipId,
    opId: operation.opId,
    kind: operation.kind,
  })
}

export const applied = (version: number, merges: readonly Merge[] = []): Applied =>
  merges.length > 0 ? { version, merges } : { version }
