'use client'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { type DragEvent, Fragment, type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import { LevelMark } from './level-mark.tsx'
import { plainLink, type RenderLink } from './link.ts'
import { Tag } from './tag.tsx'
import { ancestorIds, type TreeItem, type TreeRow, treeMove, visibleRows } from './tree-rows.ts'

export type { TreeItem } from './tree-rows.ts'

export type TreeNavProps = {
  /** Names the tree. */
  label: string
  /** Every place one may open; the caller filters (keep the ancestors of what matches). */
  items: readonly TreeItem[]
  currentId?: string | undefined
  /** Open at first; the path to the current place always is. */
  defaultExpanded?: readonly string[] | undefined
  /** Everything open: while filtering. */
  expandAll?: boolean | undefined
  /** A place has just been opened: load its children. */
  onExpand?: ((id: string) => void) | undefined
  /** With it, places are dragged onto each other by the pointer; give the keyboard another way. */
  onDrop?: ((id: string, ontoId: string) => void) | undefined
  renderLink?: RenderLink | undefined
}

type Toggled = ReadonlyMap<string, boolean>

/** What is open: the path to the current place and what was open at first, unless the reader chose otherwise. */
const expandedIds = (props: TreeNavProps, toggled: Toggled): ReadonlySet<string> => {
  const open = new Set([...(props.defaultExpanded ?? []), ...ancestorIds(props.items, props.currentId)])
  if (props.currentId) open.add(props.currentId)
  for (const [id, isOpen] of toggled) isOpen ? open.add(id) : open.delete(id)
  return open
}

function RowContent({ row, current }: { row: TreeRow; current: boolean }) {
  const Arrow = row.expanded ? ChevronDown : ChevronRight
  return (
    <>
      <span
        data-toggle={row.expanded === undefined ? undefined : row.item.id}
        className="-mx-1.5 grid w-6 flex-none place-items-center self-stretch text-ink-3"
      >
        {row.expanded !== undefined && <Arrow size={14} />}
      </span>
      <LevelMark rank={row.item.rank} size={16} label={row.item.levelLabel} />
      <span className={`min-w-0 flex-1 truncate ${current ? 'tracking-[-0.01em]' : ''}`}>
        {row.item.name}
      </span>
      {row.item.state && <Tag>{row.item.state}</Tag>}
      {row.item.count && (
        <span className="font-regular text-caption text-ink-3 tabular-nums">{row.item.count}</span>
      )}
    </>
  )
}

/** What a row needs to be dragged and dropped upon; nothing where that is not wanted. */
function useDrag(onDrop: TreeNavProps['onDrop']) {
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<string | null>(null)
  if (!onDrop) return () => ({})
  const end = () => {
    setDragged(null)
    setOver(null)
  }
  return (id: string) => ({
    draggable: true,
    'data-dropping': over === id && dragged !== id ? '' : undefined,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('text/plain', id)
      setDragged(id)
    },
    onDragOver: (event: DragEvent) => {
      if (dragged === null || dragged === id) return
      event.preventDefault()
      setOver(id)
    },
    onDragLeave: () => setOver((known) => (known === id ? null : known)),
    onDragEnd: end,
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      if (dragged !== null && dragged !== id) onDrop(dragged, id)
      end()
    },
  })
}

/** The territories of one's branch. Arrow keys move and open, Enter follows, a letter jumps. */
export function TreeNav(props: TreeNavProps) {
  const { label, items, currentId, expandAll, onExpand, onDrop, renderLink = plainLink } = props
  const drag = useDrag(onDrop)
  const [toggled, setToggled] = useState<Toggled>(new Map())
  const [focusedId, setFocusedId] = useState<string | undefined>(undefined)
  const tree = useRef<HTMLDivElement>(null)
  const rows = visibleRows(items, expandAll ? 'all' : expandedIds(props, toggled))
  const seen = (id: string | undefined) => rows.some((row) => row.item.id === id)
  const tabStop = [focusedId, currentId].find(seen) ?? rows[0]?.item.id

  const node = (id: string) => tree.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)
  const setOpen = (id: string, open: boolean) => {
    setToggled(new Map(toggled).set(id, open))
    if (open) onExpand?.(id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || tabStop === undefined) return
    const move = treeMove(rows, tabStop, event.key)
    if (!move) return
    event.preventDefault()
    if (move.kind === 'focus') node(move.id)?.focus()
    else if (move.kind === 'open') node(move.id)?.click()
    else setOpen(move.id, move.kind === 'expand')
  }
  const onClick = (event: MouseEvent) => {
    const arrow = event.target instanceof Element ? event.target.closest('[data-toggle]') : null
    const id = arrow?.getAttribute('data-toggle')
    if (!id) return
    event.preventDefault()
    setOpen(id, rows.find((row) => row.item.id === id)?.expanded === false)
  }

  return (
    <div ref={tree} role="tree" aria-label={label} onKeyDown={onKeyDown}>
      {rows.map((row) => {
        const current = row.item.id === currentId
        return (
          <Fragment key={row.item.id}>
            {renderLink({
              href: row.item.href,
              role: 'treeitem',
              'data-node': row.item.id,
              'aria-level': row.level,
              'aria-posinset': row.position,
              'aria-setsize': row.setSize,
              'aria-expanded': row.expanded,
              'aria-current': current ? 'page' : undefined,
              tabIndex: row.item.id === tabStop ? 0 : -1,
              onClick,
              onFocus: () => setFocusedId(row.item.id),
              ...drag(row.item.id),
              style: { paddingLeft: `${8 + (row.level - 1) * 12}px` },
              className:
                'flex h-11 items-center gap-2 whitespace-nowrap rounded-sm pr-2 transition-colors hover:bg-sunken desk:h-8 aria-[current]:bg-surface aria-[current]:font-strong aria-[current]:shadow-1 data-[dropping]:bg-sunken data-[dropping]:inset-ring-2 data-[dropping]:inset-ring-ink',
              children: <RowContent row={row} current={current} />,
            })}
          </Fragment>
        )
      })}
    </div>
  )
}
