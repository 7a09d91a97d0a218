'use client'
import type { ImportDetail, ImportState } from '@fieldback/domain/import/import'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'

const WORKING: readonly ImportState[] = ['reading', 'trying', 'importing', 'undoing']
const LOOK_AGAIN_MS = 1_000

/** The worker is at it: it moves by itself. */
export const isWorking = (state: ImportState): boolean => WORKING.includes(state)

/** One import, asked again every second while the worker is at it, even in a tab that is not seen: its title tells. */
export function useImport(importId: string, initial: ImportDetail | undefined) {
  return useQuery({
    ...useTRPC().import.get.queryOptions({ importId }),
    ...(initial ? { initialData: initial } : {}),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isWorking(state.data.state) ? LOOK_AGAIN_MS : false),
    refetchIntervalInBackground: true,
  })
}
