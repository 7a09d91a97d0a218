import { findItemPage, findList, itemsAt, listsAround, type OwnedList } from '@fieldback/db/list/list.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldOption, Localised } from '@fieldback/domain/field/field-spec'
import { undoableUntil } from '@fieldback/domain/field/plan-promotion'
import { LIST_ITEMS_MAX, type ListItem } from '@fieldback/domain/list/list'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'

type Place = { readonly id: string; readonly name: string; readonly rank: Rank }
const placeOf = ({ id, name, rank }: TerritoryRow): Place => ({ id, name, rank })

/** No question may name it; its items stay readable. Days as YYYY-MM-DD. */
export type Retired = {
  readonly day: string
  /** The last day on which it can be brought back. */
  readonly until: string
  readonly canRestore: boolean
}

const retiredOf = (
  { scope }: ScopedDb,
  { retiredDay: day }: OwnedList,
  canDefine: boolean,
): Retired | null => {
  if (day === null) return null
  const until = undoableUntil(day)
  return { day, until, canRestore: canDefine && scope.day <= until }
}

export type ListLine = {
  readonly id: string
  readonly name: Localised
  readonly owner: Place
  /** A question of the territory read may name it. */
  readonly inherited: boolean
  readonly items: number
  readonly questions: number
  readonly canDefine: boolean
  readonly retired: Retired | null
}

export type ListsHere = {
  readonly lists: readonly ListLine[]
  /** There are more, further down. */
  readonly more: boolean
  /** The reader may make lists at the territory read, and add items to those that it inherits. */
  readonly canDefine: boolean
}

/** Those that a question of the territory may name come first. */
const LISTS_SHOWN = 200

/** Lists that a territory keeps or inherits, and those of its branch. */
export async function readLists(sdb: ScopedDb, territoryId: string): Promise<ListsHere> {
  const territory = await requireTerritory(sdb, 'field.read', territoryId)
  const may = (at: TerritoryRow) => verdictAt(sdb.scope, 'field.define', at).allowed
  const found = await listsAround(sdb, territory.path, LISTS_SHOWN + 1)
  return {
    canDefine: may(territory),
    more: found.length > LISTS_SHOWN,
    lists: found.slice(0, LISTS_SHOWN).map(({ items, questions, ...owned }) => {
      const { list, owner } = owned
      return {
        id: list.id,
        name: list.name,
        owner: placeOf(owner),
        inherited: isWithin(owner.path, territory.path),
        items,
        questions,
        canDefine: may(owner),
        retired: retiredOf(sdb, owned, may(owner)),
      }
    }),
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
  /** The reader may rename it, and retire it. */
  readonly canRename: boolean
  readonly gone: Retired | null
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
  const { territory, ...owned } = await requireListAt(sdb, 'field.read', { territoryId, listId })
  const { list, owner } = owned
  const { items, ...counts } = await findItemPage(sdb, {
    listId: list.id,
    path: territory.path,
    search,
    retired,
    from: page * ITEMS_A_PAGE,
    most: ITEMS_A_PAGE,
  })
  const canDefine = verdictAt(sdb.scope, 'field.define', owner).allowed
  const gone = retiredOf(sdb, owned, canDefine)
  return {
    id: list.id,
    name: list.name,
    owner: placeOf(owner),
    canRename: canDefine && !gone,
    gone,
    canAdd:
      !gone &&
      isWithin(owner.path, territory.path) &&
      verdictAt(sdb.scope, 'field.define', territory).allowed,
    items: items.map(({ path, rank, ...item }) => ({
      ...item,
      own: item.territoryId === territory.id,
      canDefine: !gone && verdictAt(sdb.scope, 'field.define', { path, rank }).allowed,
    })),
    ...counts,
    most: LIST_ITEMS_MAX,
  }
}

/** A list that is kept on the path to a territory, or in its branch. NOT_FOUND, FORBIDDEN. */
export async function requireListAt(
  sdb: ScopedDb,
  permission: 'field.read' | 'field.define',
  { territoryId, listId }: { readonly territoryId: string; readonly listId: string },
  how: { readonly locked?: boolean } = {},
): Promise<OwnedList & { readonly territory: TerritoryRow }> {
  const territory = await requireTerritory(sdb, permission, territoryId)
  const found = await findList(sdb, listId, how)
  const { owner } = found
  if (!isWithin(owner.path, territory.path) && !isWithin(territory.path, owner.path))
    throw new FieldbackError('NOT_FOUND', { what: 'list' })
  return { ...found, territory }
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
