import { requireTerritory, type ScopedDb, type ScopedSql } from '@fieldback/db/scoped-db'
import {
  countOwn,
  findView,
  forgetRemoved,
  insertView,
  listViews,
  lockReader,
  setOrder,
  setPinned,
  setRemoved,
  setWeekly,
  updateView,
  type ViewRow,
} from '@fieldback/db/view/view.repo'
import { stepOf } from '@fieldback/domain/analytics/period'
import { FieldbackError } from '@fieldback/domain/errors'
import { PINS_MAX, VIEWS_LISTED, VIEWS_MAX } from '@fieldback/domain/view/view'
import { type OpenedView, openView } from './tell-view.ts'

type Runtime = { readonly now: () => Date; readonly newId: () => string }

/** Views the reader may open, his own first; `more`: others were left off. */
export async function listed(
  sdb: ScopedSql,
): Promise<{ readonly views: readonly ViewRow[]; readonly more: boolean }> {
  const views = await listViews(sdb, VIEWS_LISTED + 1)
  return { views: views.slice(0, VIEWS_LISTED), more: views.length > VIEWS_LISTED }
}

/** A view as the reader opens it. NOT_FOUND. */
export async function opened(sdb: ScopedSql, viewId: string): Promise<OpenedView> {
  const view = await openView(sdb, await requireView(sdb, viewId))
  if (!view) throw new FieldbackError('NOT_FOUND', { what: 'view' })
  return view
}

export type KeptView = {
  readonly name: string
  readonly query: string
  /** The branch it is shared with; null: nobody. */
  readonly territoryId: string | null
}

const UNDO_MS = 86_400_000

/** Keeps a view. VIEWS_FULL; NOT_FOUND and FORBIDDEN for a branch whose figures the reader may not read. */
export async function keepView(
  sdb: ScopedDb,
  view: KeptView,
  { now, newId }: Runtime,
): Promise<{ readonly id: string }> {
  await requireBranch(sdb, view.territoryId)
  await lockReader(sdb)
  const at = now()
  await forgetRemoved(sdb, new Date(at.getTime() - UNDO_MS))
  if ((await countOwn(sdb)).kept >= VIEWS_MAX) throw new FieldbackError('VIEWS_FULL', { max: VIEWS_MAX })
  const id = newId()
  await insertView(sdb, { ...view, id, at })
  return { id }
}

/** Names, points or shares a view otherwise. NOT_FOUND for what the reader cannot open, FORBIDDEN for what is not his. */
export async function changeView(
  sdb: ScopedDb,
  { viewId, ...view }: KeptView & { readonly viewId: string },
  { now }: Pick<Runtime, 'now'>,
): Promise<void> {
  await requireOwn(sdb, viewId)
  await requireBranch(sdb, view.territoryId)
  await updateView(sdb, { ...view, id: viewId, at: now() })
}

/** Takes a view away from all its readers; for a day it can be put back, with its pins. NOT_FOUND, FORBIDDEN. */
export async function removeView(
  sdb: ScopedDb,
  viewId: string,
  { now }: Pick<Runtime, 'now'>,
): Promise<void> {
  await requireOwn(sdb, viewId)
  await setRemoved(sdb, viewId, now())
}

/** NOT_FOUND when it was not taken away, or too long ago; VIEWS_FULL. */
export async function restoreView(sdb: ScopedDb, viewId: string): Promise<void> {
  await lockReader(sdb)
  if ((await countOwn(sdb)).kept >= VIEWS_MAX) throw new FieldbackError('VIEWS_FULL', { max: VIEWS_MAX })
  if (!(await setRemoved(sdb, viewId, null))) throw new FieldbackError('NOT_FOUND', { what: 'view' })
}

/** Puts a view on the reader's board, last, or takes it off. NOT_FOUND, PINS_FULL. */
export async function pinView(
  sdb: ScopedDb,
  { viewId, pinned }: { readonly viewId: string; readonly pinned: boolean },
): Promise<void> {
  const view = await requireView(sdb, viewId)
  if (pinned && view.position === null) await requireRoom(sdb, 'pinned')
  await setPinned(sdb, viewId, pinned)
}

/** Puts the board in an order. */
export const orderBoard = (sdb: ScopedDb, viewIds: readonly string[]): Promise<void> => setOrder(sdb, viewIds)

/** Has a view sent to the reader each week from the next one on, or no more. NOT_FOUND, PINS_FULL. */
export async function sendWeekly(
  sdb: ScopedDb,
  { viewId, weekly }: { readonly viewId: string; readonly weekly: boolean },
): Promise<void> {
  const view = await requireView(sdb, viewId)
  if (weekly && !view.weekly) await requireRoom(sdb, 'weekly')
  await setWeekly(sdb, { viewId, weekly, week: stepOf(sdb.scope.day, 'week') })
}

async function requireRoom(sdb: ScopedDb, of: 'pinned' | 'weekly'): Promise<void> {
  await lockReader(sdb)
  if ((await countOwn(sdb))[of] >= PINS_MAX) throw new FieldbackError('PINS_FULL', { max: PINS_MAX })
}

async function requireBranch(sdb: ScopedDb, territoryId: string | null): Promise<void> {
  if (territoryId !== null) await requireTerritory(sdb, 'analytics.read', territoryId)
}

async function requireView(sdb: ScopedSql, viewId: string): Promise<ViewRow> {
  const view = await findView(sdb, viewId)
  if (!view) throw new FieldbackError('NOT_FOUND', { what: 'view' })
  return view
}

async function requireOwn(sdb: ScopedDb, viewId: string): Promise<ViewRow> {
  const view = await requireView(sdb, viewId)
  if (!view.own)
    throw new FieldbackError('FORBIDDEN', { reason: 'no_permission', permission: 'analytics.read' })
  return view
}
