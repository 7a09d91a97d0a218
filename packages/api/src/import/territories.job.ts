import { inOrg } from '@fieldback/db/client'
import { NO_COUNTS } from '@fieldback/db/import/import.repo'
import {
  allTerritories,
  doneTerritories,
  organisationFacts,
  writeTerritories,
} from '@fieldback/db/import/territories.repo'
import { advance, takeLines, type Work, writeVerdicts } from '@fieldback/db/import/work.repo'
import type { KnownTerritory } from '@fieldback/domain/import/find-territory'
import type { LineVerdict } from '@fieldback/domain/import/line'
import {
  planTerritories,
  readTerritoryLine,
  type TerritoryChange,
  type TerritoryLine,
} from '@fieldback/domain/import/plan-territories'
import { giveUp } from './read.job.ts'
import { BATCH_TX, countedWith, type ImportDeps, LINES_A_BATCH, type Stop } from './work.ts'

/** A parent may stand anywhere in the file: all lines are held at once, so fewer are taken than of other kinds. */
const LINES_MAX = 50_000
const LINES_A_TAKE = 5_000

/** Tries or runs a file of territories. False when stopped. */
export async function throughTerritories(deps: ImportDeps, work: Work, stop: Stop): Promise<boolean> {
  if (work.lines > LINES_MAX) {
    await giveUp(deps, work, { code: 'TOO_MANY_LINES', params: { lines: LINES_MAX } })
    return true
  }
  const lines = await allLines(deps, work)
  const { known, done } = await inOrg(deps.db, work.orgId, async (tx) => ({
    known: await allTerritories(tx, work.orgId),
    done: work.state === 'importing' ? await doneTerritories(tx, work) : [],
  }))
  const recordOf = new Map(done.map(({ line, recordId }) => [line, recordId]))
  const plan = planTerritories(known, lines, deps.newId, recordOf)
  const ended = new Set(done.map(({ line }) => line))
  return writePlan(deps, work, stop, {
    // Changes first, parents before their children; then the lines that change nothing.
    verdicts: inWritingOrder(plan.verdicts, plan.changes).filter(({ line }) => !ended.has(line)),
    changes: new Map(plan.changes.map((change) => [change.line, change])),
    before: new Map(known.map((territory) => [territory.id, territory])),
    counts: countedWith(NO_COUNTS, done),
    handled: done.length,
  })
}

async function allLines({ db }: ImportDeps, work: Work): Promise<TerritoryLine[]> {
  const { levelNames } = await inOrg(db, work.orgId, (tx) => organisationFacts(tx, work.orgId))
  const reading = { mapping: work.mapping, columns: work.columns.length, levelNames }
  const lines: TerritoryLine[] = []
  for (;;) {
    const staged = await inOrg(db, work.orgId, (tx) =>
      takeLines(tx, work, lines.at(-1)?.line ?? 0, LINES_A_TAKE),
    )
    lines.push(...staged.map((line) => readTerritoryLine(line, reading)))
    if (staged.length < LINES_A_TAKE) return lines
  }
}

function inWritingOrder(
  verdicts: readonly LineVerdict[],
  changes: readonly TerritoryChange[],
): LineVerdict[] {
  const byLine = new Map(verdicts.map((verdict) => [verdict.line, verdict]))
  const changing = new Set(changes.map(({ line }) => line))
  return [
    ...changes.flatMap(({ line }) => byLine.get(line) ?? []),
    ...verdicts.filter(({ line }) => !changing.has(line)),
  ]
}

type Writing = {
  readonly verdicts: readonly LineVerdict[]
  readonly changes: ReadonlyMap<number, TerritoryChange>
  readonly before: ReadonlyMap<string, KnownTerritory>
  readonly counts: typeof NO_COUNTS
  readonly handled: number
}

async function writePlan(deps: ImportDeps, work: Work, stop: Stop, writing: Writing): Promise<boolean> {
  let { counts, handled } = writing
  const runs = work.state === 'importing'
  for (let from = 0; from < writing.verdicts.length; from += LINES_A_BATCH) {
    if (stop?.aborted) return false
    const batch = writing.verdicts.slice(from, from + LINES_A_BATCH)
    const changes = batch.flatMap(({ line }) => writing.changes.get(line) ?? [])
    counts = countedWith(counts, batch)
    handled += batch.length
    const progress = { handled, position: 0, counts }
    await inOrg(
      deps.db,
      work.orgId,
      async (tx) => {
        await advance(tx, work, progress)
        if (runs) await writeTerritories(tx, work.orgId, changes)
        await writeVerdicts(
          tx,
          work,
          batch.map((verdict) => ({
            ...verdict,
            recordId: !runs && verdict.outcome === 'create' ? null : verdict.recordId,
            effect: runs ? effectOf(writing.changes.get(verdict.line), writing.before) : null,
          })),
        )
      },
      BATCH_TX,
    )
  }
  return true
}

const called = ({ name, code }: Pick<KnownTerritory, 'name' | 'code'>) => ({ name, code })

function effectOf(change: TerritoryChange | undefined, before: Writing['before']) {
  if (!change) return null
  const was = before.get(change.id)
  return change.created || !was
    ? { created: true }
    : { created: false, before: called(was), after: called(change) }
}
