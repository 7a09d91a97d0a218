import type { Period } from '../analytics/period.ts'
import type { Family } from './family.ts'
import { type InsightClaim, keyOfClaim, NAMED_MOST } from './insight.ts'
import type { TerritoryTree } from './territory-tree.ts'
import { wilson } from './wilson.ts'

/** How an account has been visited: `gaps` intervals over `span` days, and `since` days from the last visit to now. */
export type AccountActivity = {
  readonly accountId: string
  readonly territoryId: string
  readonly gaps: number
  readonly span: number
  readonly since: number
}

/** Intervals under which an account has no rhythm of its own. */
const GAPS_MIN = 3
/** An account is late when visits at random, at its own rhythm, leave it this long only once in ten. */
const LATE = 0.1
/** Accounts with a rhythm under which nothing is tested. */
const ACCOUNTS_MIN = 20
/** Late accounts that are worth a sentence: twice as many as chance leaves. */
const SHARE_MIN = 2 * LATE

/**
 * Chance that an account visited at random at its own rhythm is left for so long: exact when visits fall like a Poisson
 * process, given their number (they are uniform on the time that has passed), too high when they are more regular.
 */
export function lateness({ gaps, span, since }: Pick<AccountActivity, 'gaps' | 'span' | 'since'>): number {
  return since <= 0 || span <= 0 ? 1 : (span / (span + since)) ** gaps
}

type Late = { readonly accountId: string; readonly lateness: number }

/** At each territory, whether more accounts are late than their own rhythms let expect. One account alone is no finding. */
export function testCold(
  activity: readonly AccountActivity[],
  { tree, period }: { readonly tree: TerritoryTree; readonly period: Period },
  family: Family,
): void {
  const known = new Int32Array(tree.nodes.length)
  const late: Late[][] = tree.nodes.map(() => [])
  for (const account of activity) {
    const home = tree.at(account.territoryId)
    if (home === undefined || account.gaps < GAPS_MIN || account.span <= 0) continue
    known[home] = (known[home] as number) + 1
    const chance = lateness(account)
    if (chance <= LATE) late[home]?.push({ accountId: account.accountId, lateness: chance })
  }
  for (let at = 0; at < tree.nodes.length; at++) {
    const n = known.subarray(at, tree.endOf(at)).reduce((sum, count) => sum + count, 0)
    if (n < ACCOUNTS_MIN) continue
    family.count('cold', tree.depth[at] as number)
    testOne({ n, late: late.slice(at, tree.endOf(at)).flat(), at, tree, period }, family)
  }
}

type Place = {
  readonly n: number
  readonly late: readonly Late[]
  readonly at: number
  readonly tree: TerritoryTree
  readonly period: Period
}

function testOne({ n, late, at, tree, period }: Place, family: Family): void {
  const here = wilson(late.length, n)
  if (here.share < SHARE_MIN) return
  const claim: InsightClaim = {
    kind: 'cold',
    territoryId: tree.id(at),
    factor: { kind: 'reports' },
    bucket: null,
    outcome: null,
    month: null,
    compared: 'own_rhythm',
    period,
  }
  const odds = (share: number) => (share / (1 - share)) * ((1 - LATE) / LATE)
  const insight = {
    ...claim,
    key: keyOfClaim(claim, 'more'),
    direction: 'more' as const,
    here,
    there: { k: LATE * n, n, share: LATE, low: LATE, high: LATE },
    effect: {
      odds: odds(here.share),
      low: odds(here.low),
      high: odds(here.high),
      difference: here.share - LATE,
    },
    p: binomialTail(late.length, n),
    usefulness: Math.max(0, here.low - LATE) * n,
    accounts: [...late]
      .sort((a, b) => a.lateness - b.lateness || (a.accountId < b.accountId ? -1 : 1))
      .slice(0, NAMED_MOST)
      .map(({ accountId }) => accountId),
  }
  family.propose({ insight, depth: tree.depth[at] as number })
}

/** P(K >= k) of n draws at LATE, summed from k upwards. */
function binomialTail(k: number, n: number): number {
  const odds = LATE / (1 - LATE)
  let log = n * Math.log(1 - LATE)
  for (let at = 0; at < k; at++) log += Math.log(((n - at) / (at + 1)) * odds)
  let [term, sum] = [1, 1]
  for (let at = k; at < n && term > 1e-17 * sum; at++) {
    term *= ((n - at) / (at + 1)) * odds
    sum += term
  }
  return Math.min(1, Math.exp(log) * sum)
}
