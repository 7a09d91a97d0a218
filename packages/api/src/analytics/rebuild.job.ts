import {
  endRebuild,
  holdMeasure,
  holdTurn,
  noteStep,
  type Rebuild,
  takeTurn,
} from '@fieldback/db/analytics/rebuild.repo'
import { monthsCounted, readPlaces, treeMark } from '@fieldback/db/analytics/recount.repo'
import type { Db } from '@fieldback/db/client'
import { inOrgSql } from '@fieldback/db/org-sql'
import { readKeptFrom } from '@fieldback/db/retention/retention.repo'
import { lockTree } from '@fieldback/db/territory/tree-lock.repo'
import { Balance, type Counted, inPieces, rowsIn } from '@fieldback/domain/analytics/drift'
import { firstDay, monthsOf } from '@fieldback/domain/analytics/period'
import type { Log } from '@fieldback/domain/ports/runtime'
import { alongTree, requireCounted } from './counted-tree.ts'
import { addCounted } from './fold.job.ts'
import { addDocuments, eachKept, openRecount, STOCKS, type Unit } from './recount.ts'

/** A month of a country is read in minutes; as a snapshot that writes nothing it keeps nobody waiting. */
const READING_MS = 30 * 60_000
/** Rows put right in a transaction, which others may wait for. */
const ROWS_A_PIECE = 10_000
const WRITING_MS = 10_000

export type RebuildDeps = { readonly db: Db; readonly log: Log; readonly newId: () => string }

export type Rebuilt = { readonly units: number; readonly corrected: number; readonly done: boolean }

/**
 * Counts an organisation again while it is used, a month after the other: what the documents say and the roll-ups do not
 * is added to them. Readers see figures all the while and facts are folded; killed anywhere, it goes on with the
 * month where it was, and two at once do not add twice (ADR 051). `stop` ends it between two months.
 */
export async function rebuild(deps: RebuildDeps, orgId: string, stop?: AbortSignal): Promise<Rebuilt> {
  const turn = deps.newId()
  let [units, corrected] = [0, 0]
  for (;;) {
    if (stop?.aborted) return { units, corrected, done: false }
    const open = await inOrgSql(deps.db, orgId, (tx) => takeTurn(tx, orgId, turn))
    if (!open) return { units, corrected, done: true }
    const step = await nextUnit(deps, orgId, { open, turn })
    if (step === null) continue
    const { unit, of } = step
    const put = await recountUnit(deps, orgId, { unit, turn })
    if (put === 'moved') continue
    if (put === 'lost') return { units, corrected, done: true }
    await inOrgSql(deps.db, orgId, (tx) => noteStep(tx, orgId, { turn, done: open.done + 1 }))
    deps.log.info('rollup.rebuilding', { orgId, unit, done: open.done + 1, of, corrected: put })
    units += 1
    corrected += put
  }
}

/** What is counted next; null when that was written down only now, or when all is done and it was ended. */
async function nextUnit(
  { db }: RebuildDeps,
  orgId: string,
  { open, turn }: { readonly open: Rebuild; readonly turn: string },
): Promise<{ readonly unit: Unit; readonly of: number } | null> {
  const unit = open.units?.[open.done]
  if (open.units && unit !== undefined) return { unit, of: open.units.length }
  await inOrgSql(
    db,
    orgId,
    async (tx) => {
      if (open.units) return endRebuild(tx, orgId, turn)
      const known = await monthsCounted(tx, orgId)
      const months = known ? monthsOf({ from: known.first.slice(0, 7), to: known.last.slice(0, 7) }) : []
      await noteStep(tx, orgId, {
        turn,
        units: [STOCKS, ...months.toReversed().map((month) => `${month}-01`)],
      })
    },
    { timeout: READING_MS },
  )
  return null
}

type Mine = { readonly unit: Unit; readonly turn: string }

/** Rows put right. `moved`: a branch did meanwhile, it is to be read again; `lost`: another goes on with it. */
async function recountUnit(
  { db }: RebuildDeps,
  orgId: string,
  { unit, turn }: Mine,
): Promise<number | 'moved' | 'lost'> {
  const measured = await alongTree(db, orgId, (tx) => measure(tx, orgId, unit), {
    snapshot: true,
    timeout: READING_MS,
    plans: 'auto',
  })
  if (!measured) return 'lost'
  const { drift, mark } = measured
  for (const piece of inPieces(drift, ROWS_A_PIECE)) {
    const written = await inOrgSql(
      db,
      orgId,
      async (tx) => {
        await lockTree(tx, orgId, 'keep')
        if (!(await holdTurn(tx, orgId, turn))) return 'lost'
        if ((await treeMark(tx, orgId)) !== mark) return 'moved'
        await addCounted(tx, orgId, { ...piece, ledger: [], took: [], returns: [] })
        await noteStep(tx, orgId, { turn, corrected: rowsIn(piece) })
        return 'written'
      },
      { timeout: WRITING_MS },
    )
    if (written !== 'written') return written
  }
  return rowsIn(drift)
}

/** What is to be added to the roll-ups of a unit, and the tree along which that was counted; null: another is at it. */
async function measure(
  tx: Parameters<Parameters<typeof inOrgSql>[2]>[0],
  orgId: string,
  unit: Unit,
): Promise<{ readonly drift: Counted; readonly mark: string } | null> {
  if (!(await holdMeasure(tx, orgId))) return null
  await requireCounted(tx, orgId)
  const recount = await openRecount(tx, orgId)
  const { places, mark } = await readPlaces(tx, orgId)
  const balance = new Balance()
  const keptFrom = await readKeptFrom(tx, orgId)
  // Erased since it was written down: what was counted of it stays.
  if (unit !== STOCKS && keptFrom !== null && unit < firstDay(keptFrom))
    return { drift: balance.drift(), mark }
  await addDocuments(recount, unit, balance)
  await eachKept(recount, { unit, places: places.map(({ id }) => id) }, (kept) => balance.add(kept, -1))
  return { drift: balance.drift(), mark }
}
