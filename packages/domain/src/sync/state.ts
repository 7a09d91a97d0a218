import type { DatedGrant } from '../access/scope.ts'
import type { RollupFact } from '../analytics/fact.ts'
import type { StandIn } from '../assignment/replacement.ts'
import type { CoachingLine, CoachingMark } from '../coaching/note.ts'
import type { ContestReason } from '../contest/contest.ts'
import type { Answers } from '../field/answer.ts'
import type { Conversion } from '../field/conversion.ts'
import type { FieldSetMembers } from '../field/field-set.ts'
import type { FieldDefinition, GivebackKind } from '../field/field-spec.ts'
import type { Outcome, ReportKind, ReportStatus } from '../report/report.ts'
import type { BranchMove } from '../territory/path-then.ts'
import type { SectorAsk } from '../territory/sector-ask.ts'
import type { OperationAnswer, QuarantineCode } from './operation.ts'
import type { AccountRow, CallbackRow, ContactRow, TerritoryRow } from './pull.ts'

export type AccountState = AccountRow
export type ContactState = ContactRow
export type CallbackState = CallbackRow
export type ReportState = {
  readonly id: string
  readonly accountId: string
  readonly contactId: string | null
  readonly territoryId: string
  readonly authorId: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly day: string
  readonly note: string | null
  readonly fieldSet: string | null
  readonly values: Answers
  readonly status: ReportStatus
  readonly missing: readonly string[]
  readonly durationSeconds: number
  readonly capturedAt: string
  readonly version: number
}

/** Instants in ISO 8601, by the server's clock. */
export type ContestState = {
  readonly id: string
  readonly fieldId: string
  /** Of the question, as it was contested. */
  readonly fieldVersion: number
  readonly membershipId: string
  readonly reason: ContestReason
  readonly word: string | null
  readonly openly: boolean
  readonly openedAt: string
  readonly withdrawnAt: string | null
  readonly answered: boolean
  readonly version: number
}

/** What a rep made of a note that was written to him. */
export type NoteState = {
  readonly id: string
  readonly memberId: string
  readonly mark: CoachingMark | null
  readonly answers: readonly CoachingLine[]
  /** Instant. */
  readonly changedAt: string
  readonly version: number
}

/** What somebody thinks of a kind of return of a question, or of an insight; null: taken back. `at`: instant of its arrival. */
type OpinionState = { readonly useful: boolean | null; readonly at: string }
export type ReturnOpinionState = OpinionState & { readonly fieldId: string; readonly kind: GivebackKind }
export type InsightOpinionState = OpinionState & { readonly key: string }

/** What the author wants to pass on of an account; null: nothing any more. `at`: instant of its arrival. */
export type HandoverNoteState = {
  readonly accountId: string
  readonly text: string | null
  readonly at: string
}
/** The author has read the brief of an account, on a day. */
export type DismissalState = { readonly accountId: string; readonly day: string }
/** What somebody asks to be done to a sub-sector; the work is done after the push, by a job (ADR 048). */
export type ArrangementState = {
  readonly id: string
  readonly sectorId: string
  /** The local territory that it lies under. */
  readonly territoryId: string
  readonly ask: SectorAsk
  /** Instants: when it was asked for, and when that arrived. */
  readonly capturedAt: string
  readonly at: string
}

/** Where an objective stands. */
export type ObjectiveState = { readonly id: string; readonly territoryId: string }
/** An account that somebody does not take on for it; `word` null: taken back. */
export type RefusalState = {
  readonly objectiveId: string
  readonly accountId: string
  readonly word: string | null
  /** Instant of its arrival. */
  readonly at: string
}

export type ChangeEntity = 'report' | 'account' | 'contact' | 'callback'

/** One entry of an entity's history: the keys it touched ("phone", "values.<fieldId>") before and after. */
export type ChangeEntry = {
  readonly entity: ChangeEntity
  readonly entityId: string
  readonly version: number
  readonly membershipId: string
  readonly opId: string
  readonly kind: string
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
}

/** A change that a phone did not know when it corrected; `by`: its author's name, `at`: an instant. */
export type LaterChange = Pick<ChangeEntry, 'version' | 'membershipId' | 'opId' | 'after'> & {
  readonly by: string
  readonly at: string
}

