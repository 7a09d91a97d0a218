'use client'
import type { AskedHere } from '@fieldback/api/field/asked'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'
import type { Asked, AskedOwner } from './asked.ts'

/**
 * What a territory asks, as far as it was read: the owners above, here and the first below, then those behind them as
 * they are asked for. `rest`: what is still left.
 */
export function useAskedPages(territoryId: string, initial: AskedHere | undefined) {
  const trpc = useTRPC()
  const list = useQuery({
    ...trpc.field.list.queryOptions({ territoryId }),
    ...(initial ? { initialData: initial as Asked } : {}),
  })
  const after = list.data?.rest.after ?? null
  const pages = useInfiniteQuery({
    ...trpc.field.below.infiniteQueryOptions(
      { territoryId },
      { getNextPageParam: (page) => page.rest.after ?? undefined, initialCursor: after },
    ),
    enabled: false,
  })
  const read = after === null ? [] : (pages.data?.pages ?? [])
  const owners: AskedOwner[] = [...(list.data?.owners ?? []), ...read.flatMap((page) => page.owners)]
  return {
    list,
    owners,
    rest: read.at(-1)?.rest ?? list.data?.rest ?? null,
    more: {
      isLoading: pages.isFetching,
      error: pages.error,
      load: () => void (pages.data ? pages.fetchNextPage() : pages.refetch()),
    },
  }
}
