import type { Handovers } from '../account/handover.ts'
import type { LedgerRow } from '../analytics/fact.ts'
import type { Month } from '../analytics/period.ts'
import type { ToldDigest } from '../coaching/digest.ts'
import type { CoachingLine, CoachingMark, CoachingSubject } from '../coaching/note.ts'
import type { ContestAnswerKind, ContestReason } from '../contest/contest.ts'
import type { Answers } from '../field/answer.ts'
import type { FieldDefinition, FieldOption } from '../field/field-spec.ts'
import type { Opinions } from '../giveback/opinion.ts'
import type { ToldInsight } from '../insight/told.ts'
import type { ToldObjective } from '../objective/objective.ts'
import type { LevelName } from '../org/level-names.ts'
import type { Outcome, ReportKind, ReportStatus } from '../report/report.ts'
import type { ReportUser } from '../report/use.ts'
import type { ToldArrangement } from '../territory/arrangement.ts'
import type { Path } from '../territory/path.ts'
import type { Rank } from '../territory/rank.ts'

/** Rows as the phone keeps them. Days are YYYY-MM-DD, instants ISO 8601. */
export type TerritoryRow = {
  readonly id: string
  readonly parentId: string | null
  readonly rank: Rank
  readonly name: string
  readonly path: Path
  /** Closed, and told for the accounts that came in afterwards; absent on open ones. */
  readonly closed?: boolean
  /** A sub-sector that a rep made in his own sector; absent on others. */
  readonly made?: boolean
}

export type AccountRow = {
  readonly id: string
  readonly territoryId: string
  readonly kind: 'client' | 'prospect'
  readonly name: string
  /** The organisation's own number of it; servers of an earlier version send none. */
  readonly ref?: string | null
  readonly activity: string | null
  readonly street: string | null
  readonly postcode: string | null
  readonly city: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly phone: string | null
  readonly phoneRaw: string | null
  readonly email: string | null
  readonly emailRaw: string | null
  readonly visitEveryDays: number
  readonly priority: number
  readonly priorityReason: string | null
  readonly lastVisitDay: string | null
  readonly values: Answers
  readonly version: number
}

export type ContactRow = {
  readonly id: string
  readonly accountId: string
  readonly firstName: string
  readonly lastName: string
  readonly jobTitle: string | null
  readonly phone: string | null
  readonly phoneRaw: string | null
  readonly email: string | null
  readonly emailRaw: string | null
  readonly optedOut: boolean
  readonly values: Answers
  readonly version: number
}

export type ReportRow = {
  readonly id: string
  readonly accountId: string
  readonly contactId: string | null
  readonly territoryId: string
  readonly authorId: string
  readonly authorName: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly day: string
  readonly note: string | null
  readonly values: Answers
  readonly status: ReportStatus
  readonly missing: readonly string[]
  readonly version: number
}

export type CallbackRow = {
  readonly id: string
  readonly accountId: string
  readonly contactId: string | null
  readonly assigneeId: string
  /** Who promised it, when it passed to somebody else with its account. */
  readonly formerId?: string | null
  /** The name of who promised it, when that is not the reader. */
  readonly whose?: string
  readonly reason: string
  readonly dueDay: string
  readonly done: boolean
  readonly version: number
}

/** What the owner of a question answered to those who contested it. */
export type ContestAnswerRow = {
  readonly kind: ContestAnswerKind
  readonly reason: string | null
  /** Instant. */
  readonly answeredAt: string
  /** In force when it was answered. */
  readonly fieldVersion: number
}

/** A contest of the reader's own, open or answered. */
export type ContestRow = {
  readonly id: string
  readonly fieldId: string
  readonly fieldVersion: number
  readonly reason: ContestReason
  readonly word: string | null
  /** Others who read the question may read the word, without a name. */
  readonly wordShown: boolean
  /** Instant. */
  readonly openedAt: string
  readonly answer: ContestAnswerRow | null
}

/** What is contested on the reader's paths: his own by row, the others' by question, as counts. */
export type Contests = {
  readonly mine: readonly ContestRow[]
  readonly fields: readonly {
    readonly fieldId: string
    /** People whose contest waits for an answer. */
    readonly open: number
    /** The last one of the past months. */
    readonly answer: ContestAnswerRow | null
  }[]
}

/** What a manager wrote to the reader, whole, with all that was made of it. */
export type CoachingNoteRow = {
  readonly id: string
  readonly authorName: string
  readonly about: CoachingSubject | null
  readonly text: string
  /** Instant. */
  readonly writtenAt: string
  /** What it said before, oldest first. */
  readonly earlier: readonly CoachingLine[]
  /** Instant; null while it stands. */
  readonly withdrawnAt: string | null
  readonly mark: CoachingMark | null
  readonly answers: readonly CoachingLine[]
}

