'use client'
import { LOCAL, SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useParams, usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useMay } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { TerritoryTree } from './territory-tree.tsx'

/** The territory that the address names, and where a tap on another one leads: the same kind of page. */
function usePlace(): {
  readonly id: string | null
  /** The page on which territories are merged and moved. */
  readonly merges?: true
  readonly hrefOf: (id: string) => string
} {
  const path = usePathname()
  const { id } = useParams<{ id?: string }>()
  const params = useSearchParams()
  const at = params.get('at')
  if (path.startsWith('/manage/fields')) return { id: at, hrefOf: (to) => `/manage/fields?at=${to}` }
  if (path.startsWith('/manage/accounts')) return { id: at, hrefOf: (to) => `/manage/accounts?at=${to}` }
  if (path.startsWith('/manage/reports')) return { id: at, hrefOf: (to) => `/manage/reports?at=${to}` }
  if (path.endsWith('/waste')) return { id: at, hrefOf: (to) => `${path}?${withAt(params, to)}` }
  if (path.startsWith('/manage/quarantine')) return { id: at, hrefOf: (to) => `/manage/quarantine?at=${to}` }
  if (path.startsWith('/manage/insights')) return { id: at, hrefOf: (to) => `/manage/insights?at=${to}` }
  if (path.startsWith('/manage/objectives')) return { id: at, hrefOf: (to) => `/manage/objectives?at=${to}` }
  if (path.startsWith('/manage/coaching')) return { id: at, hrefOf: (to) => `/manage/coaching?at=${to}` }
  return { id: id ?? null, merges: true, hrefOf: (to) => `/manage/t/${to}` }
}

/** Whatever else is chosen on a page stays chosen on that of another territory. */
const withAt = (params: URLSearchParams, at: string): URLSearchParams => {
  const address = new URLSearchParams(params)
  address.set('at', at)
  return address
}

/** Rail, tree of the reader's branches, and the page of the territory chosen in it; it stays while pages change. */
export function ManageFrame({ children }: { children: ReactNode }) {
  const text = useTranslations('territory')
  const may = useMay()
  const router = useRouter()
  const place = usePlace()
  const [open, setOpen] = useState<readonly string[]>([])
  const [filter, setFilter] = useState('')
  const sought = useDeferredValue(filter.trim())
  const tree = useQuery({
    ...useTRPC().territory.tree.queryOptions({ at: place.id, open: [...open], filter: sought, closed: true }),
    placeholderData: keepPreviousData,
  })
  const current = tree.data?.nodes.find((node) => node.id === place.id)
  /** A sub-sector put onto another is merged with it, onto a local territory moved under it: what follows is shown first. */
  const onDrop = (id: string, ontoId: string) => {
    const rankOf = (sought: string) => tree.data?.nodes.find((node) => node.id === sought)?.rank
    if (rankOf(id) !== SUB_SECTOR) return
    if (rankOf(ontoId) === SUB_SECTOR) router.push(`/manage/t/${id}?do=merge&into=${ontoId}`)
    if (rankOf(ontoId) === LOCAL) router.push(`/manage/t/${id}?do=move&to=${ontoId}`)
  }
  return (
    <DeskScreen
      rail={<DeskRail />}
      band={current?.rank}
      side={
        <TerritoryTree
          tree={tree.data}
          failed={tree.error}
          current={current}
          hrefOf={place.hrefOf}
          filter={filter}
          onFilter={setFilter}
          onExpand={(id) => setOpen((known) => (known.includes(id) ? known : [...known, id]))}
          drag={
            place.merges && may('territory.arrange') ? { hint: text('tree.mergeHint'), onDrop } : undefined
          }
        />
      }
    >
      {children}
    </DeskScreen>
  )
}
