import type { Period } from '../analytics/period.ts'
import { testAnomalies } from './anomalies.ts'
import { testAssociations } from './associations.ts'
import { type AccountActivity, testCold } from './cold-accounts.ts'
import type { FactorCounts } from './factor-counts.ts'
import { Family } from './family.ts'
import type { Insight } from './insight.ts'
import { testSisters } from './sisters.ts'
import type { TerritoryTree } from './territory-tree.ts'

export type InsightInput = {
  readonly tree: TerritoryTree
  /** Whole months that are over, the last one last. */
  readonly period: Period
  /** Which of the organisation's monthly runs this is, from 1; null between two: what is shown is checked, nothing found. */
  readonly run: number | null
  /** Keys of what the run before showed. */
  readonly shown: Iterable<string>
  /** The concept of each question that has one: what is said of either is said of both. */
  readonly conceptOf?: ReadonlyMap<string, string>
  readonly factors: Iterable<FactorCounts>
  readonly activity: readonly AccountActivity[]
}

/** What was shown stays while it still holds: the effect as large, the parts agreeing, and not chance at this level. */
const HOLDS = 0.05

/**
 * The tests of one organisation at one moment, made factor after factor, so that who counts need not hold the counts of all
 * at once.
 */
export class InsightSearch {
  readonly #tree: TerritoryTree
  readonly #conceptOf: ReadonlyMap<string, string>
  readonly #family: Family

  constructor({ tree, shown, conceptOf = new Map() }: Pick<InsightInput, 'tree' | 'shown' | 'conceptOf'>) {
    this.#tree = tree
    this.#conceptOf = conceptOf
    this.#family = new Family(shown)
  }

  test(counts: FactorCounts): void {
    const { kind } = counts.spec.factor
    if (kind === 'reports') testSisters(counts, this.#family)
    else testAssociations(counts, this.#family)
    if (kind === 'reports' || kind === 'answer') testAnomalies(counts, this.#family)
  }

  testAccounts(activity: readonly AccountActivity[], period: Period): void {
    testCold(activity, { tree: this.#tree, period }, this.#family)
  }

  /**
   * What may be shown, most useful first: what run `run` finds, and what was shown and still holds; null finds nothing. At
   * most one in twenty of everything ever found is expected to be chance, over all kinds, territories and runs (ADR 033).
   */
  found(run: number | null): Insight[] {
    const family = this.#family
    const kept = family.candidates
      .map(({ insight }) => insight)
      .filter(({ key, p }) => family.shown.has(key) && p <= HOLDS)
    const byKey = new Map([...kept, ...(run === null ? [] : family.found(run))].map((one) => [one.key, one]))
    return this.#distinct([...byKey.values()].sort(moreUseful))
  }

  /**
   * One sentence where several would say the same: of one factor the most useful on a line of territories, since a branch
   * that agrees with what is said above it has nothing to add; of sisters the one that differs most, since beside it the
   * others differ too.
   */
  #distinct(sorted: readonly Insight[]): Insight[] {
    const tree = this.#tree
    const kept: { readonly about: string; readonly at: number; readonly insight: Insight }[] = []
    for (const insight of sorted) {
      const { kind, factor, territoryId } = insight
      const own = tree.at(territoryId) as number
      const at = kind === 'sister' ? (tree.parent[own] as number) : own
      const about = [
        kind,
        factor.kind,
        'fieldId' in factor ? (this.#conceptOf.get(factor.fieldId) ?? factor.fieldId) : '',
        // Each level has sisters of its own.
        kind === 'sister' ? at : '',
      ].join('|')
      if (!kept.some((other) => other.about === about && tree.onOneLine(other.at, at)))
        kept.push({ about, at, insight })
    }
    return kept.map(({ insight }) => insight)
  }
}

/** The same at once, of counts at hand. */
export function findInsights({ period, run, factors, activity, ...known }: InsightInput): Insight[] {
  const search = new InsightSearch(known)
  for (const counts of factors) search.test(counts)
  search.testAccounts(activity, period)
  return search.found(run)
}

const moreUseful = (a: Insight, b: Insight): number => b.usefulness - a.usefulness || (a.key < b.key ? -1 : 1)
