import type { Rank } from './level.ts'

export type TreeItem = {
  id: string
  /** Null, or absent from the list, for a root. */
  parentId: string | null
  rank: Rank
  name: string
  /** Names the level, for who cannot see the mark. */
  levelLabel: string
  /** Already written for the reader: "1 042". */
  count?: string | undefined
  /** A state in a word, after the name: "fermé". */
  state?: string | undefined
  href: string
  /** When children exist but are not in the list yet. */
  hasChildren?: boolean | undefined
}

export type TreeRow = {
  item: TreeItem
  /** From 1, as aria-level counts. */
  level: number
  position: number
  setSize: number
  parentId: string | null
  /** Undefined for a leaf. */
  expanded: boolean | undefined
}

/** The rows one sees, in reading order. Siblings keep the order of `items`; `expanded` lists the open ones, or is 'all'. */
export const visibleRows = (items: readonly TreeItem[], expanded: ReadonlySet<string> | 'all'): TreeRow[] => {
  const known = new Set(items.map((item) => item.id))
  const children = new Map<string | null, TreeItem[]>()
  for (const item of items) {
    const parent = item.parentId !== null && known.has(item.parentId) ? item.parentId : null
    children.set(parent, [...(children.get(parent) ?? []), item])
  }
  const rows: TreeRow[] = []
  const walk = (parentId: string | null, level: number) => {
    const siblings = children.get(parentId) ?? []
    siblings.forEach((item, index) => {
      const opens = children.has(item.id) || item.hasChildren === true
      const open = opens && (expanded === 'all' || expanded.has(item.id))
      rows.push({
        item,
        level,
        position: index + 1,
        setSize: siblings.length,
        parentId,
        expanded: opens ? open : undefined,
      })
      if (open) walk(item.id, level + 1)
    })
  }
  walk(null, 1)
  return rows
}

/** The path from the root down to `id`, itself excluded: what must be open to see it. */
export const ancestorIds = (items: readonly TreeItem[], id: string | undefined): string[] => {
  const byId = new Map(items.map((item) => [item.id, item]))
  const path: string[] = []
  for (
    let at = byId.get(id ?? '')?.parentId;
    at && byId.has(at) && !path.includes(at);
    at = byId.get(at)?.parentId
  )
    path.unshift(at)
  return path
}

export type TreeMove = { kind: 'focus' | 'expand' | 'collapse' | 'open'; id: string }

/** What a key does in a tree, as screen-reader users know it (WAI-ARIA tree view). Null when the key is not ours. */
export const treeMove = (rows: readonly TreeRow[], focusedId: string, key: string): TreeMove | null => {
  const at = rows.findIndex((row) => row.item.id === focusedId)
  const row = rows[at]
  if (!row) return null
  const focus = (to: TreeRow | undefined): TreeMove | null => (to ? { kind: 'focus', id: to.item.id } : null)
  switch (key) {
    case 'ArrowDown':
      return focus(rows[at + 1])
    case 'ArrowUp':
      return focus(rows[at - 1])
    case 'Home':
      return focus(rows[0])
    case 'End':
      return focus(rows.at(-1))
    case 'ArrowRight':
      if (row.expanded === false) return { kind: 'expand', id: focusedId }
      return row.expanded ? focus(rows[at + 1]) : null
    case 'ArrowLeft':
      if (row.expanded) return { kind: 'collapse', id: focusedId }
      return focus(rows.find((other) => other.item.id === row.parentId))
    case 'Enter':
    case ' ':
      return { kind: 'open', id: focusedId }
    default:
      return focus(startingWith(rows, at, key))
  }
}

/** The next row whose name begins with the letter, round to the top; accents do not count. */
const startingWith = (rows: readonly TreeRow[], at: number, key: string) => {
  if (key.length !== 1) return undefined
  const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const after = [...rows.slice(at + 1), ...rows.slice(0, at)]
  return after.find((row) => bare(row.item.name).startsWith(bare(key)))
}
