import type { LedgerRow } from '../analytics/fact.ts'
import type { PathNode } from '../territory/path-node.ts'
import { RANKS, type Rank } from '../territory/rank.ts'

export type LedgerTotals = {
  readonly answers: number
  readonly seconds: number
  /** Shown, opened, and what was made of them: as in LedgerRow. */
  readonly received: number
  readonly used: number
  readonly followed: number
  readonly contacted: number
}

/** One level's account: what was given to its questions and what came back. `rank` null: questions no longer known. */
export type LedgerLevel = LedgerTotals & { readonly rank: Rank | null; readonly owners: readonly PathNode[] }

export type Ledger = { readonly total: LedgerTotals; readonly levels: readonly LedgerLevel[] }

const NOTHING: LedgerTotals = { answers: 0, seconds: 0, received: 0, used: 0, followed: 0, contacted: 0 }

const plus = (a: LedgerTotals, b: LedgerTotals | LedgerRow): LedgerTotals => ({
  answers: a.answers + b.answers,
  seconds: a.seconds + b.seconds,
  received: a.received + b.received,
  used: a.used + b.used,
  followed: a.followed + (b.followed ?? 0),
  contacted: a.contacted + (b.contacted ?? 0),
})

/**
 * What a person gave and what came back, in all and by level, national first. `period`: months YYYY-MM, both included;
 * without it, everything. The levels always add up to the total.
 */
export function ledgerOf(
  rows: readonly LedgerRow[],
  ownerOf: (fieldId: string) => PathNode | undefined,
  period?: { readonly from: string; readonly to: string },
): Ledger {
  const kept = rows.filter(({ month }) => !period || (period.from <= month && month <= period.to))
  const levels = [...RANKS, null].flatMap((rank): LedgerLevel[] => {
    const own = kept.filter(({ fieldId }) => (ownerOf(fieldId)?.rank ?? null) === rank)
    if (own.length === 0) return []
    const owners = new Map(
      own.flatMap(({ fieldId }) => ownerOf(fieldId) ?? []).map((owner) => [owner.id, owner]),
    )
    const byName = [...owners.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    return [{ rank, owners: byName, ...own.reduce<LedgerTotals>(plus, NOTHING) }]
  })
  return { total: levels.reduce<LedgerTotals>(plus, NOTHING), levels }
}
