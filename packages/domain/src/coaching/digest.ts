import type { Day } from '../agenda/day.ts'
import { addMonths, firstDay, monthOfDay } from '../analytics/period.ts'
import type { TerritoryTree } from '../insight/territory-tree.ts'

/** How far back a digest looks, in whole months before the present one. */
export const DIGEST_SPANS = { month: 1, quarter: 3 } as const
export type DigestSpan = keyof typeof DIGEST_SPANS
export const SPANS = Object.keys(DIGEST_SPANS) as DigestSpan[]

/** The first day of a span: of a month, so that all figures of the page begin on the same day. */
export const spanStart = (span: DigestSpan, today: Day): Day =>
  firstDay(addMonths(monthOfDay(today), -DIGEST_SPANS[span]))

/** Figures that lead to accounts: something said or confirmed, a prospect won, a promise kept, a call-back done. */
export const LEADING = ['known', 'clients', 'kept', 'calledBack'] as const
export type Leading = (typeof LEADING)[number]
const PLAIN = ['reports', 'noted', 'pictured', 'promised', 'read', 'listed', 'exported'] as const
/** What reps made of what came back to them: theirs alone, and told of five people together or more. */
export const PRIVATE = ['opened', 'useful'] as const
/** "field:<id>": answers that accounts and contacts hold and that were said since. */
export type DigestFigure = Leading | (typeof PLAIN)[number] | (typeof PRIVATE)[number] | `field:${string}`

/** An account behind a figure, and the day it came into it. */
export type Behind = { readonly id: string; readonly day: Day }

/** What one territory alone adds to a figure; `accounts` of one that leads to some. */
export type DigestTally = {
  readonly territoryId: string
  readonly figure: DigestFigure
  readonly n: number
  readonly accounts?: readonly Behind[] | null
}

/** What a rep is told of a territory of his own: the figures that its managers read there. */
export type ToldDigest = {
  readonly territoryId: string
  readonly since: Day
  readonly counts: Readonly<Record<Leading | 'promised', number>>
}

export type Digest = {
  readonly counts: Readonly<Partial<Record<DigestFigure, number>>>
  /** The latest of each, at most `BEHIND_MOST`. */
  readonly behind: Readonly<Partial<Record<Leading, readonly Behind[]>>>
}

/** Accounts that a figure leads to: what a person reads at once. */
export const BEHIND_MOST = 50

const latestFirst = (a: Behind, b: Behind): number =>
  a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day > b.day ? -1 : 1

/**
 * Digests of every territory that has something, with all below it: each tally counts at its home and at all above.
 * What belongs to a territory that is not in the tree is left out.
 */
export function foldDigests(tree: TerritoryTree, tallies: readonly DigestTally[]): Map<string, Digest> {
  type Open = { counts: Record<string, number>; behind: Record<string, Behind[]> }
  const digests = new Map<string, Open>()
  for (const { territoryId, figure, n, accounts } of tallies) {
    for (let at = tree.at(territoryId) ?? -1; at >= 0; at = tree.parent[at] ?? -1) {
      const id = tree.nodes[at]?.id ?? ''
      const digest = digests.get(id) ?? { counts: {}, behind: {} }
      digests.set(id, digest)
      digest.counts[figure] = (digest.counts[figure] ?? 0) + n
      if (accounts)
        digest.behind[figure] = [...(digest.behind[figure] ?? []), ...accounts]
          .sort(latestFirst)
          .slice(0, BEHIND_MOST)
    }
  }
  return digests as Map<string, Digest>
}
