'use client'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PageHead } from '@fieldback/ui/page-head'
import { Segmented } from '@fieldback/ui/segmented'
import { Skeleton } from '@fieldback/ui/skeleton'
import { TextInput } from '@fieldback/ui/text-input'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import Download from 'lucide-react/icons/download'
import Search from 'lucide-react/icons/search'
import Store from 'lucide-react/icons/store'
import { useTranslations } from 'next-intl'
import { type ReactNode, useDeferredValue, useEffect, useState } from 'react'
import { useMay } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { AccountTable } from './account-table.tsx'
import { ExportPanel } from './export-panel.tsx'
import { MoveBar } from './move-bar.tsx'
import { useSelection } from './use-selection.ts'

const KINDS = ['all', 'client', 'prospect'] as const
type Kind = (typeof KINDS)[number]
const PAGE = 50

export type AccountListScreenProps = {
  readonly territory: { readonly id: string; readonly name: string; readonly rank: number }
  /** What is to be known of the territory before its accounts. */
  readonly notice?: ReactNode
}

/** Accounts of a branch, to be found and moved. What is sought is part of the address. */
export function AccountListScreen({ territory, notice }: AccountListScreenProps) {
  const text = useTranslations('accountDesk')
  const sentence = useErrorSentence()
  const may = useMay()
  const filters = useFilters()
  const selection = useSelection()
  const [leaving, setLeaving] = useState(false)
  const sought = useDeferredValue(filters.search)
  const list = useInfiniteQuery({
    ...useTRPC().account.list.infiniteQueryOptions(
      {
        territoryId: territory.id,
        home: filters.home,
        search: sought,
        kind: filters.kind === 'all' ? null : filters.kind,
        limit: PAGE,
      },
      { getNextPageParam: (page) => page.next },
    ),
    placeholderData: keepPreviousData,
  })
  const accounts = list.data?.pages.flatMap((page) => page.accounts) ?? []
  return (
    <>
      <PageHead
        title={text('title', { place: territory.name })}
        lede={text(may('account.move') ? 'lede' : 'ledeRead')}
        actions={
          may('analytics.read') && (
            <Button
              icon={<Download size={16} />}
              aria-expanded={leaving}
              onClick={() => setLeaving(!leaving)}
            >
              {text('export.open')}
            </Button>
          )
        }
      />
      {leaving && <ExportPanel territory={territory} onClose={() => setLeaving(false)} />}
      {notice}
      <Filters filters={filters} leaf={territory.rank === 3} />
      {list.error && !list.data && (
        <Empty icon={<Store size={28} />} title={text('unreadable')} text={sentence(list.error)} />
      )}
      {!list.data && !list.error && <Skeleton label={text('loading')} lines={8} />}
      {list.data && accounts.length === 0 && (
        <Empty
          icon={<Store size={28} />}
          title={text(filters.any ? 'noneFound' : 'none')}
          text={text(filters.any ? 'noneFoundNext' : 'noneNext')}
        />
      )}
      {accounts.length > 0 && (
        <AccountTable accounts={accounts} selection={may('account.move') ? selection : null} />
      )}
      {list.hasNextPage && (
        <p>
          <Button onClick={() => list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            {text('more')}
          </Button>
        </p>
      )}
      {selection.count > 0 && <MoveBar territoryId={territory.id} selection={selection} />}
    </>
  )
}

type FilterState = {
  /** As typed, and as sought. */
  readonly typed: string
  readonly search: string
  readonly kind: Kind
  readonly home: boolean
  readonly any: boolean
  readonly write: (search: string) => void
  /** The hand went elsewhere, perhaps to a link: the address must not change once that has been followed. */
  readonly settle: () => void
  readonly setKind: (kind: Kind) => void
  readonly setHome: (home: boolean) => void
}

/** The letters show at once and reach the address when the hand rests. */
function useFilters(): FilterState {
  const address = useAddress()
  const [typed, write] = useState(address.get('q') ?? '')
  const search = typed.trim()
  const { set } = address
  useEffect(() => {
    const rest = setTimeout(() => set({ q: search }), 300)
    return () => clearTimeout(rest)
  }, [search, set])
  const kind = KINDS.find((one) => one === address.get('kind')) ?? 'all'
  const home = address.get('home') === '1'
  return {
    typed,
    search,
    kind,
    home,
    any: search !== '' || kind !== 'all' || home,
    write,
    settle: () => set({ q: search }),
    setKind: (next) => set({ kind: next === 'all' ? null : next }),
    setHome: (next) => set({ home: next ? '1' : null }),
  }
}

function Filters({ filters, leaf }: { filters: FilterState; leaf: boolean }) {
  const text = useTranslations('accountDesk')
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="w-72 max-w-full">
        <TextInput
          type="search"
          quiet
          icon={<Search size={16} />}
          aria-label={text('search')}
          placeholder={text('search')}
          value={filters.typed}
          onChange={(event) => filters.write(event.target.value)}
          onBlur={filters.settle}
        />
      </div>
      <Segmented<Kind>
        label={text('kind.label')}
        options={KINDS.map((value) => ({ value, label: text(`kind.${value}`) }))}
        value={filters.kind}
        onChange={filters.setKind}
      />
      {!leaf && (
        <label className="flex min-h-11 items-center gap-2 desk:min-h-9">
          <input
            type="checkbox"
            className="size-5 accent-accent desk:size-4"
            checked={filters.home}
            onChange={(event) => filters.setHome(event.target.checked)}
          />
          {text('homeOnly')}
        </label>
      )}
    </div>
  )
}
