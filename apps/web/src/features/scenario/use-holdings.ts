'use client'
import type { Rank } from '@fieldback/domain/territory/rank'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useTRPC } from '../../client/trpc.tsx'

/** What stands on a territory of the draft: towns, answers, people. */
export const useHoldings = (scenarioId: string, territoryId: string) =>
  useQuery({ ...useTRPC().scenario.holdings.queryOptions({ scenarioId, territoryId }), staleTime: 0 })

type Sought = {
  readonly scenarioId: string
  readonly search: string
  readonly above?: Rank
  readonly outside?: string
}

/** Territories of the draft that a gesture may name, by any part of a name. */
export function usePlaces({ search, ...rest }: Sought) {
  const sought = useDeferredValue(search.trim())
  return useQuery({
    ...useTRPC().scenario.places.queryOptions({ ...rest, search: sought }),
    placeholderData: keepPreviousData,
  })
}

/** Accounts of a territory of the draft by name or town. */
export function useNamedAccounts(scenarioId: string, territoryId: string, search: string) {
  const sought = useDeferredValue(search.trim())
  return useQuery({
    ...useTRPC().scenario.accounts.queryOptions({ scenarioId, territoryId, search: sought }),
    placeholderData: keepPreviousData,
  })
}
