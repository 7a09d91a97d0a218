'use client'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PageHead } from '@fieldback/ui/page-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import Download from 'lucide-react/icons/download'
import Replace from 'lucide-react/icons/replace'
import Store from 'lucide-react/icons/store'
import { useTranslations } from 'next-intl'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { useMay } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { AccountFilters } from './account-filters.tsx'
import { AccountTable } from './account-table.tsx'
import { ArrivalList } from './arrival-list.tsx'
import { ExportPanel } from './export-panel.tsx'
import { MoveBar } from './move-bar.tsx'
import { ReassignPanel } from './reassign-panel.tsx'
import { ReassignmentList } from './reassignment-list.tsx'
import { useFilters } from './use-filters.ts'
import { useSelection } from './use-selection.ts'

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
  const address = useAddress()
  const [leaving, setLeaving] = useState(false)
  const sought = useDeferredValue(filters.sought)
  const filter = { territoryId: territory.id, ...sought }
  const arrived = address.get('do') === 'arrived'
  const reassigning = may('account.move') && address.get('do') === 'reassign'
  const list = useInfiniteQuery({
    ...useTRPC().account.list.infiniteQueryOptions(
      { ...filter, limit: PAGE },
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
          <>
            <Button
              variant="ghost"
              aria-expanded={arrived}
              onClick={() => address.set({ do: arrived ? null : 'arrived' })}
            >
              {text('arrival.open')}
            </Button>
            {may('account.move') && (
              <Button
                icon={<Replace size={16} />}
                aria-expanded={reassigning}
                onClick={() => address.set({ do: reassigning ? null : 'reassign' })}
              >
                {text('reassign.open')}
              </Button>
            )}
            {may('analytics.read') && (
              <Button
                icon={<Download size={16} />}
                aria-expanded={leaving}
                onClick={() => setLeaving(!leaving)}
              >
                {text('export.open')}
              </Button>
            )}
          </>
        }
      />
      {leaving && <ExportPanel territory={territory} onClose={() => setLeaving(false)} />}
      {notice}
      <AccountFilters filters={filters} territory={territory} />
      {reassigning && (
        <ReassignPanel
          territory={territory}
          filter={filter}
          narrowed={filters.any}
          onClose={() => address.set({ do: null })}
        />
      )}
      {arrived && <ArrivalList territoryId={territory.id} />}
      {may('account.move') && <ReassignmentList territoryId={territory.id} />}
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
