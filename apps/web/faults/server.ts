import type { MediaChunk, MediaHead, MediaState } from '@fieldback/domain/media/media'
import type { AsideSettled, SettlementKind } from '@fieldback/domain/quarantine/settled'
import type { Operation, OperationAnswer } from '@fieldback/domain/sync/operation'
import type { AccountRow, CallbackRow, ContactRow, PullPage, ReportRow } from '@fieldback/domain/sync/pull'
import type { ChangeEntry } from '@fieldback/domain/sync/state'
import type { PullFrom } from '../src/mobile/sync/transport.ts'

/** Whose session a call comes with. */
export type Caller = { readonly membershipId: string; readonly deviceId: string }

/** What a schedule finds on the server when it begins. */
export type Ground = {
  /** Where the reps work, and a neighbour's where they do not. */
  readonly home: string
  readonly elsewhere: string
  /** Asked of each report at home: a yes or no. */
  readonly fieldId: string
  /** Asked of each report at home: a photo. */
  readonly photoFieldId: string
  readonly accountIds: readonly string[]
  /** Of the first account at home. */
  readonly contactId: string
  /** Of a neighbour's account. */
  readonly foreignId: string
  /** Two reps of the same home, each with a session on two phones. */
  readonly reps: readonly { readonly name: string; readonly callers: readonly [Caller, Caller] }[]
  /** A manager above both homes. */
  readonly manager: Caller
}

/** What is done at a desk while phones are away. */
export type DeskAct =
  | { readonly do: 'move'; readonly accountId: string; readonly to: string }
  | { readonly do: 'delete-contact'; readonly contactId: string }
  /** A new version of the question, now required. */
  | { readonly do: 'publish' }
  /** A slow writer's transaction, open until released: pulls hold back what came after it. */
  | { readonly do: 'hold' }
  | { readonly do: 'release' }
  /** A manager files what was put aside at an account, without the answer that was none; or gives it back. */
  | { readonly do: 'file'; readonly itemId: string; readonly accountId: string }
  | { readonly do: 'give-back'; readonly itemId: string }

/** What the server really holds, for whoever judges. */
export type Truth = {
  readonly accounts: ReadonlyMap<string, AccountRow>
  readonly contacts: ReadonlyMap<string, ContactRow>
  readonly reports: ReadonlyMap<string, ReportRow>
  readonly callbacks: ReadonlyMap<string, CallbackRow>
  readonly changes: readonly Pick<ChangeEntry, 'entityId' | 'version' | 'opId' | 'after'>[]
  /** What each operation was finally answered, by its id. */
  readonly receipts: ReadonlyMap<string, { readonly status: 'applied' | 'quarantined' }>
  /** What was put aside, as it came, and what became of it. */
  readonly aside: readonly Aside[]
  /** What came of each photo, by its id. */
  readonly photos: ReadonlyMap<string, PhotoHeld>
}

export type PhotoHeld = { readonly reportId: string; readonly sha256: string; readonly kept: boolean }

/** What a phone says of a photo: that it is about to be sent, or one part of it. */
export type PhotoCall = MediaHead | (MediaChunk & { readonly body: Uint8Array })

export type Aside = {
  readonly itemId: string
  readonly opId: string | null
  readonly settled: SettlementKind | null
}

/** What a phone asks about what was put aside, and what it tells of it. */
export type Asked = { readonly opIds: readonly string[]; readonly takenBack: readonly string[] }

/** The server as phones and desks meet it: the real one on Postgres, or the model of it. */
export type Server = {
  readonly ground: Ground
  /** Throws a FieldbackError where the server refuses the whole batch. */
  push(
    caller: Caller,
    operations: readonly Operation[],
    epoch: string | null,
  ): Promise<readonly OperationAnswer[]>
  pull(caller: Caller, from: PullFrom): Promise<PullPage>
  told(caller: Caller, asked: Asked): Promise<{ readonly settled: readonly AsideSettled[] }>
  /** Throws a FieldbackError where the server refuses it. */
  photo(caller: Caller, id: string, call: PhotoCall): Promise<MediaState>
  desk(act: DeskAct): Promise<void>
  truth(): Promise<Truth>
  /** Keeps what is held by now; what it answers brings that back, under another epoch. */
  backUp(): Promise<() => Promise<void>>
  /** Resolves once a pull holds back nothing that was written before. */
  settled(): Promise<void>
}
