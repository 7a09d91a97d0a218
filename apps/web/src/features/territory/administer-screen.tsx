'use client'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Empty } from '@fieldback/ui/empty'
import { Skeleton } from '@fieldback/ui/skeleton'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import MapPinOff from 'lucide-react/icons/map-pin-off'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { AdministeredPage } from './administered-page.tsx'
import { TerritoryTree } from './territory-tree.tsx'

const hrefOf = (id: string) => `/admin/territories?at=${id}`
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Ranked = { readonly id: string; readonly rank: number }

/** A territory put onto one of its level is merged with it, onto any other it is moved under it: what follows is said first. */
function dropped(
  nodes: readonly Ranked[],
  { id, ontoId }: { readonly id: string; readonly ontoId: string },
): string {
  const rank = (sought: string) => nodes.find((node) => node.id === sought)?.rank
  const gesture = rank(id) === rank(ontoId) ? `do=merge&into=${ontoId}` : `do=move&to=${ontoId}`
  return `${hrefOf(id)}&${gesture}`
}

/** The whole tree, and what an administrator does with one territory of it; which one is in the address. */
export function AdministerScreen() {
  const text = useTranslations('territory')
  const sentence = useErrorSentence()
  const address = useAddress()
  const router = useRouter()
  const trpc = useTRPC()
  const named = address.get('at')
  const at = named !== null && UUID.test(named) ? named : null
  const [open, setOpen] = useState<readonly string[]>([])
  const [filter, setFilter] = useState('')
  const sought = useDeferredValue(filter.trim())
  const page = useQuery(trpc.territory.administered.queryOptions({ territoryId: at }))
  const tree = useQuery({
    ...trpc.territory.tree.queryOptions({ at, open: [...open], filter: sought }),
    placeholderData: keepPreviousData,
  })
  const shown = at ?? page.data?.territory.id
  const current = tree.data?.nodes.find((node) => node.id === shown)
  return (
    <DeskScreen
      rail={<DeskRail />}
      band={current?.rank}
      side={
        <TerritoryTree
          tree={tree.data}
          failed={tree.error}
          current={current}
          hrefOf={hrefOf}
          filter={filter}
          onFilter={setFilter}
          onExpand={(id) => setOpen((known) => (known.includes(id) ? known : [...known, id]))}
          drag={{
            hint: text('tree.dragHint'),
            onDrop: (id, ontoId) => router.push(dropped(tree.data?.nodes ?? [], { id, ontoId })),
          }}
        />
      }
    >
      {page.error && !page.data ? (
        <Empty
          icon={<MapPinOff size={28} />}
          title={text('admin.unreadable')}
          text={`${sentence(page.error)} ${text('admin.unreadableNext')}`}
        />
      ) : page.data ? (
        <AdministeredPage key={page.data.territory.id} page={page.data} hrefOf={hrefOf} />
      ) : (
        <Skeleton label={text('admin.loading')} lines={6} />
      )}
    </DeskScreen>
  )
}
