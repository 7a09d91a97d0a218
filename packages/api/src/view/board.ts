import type { ScopedSql } from '@fieldback/db/scoped-db'
import { pinnedViews } from '@fieldback/db/view/view.repo'
import { PINS_MAX } from '@fieldback/domain/view/view'
import type { Keep } from '../analytics/ask-counts.ts'
import { openView, type ToldView, tellView } from './tell-view.ts'

/** What the reader pinned, with the figures that his rights give; one that cannot be told does not hold back the others. */
export async function board(sdb: ScopedSql, keep: Keep): Promise<ToldView[]> {
  const tiles: ToldView[] = []
  // One after the other: they share the connection of one transaction.
  for (const row of await pinnedViews(sdb, PINS_MAX)) {
    const opened = await openView(sdb, row)
    if (opened) tiles.push(await tellView(sdb, opened, { places: false, keep }))
  }
  return tiles
}
