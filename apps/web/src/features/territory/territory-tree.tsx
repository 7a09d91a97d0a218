'use client'
import type { AppRouter } from '@fieldback/api/root'
import { LevelMark } from '@fieldback/ui/level-mark'
import { TextInput } from '@fieldback/ui/text-input'
import { TreeNav } from '@fieldback/ui/tree-nav'
import type { inferRouterOutputs } from '@trpc/server'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'

type Tree = inferRouterOutputs<AppRouter>['territory']['tree']
type Node = Tree['nodes'][number]

export type TerritoryTreeProps = {
  readonly tree: Tree | undefined
  readonly failed: unknown
  readonly current: Node | undefined
  readonly hrefOf: (id: string) => string
  readonly filter: string
  readonly onFilter: (text: string) => void
  readonly onExpand: (id: string) => void
  /** What dragging a place onto another begins, and how it is said. */
  readonly drag?: { readonly hint: string; readonly onDrop: (id: string, ontoId: string) => void } | undefined
}

/** The reader's branches with their filter; on a phone, folded under the name of the place shown. */
export function TerritoryTree(props: TerritoryTreeProps) {
  const { tree, failed, current, filter, onFilter, onExpand, drag, hrefOf } = props
  const text = useTranslations('territory')
  const sentence = useErrorSentence()
  const [open, setOpen] = useState(false)
  const currentId = current?.id
  // A place was chosen: the list has done its work.
  useEffect(() => {
    if (currentId) setOpen(false)
  }, [currentId])
  return (
    <nav aria-label={text('tree.label')}>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex h-11 w-full items-center gap-2 px-2 font-medium lg:hidden"
      >
        {current && <LevelMark rank={current.rank} size={16} />}
        <span className="min-w-0 flex-1 truncate text-left">{current?.name ?? text('tree.choose')}</span>
        <span className="text-caption text-ink-2">{text(open ? 'tree.close' : 'tree.change')}</span>
        <ChevronDown size={16} className={open ? 'rotate-180' : ''} />
      </button>
      <div className={open ? '' : 'max-lg:hidden'}>
        <div className="mb-3 px-2 max-lg:mt-2">
          <TextInput
            type="search"
            quiet
            icon={<Search size={16} />}
            aria-label={text('tree.filter')}
            placeholder={text('tree.filter')}
            value={filter}
            onChange={(event) => onFilter(event.target.value)}
          />
        </div>
        {failed !== null && <p className="px-2 text-ink-2 text-small">{sentence(failed)}</p>}
        {tree && (
          <Places
            tree={tree}
            currentId={currentId}
            hrefOf={hrefOf}
            onExpand={onExpand}
            onDrop={drag?.onDrop}
          />
        )}
        {drag && <p className="mt-3 px-2 text-caption text-ink-2 max-lg:hidden">{drag.hint}</p>}
      </div>
    </nav>
  )
}

/** A closed place has no page: what is left of it is the accounts that came in afterwards. */
const accountsOf = (id: string) => `/manage/accounts?at=${id}`

type PlacesProps = { readonly tree: Tree; readonly currentId: string | undefined } & Pick<
  TerritoryTreeProps,
  'hrefOf' | 'onExpand'
> & { readonly onDrop: ((id: string, ontoId: string) => void) | undefined }

function Places({ tree, currentId, hrefOf, onExpand, onDrop }: PlacesProps) {
  const text = useTranslations('territory')
  const levelName = useLevelName()
  const formats = useFormats()
  const filtered = tree.matches !== null
  const items = tree.nodes.map((node) => ({
    id: node.id,
    parentId: node.parentId,
    rank: node.rank,
    name: node.name,
    levelLabel: levelName(node.rank),
    count: formats.number(node.accounts),
    href: node.closed ? accountsOf(node.id) : hrefOf(node.id),
    state: node.closed ? text('tree.closed') : undefined,
    hasChildren: node.hasChildren && !filtered,
  }))
  const tops = items.filter((item) => item.parentId === null).map((item) => item.id)
  return (
    <>
      {filtered && (
        <p role="status" className="mb-2 px-2 text-caption text-ink-2">
          {text('tree.matches', { count: tree.matches ?? 0 })}
        </p>
      )}
      <TreeNav
        label={text('tree.label')}
        items={items}
        currentId={currentId}
        defaultExpanded={tops}
        expandAll={filtered}
        onExpand={onExpand}
        onDrop={onDrop}
        renderLink={nextLink}
      />
    </>
  )
}
