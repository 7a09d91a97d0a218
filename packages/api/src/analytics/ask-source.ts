import { type ReadyPair, readCells, readPairs, readStocks } from '@fieldback/db/analytics/ask.repo'
import { findPairs } from '@fieldback/db/analytics/pair.repo'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import type { Prepared } from '@fieldback/domain/analytics/findings'
import { bucketsNeeded, selectCells, type TableCell } from '@fieldback/domain/analytics/select-cells'
import { type Counted, type PairWay, wayOf } from '@fieldback/domain/analytics/way'
import { countsAt, type Fields, type Found, type Keep, KINDS, type Where } from './ask-counts.ts'
import { readRows, readStockRows } from './ask-rows.ts'

/** Reads what a question counts, from as little as tells it. */
export async function readCounted(
  sdb: ScopedSql,
  of: Counted,
  { fields, where, keep }: { readonly fields: Fields; readonly where: Where; readonly keep: Keep },
): Promise<Found> {
  const at = countsAt(of, where)
  const seriesOfId = (id: string) => ({ field: fields.get(id) ?? KINDS, buckets: bucketsNeeded(of, id) })
  const told = (cells: readonly TableCell[], prepared: Prepared): Found => ({
    cells: selectCells(of, cells),
    prepared,
    source: { from: 'counts' },
  })
  const way = wayOf(of, fields)
  switch (way.by) {
    case 'stocks':
      return told(await readStocks(sdb, seriesOfId(way.id), at), { state: 'one' })
    case 'one':
      return told(await readCells(sdb, seriesOfId(way.id), at), { state: 'one' })
    case 'pair': {
      const { ready, prepared } = await standingOf(sdb, way, keep)
      const [first, second] = way.ids
      if (!ready) return readRows(sdb, of, { fields, where, prepared })
      return told(
        await readPairs(sdb, { pairs: ready, first: seriesOfId(first), second: seriesOfId(second) }, at),
        prepared,
      )
    }
    case 'rows':
      return way.why === 'stock'
        ? readStockRows(sdb, of, { fields, where })
        : readRows(sdb, of, { fields, where, prepared: { state: 'never', why: way.why } })
  }
}

/** Whether the pairs of a question are counted; null: one of them is not. */
async function standingOf(
  sdb: ScopedSql,
  { pairs, firstIds }: PairWay,
  keep: Keep,
): Promise<{ readonly ready: ReadyPair[] | null; readonly prepared: Prepared }> {
  const standing = await findPairs(sdb, pairs)
  const absent = standing.length < pairs.length
  // Once a day is enough to tell which were asked for longest ago.
  if (absent || standing.some(({ usedOn }) => usedOn < sdb.scope.day)) await keep(pairs)
  if (absent) return { ready: null, prepared: { state: 'preparing', done: 0, of: 0 } }
  const [done, count] = standing.reduce(
    ([sum, all], one) => [sum + (one.state === 'ready' ? one.of : one.done), all + one.of],
    [0, 0],
  )
  if (standing.some(({ state }) => state !== 'ready'))
    return { ready: null, prepared: { state: 'preparing', done, of: count } }
  const ready = standing.map(({ id, a, b }): ReadyPair => {
    const flipped = !firstIds.includes(a)
    return { id, first: flipped ? b : a, second: flipped ? a : b, flipped }
  })
  return { ready, prepared: { state: 'ready' } }
}