export type Receipt = {
  readonly opId: string
  readonly entity: string
  readonly entityId: string
  readonly seq: number
  readonly bodyHash: string
  readonly status: 'applied' | 'quarantined'
  readonly answer: OperationAnswer
}

export type Quarantined = {
  readonly opId: string | null
  readonly bodyHash: string
  readonly code: QuarantineCode
  readonly path: readonly string[]
  readonly operation: unknown
  /** Where it waits for a manager; null: nobody but its author reads it. */
  readonly place: AsidePlace | null
}

/** `territoryId` is null when the author never held a branch: it waits at the top of the organisation. */
export type AsidePlace = { readonly territoryId: string | null }

/** All that a batch refers to, read in its transaction before anything is decided. Maps are keyed by id. */
export type PushContext = {
  readonly membershipId: string
  /** Every assignment the person ever held: a right held at capture is honoured afterwards. */
  readonly assignments: readonly DatedGrant[]
  /** For whom the author stood or stands in, among the assignees of the batch's call-backs. */
  readonly standIns: readonly StandIn[]
  /** Of the accounts that the batch leaves a word for, those that left the author of late. */
  readonly leftOfLate: ReadonlySet<string>
  readonly territories: ReadonlyMap<string, TerritoryRow>
  /** Moves of branches since the first capture of the batch, latest first. */
  readonly moves: readonly BranchMove[]
  /** Homes that accounts of the batch left since its first capture, keyed by account; `toAt` in ms since 1970. */
  readonly pastHomes: ReadonlyMap<string, readonly { readonly territoryId: string; readonly toAt: number }[]>
  /** Live definitions of the organisation, current versions. */
  readonly definitions: readonly FieldDefinition[]
  /** Every published version, keyed "<fieldId>:<version>". */
  readonly versions: ReadonlyMap<string, FieldDefinition>
  /** Questions whose type was changed, those that were taken back included, each after those it reads. */
  readonly conversions: readonly Conversion[]
  readonly fieldSets: ReadonlyMap<string, FieldSetMembers>
  readonly accounts: Map<string, AccountState>
  readonly contacts: Map<string, ContactState>
  readonly reports: Map<string, ReportState>
  readonly callbacks: Map<string, CallbackState>
  /** Those the batch names, and the author's own open ones on the questions that it contests. */
  readonly contests: Map<string, ContestState>
  /** Notes that the batch answers. */
  readonly notes: Map<string, NoteState>
  /** Those that the batch names. */
  readonly objectives: ReadonlyMap<string, ObjectiveState>
  /** Changes later than the base a phone named, in the order of their versions, keyed by entity id. */
  readonly later: ReadonlyMap<string, readonly LaterChange[]>
  readonly receipts: ReadonlyMap<string, Receipt>
  /** Ids of operations that this device sent before on the entities of the batch. */
  readonly sent: ReadonlySet<string>
  /** "<entityId>:<seq>" of this device's answered operations. */
  readonly sequence: Set<string>
  /** Instants to days in the organisation's time zone. */
  readonly localDay: (instant: string) => string
  /** What was typed to E.164, or null. */
  readonly phone: (raw: string) => string | null
  /** Of canonical JSON, as receipts hold it. */
  readonly hash: (operation: unknown) => string
}

/** What a batch changes: final states, written set-based in one transaction with its receipts. */
export type PushEffects = {
  readonly answers: readonly OperationAnswer[]
  readonly accounts: ReadonlyMap<string, AccountState>
  readonly contacts: ReadonlyMap<string, ContactState>
  readonly reports: ReadonlyMap<string, ReportState>
  readonly callbacks: ReadonlyMap<string, CallbackState>
  readonly contests: ReadonlyMap<string, ContestState>
  readonly notes: ReadonlyMap<string, NoteState>
  readonly changes: readonly ChangeEntry[]
  readonly facts: readonly RollupFact[]
  readonly returnOpinions: readonly ReturnOpinionState[]
  readonly insightOpinions: readonly InsightOpinionState[]
  readonly handoverNotes: readonly HandoverNoteState[]
  readonly dismissals: readonly DismissalState[]
  readonly arrangements: readonly ArrangementState[]
  readonly refusals: readonly RefusalState[]
  /** Forms to keep, by their hash. */
  readonly forms: ReadonlyMap<string, FieldSetMembers>
  readonly receipts: readonly Receipt[]
  readonly quarantined: readonly Quarantined[]
}
