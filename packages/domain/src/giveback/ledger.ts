import type { PathNode } from '../field/resolve.ts'
import type { LedgerRow } from '../sync/pull.ts'
import type { Rank } from '../territory/rank.ts'

export type LedgerTotals = {
  readonly answers: number
  readonly seconds: number
  readonly received: number
  readonly used: number
}

/** One level's account: what was given to its questions and what came back. `rank` null: questions no longer known. */
export type LedgerLevel = LedgerTotals & { readonly rank: Rank | null; readonly owners: readonly PathNode[] }

export type Ledger = { readonly total: LedgerTotals; readonly levels: readonly LedgerLevel[] }

export declare function ledgerOf(
  rows: readonly LedgerRow[],
  ownerOf: (fieldId: string) => PathNode | undefined,
  period?: { readonly from: string; readonly to: string },
): Ledger
