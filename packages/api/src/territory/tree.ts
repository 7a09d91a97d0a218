import type { ScopedDb } from '@fieldback/db/scoped-db'
import { branchTerritories, type TerritoryWithAccounts } from '@fieldback/db/territory/territory.repo'
import { nameKey } from '@fieldback/domain/account/normalise'
import { pathIds } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'

export type TreeNode = {
  readonly id: string
  /** Null for the top of one of the reader's branches. */
  readonly parentId: string | null
  readonly rank: Rank
  readonly name: string
  /** Accounts of the whole branch. */
  readonly accounts: number
  readonly hasChildren: boolean
  readonly closed: boolean
}

export type Tree = {
  /** Parents before children, siblings by name. */
  readonly nodes: readonly TreeNode[]
  /** Territories whose name matches the filter; null without one. */
  readonly matches: number | null
}

export type TreeRequest = {
  /** The territory shown: the way to it is open. */
  readonly at: string | null
  /** Territories whose children are wanted. */
  readonly open: readonly string[]
  readonly filter: string
  /** Also closed ones that still hold accounts; these are counted above them in any case. */
  readonly closed: boolean
}

export const MATCHES_MAX = 60

/**
 * The reader's branches, as much of them as is open: tops, their children, the way to one territory and what was opened
 * by hand. With a filter: what matches, anywhere in the name and whatever the accents, and the way to it.
 */
export async function readTree(sdb: ScopedDb, request: TreeRequest): Promise<Tree> {
  return chooseNodes(await branchTerritories(sdb, 'territory.read'), request)
}

/** Pure: `all` are the territories in sight of the reader's branches in path order. */
export function chooseNodes(all: readonly TerritoryWithAccounts[], request: TreeRequest): Tree {
  const rows = request.closed ? all : all.filter((row) => !row.closed)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const parentOf = (row: TerritoryWithAccounts): string | null =>
    row.parentId !== null && byId.has(row.parentId) ? row.parentId : null
  const totals = new Map<string, number>()
  const parents = new Set<string>()
  for (const row of all)
    for (const id of pathIds(row.path)) totals.set(id, (totals.get(id) ?? 0) + row.accounts)
  for (const row of rows) if (row.parentId !== null) parents.add(row.parentId)
  const key = nameKey(request.filter)
  const found = key === '' ? null : rows.filter((row) => nameKey(row.name).includes(key))
  const shown = found ? withWay(found.slice(0, MATCHES_MAX), byId) : openNodes(rows, parentOf, request, byId)
  const nodes = rows
    .filter((row) => shown.has(row.id))
    .map((row) => ({
      id: row.id,
      parentId: parentOf(row),
      rank: row.rank,
      name: row.name,
      accounts: totals.get(row.id) ?? 0,
      hasChildren: parents.has(row.id),
      closed: row.closed,
    }))
    .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, 'fr'))
  return { nodes, matches: found ? found.length : null }
}

type ById = ReadonlyMap<string, TerritoryWithAccounts>

const withWay = (rows: readonly TerritoryWithAccounts[], byId: ById): Set<string> =>
  new Set(rows.flatMap((row) => pathIds(row.path)).filter((id) => byId.has(id)))

function openNodes(
  rows: readonly TerritoryWithAccounts[],
  parentOf: (row: TerritoryWithAccounts) => string | null,
  { at, open }: TreeRequest,
  byId: ById,
): Set<string> {
  const target = at === null ? undefined : byId.get(at)
  const tops = rows.filter((row) => parentOf(row) === null).map((row) => row.id)
  const opened = new Set([...tops, ...open, ...(target ? pathIds(target.path) : [])])
  return new Set(
    rows
      .filter((row) => {
        const parent = parentOf(row)
        return parent === null || opened.has(parent)
      })
      .map((row) => row.id),
  )
}
