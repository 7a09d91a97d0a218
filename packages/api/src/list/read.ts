import { findList, itemsAt, itemsOf, listsAround, type OwnedList } from '@fieldback/db/list/list.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldOption, Localised } from '@fieldback/domain/field/field-spec'
import { findableItems, searchItems } from '@fieldback/domain/list/find-items'
import { LIST_ITEMS_MAX, type ListItem } from '@fieldback/domain/list/list'
import type { KeptItem } from '@fieldback/domain/list/plan-items'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'

type Place = { readonly id: string; readonly name: string; readonly rank: Rank }
const placeOf = ({ id, name, rank }: TerritoryRow): Place => ({ id, name, rank })

export type ListLine = {
  readonly id: string
  readonly name: Localised
  readonly owner: Place
  /** A question of the territory read may name it. */
  readonly inherited: boolean
  readonly items: number
  readonly questions: number
  readonly canDefine: boolean
}

export type ListsHere = {
  readonly lists: readonly ListLine[]
  /** The reader may make lists at the territory read, and add items to those that it inherits. */
  readonly canDefine: boolean
}

/** Lists that a territory keeps or inherits, and those of its branch. */
export async function readLists(sdb: ScopedDb, territoryId: string): Promise<ListsHere> {
  const territory = await requireTerritory(sdb, 'field.read', territoryId)
  const may = (at: TerritoryRow) => verdictAt(sdb.scope, 'field.define', at).allowed
  return {
    canDefine: may(territory),
    lists: (await listsAround(sdb, territory.path)).map(({ list, owner, items, questions }) => ({
      id: list.id,
      name: list.name,
      owner: placeOf(owner),
      inherited: isWithin(owner.path, territory.path),
      items,
      questions,
      canDefine: may(owner),
    })),
  }
}

export type ListedItem = ListItem & {
  readonly place: string
  /** Kept by the territory read, or by one of its branch: the reader may change it. */
  readonly canDefine: boolean
  /** Kept by the territory read. */
  readonly own: boolean
}

export type ListPage = {
  readonly id: string
  readonly name: Localised
  readonly owner: Place
  /** The reader may rename it. */
  readonly canRename: boolean
  /** The reader may add items at the territory read. */
  readonly canAdd: boolean
  readonly items: readonly ListedItem[]
  /** Of what is sought; of all. */
  readonly found: number
  readonly total: number
  readonly retired: number
  readonly most: number
}

export const ITEMS_A_PAGE = 50

export type ItemSearch = { readonly search: string; readonly retired: boolean; readonly page: number }

/** A list as a territory sees it: items from above, its own, and those of its branch; a page of what is sought. */
export async function readList(
  sdb: ScopedDb,
  { territoryId, listId }: { readonly territoryId: string; readonly listId: string },
  { search, retired, page }: ItemSearch,
): Promise<ListPage> {
  const { territory, list, owner } = await requireListAt(sdb, 'field.read', { territoryId, listId })
  const all = (await itemsOf(sdb, list.id)).filter((item) => isNear(item, territory))
  const live = all.filter((item) => !item.retired)
  const wanted = retired ? all.filter((item) => item.retired) : live
  const found = searchItems(findableItems(wanted), search)
  return {
    id: list.id,
    name: list.name,
    owner: placeOf(owner),
    canRename: verdictAt(sdb.scope, 'field.define', owner).allowed,
    canAdd: isWithin(owner.path, territory.path) && verdictAt(sdb.scope, 'field.define', territory).allowed,
    items: found.slice(page * ITEMS_A_PAGE, (page + 1) * ITEMS_A_PAGE).map(({ path, rank, ...item }) => ({
      ...item,
      own: item.territoryId === territory.id,
      canDefine: verdictAt(sdb.scope, 'field.define', { path, rank }).allowed,
    })),
    found: found.length,
    total: live.length,
    retired: all.length - live.length,
    most: LIST_ITEMS_MAX,
  }
}

const isNear = ({ path }: KeptItem, territory: TerritoryRow): boolean =>
  isWithin(path, territory.path) || isWithin(territory.path, path)

/** A list that is kept on the path to a territory, or in its branch. NOT_FOUND, FORBIDDEN. */
export async function requireListAt(
  sdb: ScopedDb,
  permission: 'field.read' | 'field.define',
  { territoryId, listId }: { readonly territoryId: string; readonly listId: string },
  how: { readonly locked?: boolean } = {},
): Promise<OwnedList & { readonly territory: TerritoryRow }> {
  const territory = await requireTerritory(sdb, permission, territoryId)
  const { list, owner } = await findList(sdb, listId, how)
  if (!isWithin(owner.path, territory.path) && !isWithin(territory.path, owner.path))
    throw new FieldbackError('NOT_FOUND', { what: 'list' })
  return { list, owner, territory }
}

/** What a list offers at a territory that keeps or inherits it. NOT_FOUND, FORBIDDEN. */
export async function readOffered(
  sdb: ScopedDb,
  { territoryId, listId }: { readonly territoryId: string; readonly listId: string },
): Promise<FieldOption[]> {
  const territory = await requireTerritory(sdb, 'field.read', territoryId)
  const items = await itemsAt(sdb, listId, territory.path)
  if (!items) throw new FieldbackError('NOT_FOUND', { what: 'list' })
  return items.filter(({ retired }) => !retired)
}
