import type { Db } from '@fieldback/db/client'
import { unsafeFindActivity, unsafeFindLookalikes } from '@fieldback/db/insight/counts.repo'
import { findRunState, type Kept, keepRun } from '@fieldback/db/insight/insight.repo'
import { inOrgSql } from '@fieldback/db/org-sql'
import { InsightSearch } from '@fieldback/domain/insight/find-insights'
import type { Insight } from '@fieldback/domain/insight/insight'
import { judgedPeriod } from '@fieldback/domain/insight/monthly-run'
import { conceptsOfQuestions } from '@fieldback/domain/insight/tested-concepts'
import {
  type Counted,
  countQuestion,
  countReports,
  countRhythm,
  keptOf,
  openCounted,
  reading,
} from './count-factor.ts'

export type InsightDeps = { readonly db: Db; readonly now: () => Date }

/** `run`: the number of the run that was made; null: none was to be made, or somebody else made it. */
export type Ran = { readonly run: number | null; readonly shown: number; readonly done: boolean }

const NOT_MADE: Ran = { run: null, shown: 0, done: true }

/**
 * The monthly run of an organisation, once a month whatever is started again: the run is written with what it found, in one
 * transaction that a second one of the same month cannot make. One that is stopped before has spent nothing.
 */
export async function runInsights({ db, now }: InsightDeps, orgId: string, stop?: AbortSignal): Promise<Ran> {
  const at = now()
  const period = judgedPeriod(at)
  const { last, shown } = await reading({ db, orgId }, (tx) => findRunState(tx, orgId))
  if (last && last.month >= period.to) return NOT_MADE
  const number = (last?.number ?? 0) + 1
  const counted = await openCounted({ db, orgId }, period)
  // Nobody filed anything: nothing is tested, so that nothing need be spent.
  if (counted.tree.nodes.every(({ people }) => people === 0)) return NOT_MADE
  const conceptOf = conceptsOfQuestions(counted.concepts)
  const search = new InsightSearch({ tree: counted.tree, shown, conceptOf })
  for (const counts of [...(await countReports(counted)), ...(await countRhythm(counted))])
    search.test(counts)
  for (const field of counted.definitions.values()) {
    if (stop?.aborted) return { ...NOT_MADE, done: false }
    const counts = await countQuestion(counted, field)
    if (counts) search.test(counts)
  }
  const seen = { from: period.from, today: at.toISOString().slice(0, 10) }
  search.testAccounts(await reading(counted, (tx) => unsafeFindActivity(tx, orgId, seen)), period)
  const found = await nameLookalikes(counted, search.found(number))
  const kept: Kept[] = []
  for (const insight of found) kept.push(await keptOf(counted, insight))
  const made = await inOrgSql(db, orgId, (tx) => keepRun(tx, orgId, { period, number, at, kept }))
  return made ? { run: number, shown: kept.length, done: true } : NOT_MADE
}

/** The prospects that answer as won accounts do. */
async function nameLookalikes(of: Counted, found: readonly Insight[]): Promise<Insight[]> {
  const named: Insight[] = []
  for (const insight of found) {
    const { kind, factor, bucket, territoryId } = insight
    const field = kind === 'lookalike' && 'fieldId' in factor ? of.definitions.get(factor.fieldId) : undefined
    const accounts =
      field && bucket !== null
        ? await reading(of, (tx) =>
            unsafeFindLookalikes(tx, of.orgId, { field, bucket, territoryId, definitions: of.definitions }),
          )
        : insight.accounts
    named.push({ ...insight, accounts })
  }
  return named
}