/** Counts of one field at one territory; `won` counts reports that ended in an order (flows only, 0 for stocks). */
export type Distribution = {
  readonly fieldId: string
  readonly territoryId: string
  /** People who filed reports there over the period; not looked at for one's own branch. */
  readonly people: number
  readonly answered: number
  readonly buckets: Readonly<Record<string, { readonly n: number; readonly won: number }>>
}

/** Answers to one question at a territory above the reader's own; months that may not be told are absent. */
export type MonthlyAnswers = {
  readonly fieldId: string
  readonly territoryId: string
  /** Oldest first: `n` answers that are known, and how many of each that is given often. */
  readonly months: readonly {
    readonly month: Month
    readonly n: number
    readonly buckets: Readonly<Record<string, number>>
  }[]
}

/** Visits and orders of a territory over the last twelve months. */
export type Activity = {
  readonly territoryId: string
  readonly people: number
  readonly visits: number
  readonly orders: number
}

/** What makes returns work offline: computed by the server at `asOf`, groups under five people left out. */
export type ReturnPack = {
  readonly asOf: string
  readonly distributions: readonly Distribution[]
  readonly activity: readonly Activity[]
  /** Of questions whose trend is drawn, to be drawn beside it; a server of an earlier version tells none. */
  readonly monthly?: readonly MonthlyAnswers[]
  readonly ledger: readonly LedgerRow[]
  /** What figures say where the reader works; a server of an earlier version tells none. */
  readonly insights?: readonly ToldInsight[]
  /** Who used the reader's reports of late; a server of an earlier version tells nobody. */
  readonly users?: readonly ReportUser[]
  /** What managers wrote to the reader, the last first; a server of an earlier version tells nothing. */
  readonly notes?: readonly CoachingNoteRow[]
  /** What managers read of the reader's own territories, where somebody looked; a server of an earlier version tells nothing. */
  readonly digests?: readonly ToldDigest[]
  /** Accounts that came to the reader, and what he wants to pass on; a server of an earlier version tells none. */
  readonly handovers?: Handovers
  /** What is asked of the reader's accounts, what ends first before; a server of an earlier version tells nothing. */
  readonly objectives?: readonly ToldObjective[]
  /** What became of what was asked of the sub-sectors of his territories, the last first; likewise. */
  readonly arrangements?: readonly ToldArrangement[]
}

export type PullPage = {
  readonly protocol: number
  /** Opaque; sent back as is. */
  readonly cursor: string
  /** Whether more rows wait behind this page. */
  readonly more: boolean
  /** True when the phone must drop its cache before applying: first pull, other scope, restored database. */
  readonly reset: boolean
  /** Names the organisation's data: another one once a backup was restored. */
  readonly epoch: string
  /** How many rows a first load brings, about; told with its first part when it has several. */
  readonly total?: number
  readonly serverTime: string
  readonly me: {
    readonly orgId: string
    readonly membershipId: string
    readonly locale: string | null
    readonly displayName: string
    readonly territoryIds: readonly string[]
  }
  readonly accounts: readonly AccountRow[]
  readonly contacts: readonly ContactRow[]
  readonly reports: readonly ReportRow[]
  readonly callbacks: readonly CallbackRow[]
  /** Accounts that left the scope: removed with all that hangs on them. */
  readonly left: readonly string[]
  /** Contacts that were deleted; a server of an earlier version names none. */
  readonly gone?: readonly string[]
  /** Reports before this day are no longer kept anywhere; told once, when it has changed. */
  readonly keptFrom?: string
  /** Names the frame: sent back with the next pull, which leaves an unchanged frame out. */
  readonly frameTag: string
  readonly frame: Frame | null
  /** On the last page, unless they are those of the tag that the phone named; a server of an earlier version sends none. */
  readonly contests?: { readonly tag: string; readonly held: Contests } | null
  /** What the reader thinks of what comes back: told as contests are. */
  readonly opinions?: { readonly tag: string; readonly held: Opinions } | null
  /** Items that changed in the lists that questions of the frame name; a server of an earlier version names none. */
  readonly lists?: readonly { readonly id: string; readonly items: readonly FieldOption[] }[]
  /** On the last page, when the phone's is older than some minutes. */
  readonly pack: ReturnPack | null
}

/** Small sets sent whole. */
export type Frame = {
  /** What the organisation calls its levels, by rank; none before it named them, and from earlier versions. */
  readonly levelNames?: readonly LevelName[]
  /** The scope's territories with all above them. */
  readonly territories: readonly TerritoryRow[]
  /** Live definitions on the paths of the scope. */
  readonly fields: readonly FieldDefinition[]
  /** Older and retired versions, so that old answers stay readable under the label of then. */
  readonly pastFields: readonly FieldDefinition[]
}
