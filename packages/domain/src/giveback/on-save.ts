import type { EffectiveField } from '../field/resolve.ts'
import type { AccountRow, ContactRow, ReportRow, ReturnPack } from '../sync/pull.ts'
import type { LocalRows } from './local-rows.ts'
import type { AlsoDone, ReturnCard } from './return-card.ts'

export type SaveMoment = {
  /** The report as saved. */
  readonly report: ReportRow
  /** The account and the contact met, as this save leaves them. */
  readonly account: AccountRow
  readonly contact: ContactRow | null
  /** Everything effective at the account's home, of all three entities. */
  readonly fields: readonly EffectiveField[]
  /** Rows as they were just BEFORE this save: the difference is what the rep gave. */
  readonly localRows: LocalRows
  readonly pack: ReturnPack
  /** The reader's own territories. */
  readonly mine: readonly string[]
  readonly today: string
}

export type SaveReturn = { readonly card: ReturnCard | null; readonly alsoDone: readonly AlsoDone[] }

export declare function chooseReturn(moment: SaveMoment): SaveReturn
