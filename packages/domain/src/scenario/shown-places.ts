import type { TreeNode } from '../territory/tree-step.ts'
import type { PlaceChange } from './outlook.ts'

export type ShownPlaces = {
  /** Ids in no order. */
  readonly shown: ReadonlySet<string>
  /** Wanted, and left out beyond the limit. */
  readonly left: number
}

/**
 * Which territories of a branch a re-organisation shows, of either tree: its top and those under it, those that are
 * touched with the way to them, then those beside these, and whatever was opened by hand; at most `limit`, in that order.
 */
export function shownPlaces(
  trees: readonly (readonly TreeNode[])[],
  wanted: {
    readonly top: string
    readonly touched: Iterable<string>
    readonly opened: readonly string[]
    readonly limit: number
  },
): ShownPlaces {
  const views = trees.map((tree) => {
    const open = tree.filter(({ closed }) => !closed)
    const nodes = new Map(open.map((node) => [node.id, node]))
    const below = new Map<string, string[]>()
    for (const { id, parentId } of open)
      if (parentId !== null) below.set(parentId, [...(below.get(parentId) ?? []), id])
    return { nodes, below }
  })
  const under = (id: string) => views.flatMap(({ below }) => below.get(id) ?? [])
  const parents = (id: string) => views.flatMap(({ nodes }) => nodes.get(id)?.parentId ?? [])
  const lines = new Set<string>([wanted.top])
  const climb = (id: string): void => {
    if (lines.has(id)) return
    lines.add(id)
    for (const parent of parents(id)) climb(parent)
  }
  const known = [...wanted.touched].filter((id) => views.some(({ nodes }) => nodes.has(id)))
  for (const id of known) climb(id)
  const all = new Set([
    ...lines,
    ...wanted.opened.flatMap(under),
    ...under(wanted.top),
    ...known.flatMap(parents).flatMap(under),
  ])
  const inBranch = withinTop(views, wanted.top)
  const ordered = [...all].filter((id) => inBranch(id))
  return { shown: new Set(ordered.slice(0, wanted.limit)), left: Math.max(0, ordered.length - wanted.limit) }
}

/** What lies above the branch is not shown with it. */
function withinTop(
  views: readonly { readonly nodes: ReadonlyMap<string, TreeNode> }[],
  top: string,
): (id: string) => boolean {
  const isBelow = (nodes: ReadonlyMap<string, TreeNode>, id: string | null | undefined): boolean =>
    id != null && (id === top || isBelow(nodes, nodes.get(id)?.parentId))
  return (id) => views.some(({ nodes }) => nodes.has(id) && isBelow(nodes, id))
}

/** Changes that a gesture makes of a territory itself, unlike those that only add up above it. */
export const isOwnChange = (change: PlaceChange | null): boolean =>
  change !== null && change !== 'grown' && change !== 'shrunk'
