'use client'
import type { ImportDetail, ImportState } from '@fieldback/domain/import/import'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'

const WORKING: readonly ImportState[] = ['reading', 'trying', 'importing', 'undoing']
const LOOK_AGAIN_MS = 1_000
/** Another administrator may go on with an import that waits. */
const WAITING: readonly ImportState[] = ['to_map', 'tried', 'failed']
const LOOK_NOW_AND_THEN_MS = 10_000

/** The worker is at it: it moves by itself. */
export const isWorking = (state: ImportState): boolean => WORKING.includes(state)

/** What the work at hand goes through: all lines, of which none is known yet while they are read; what came in, to take it back. */
export function totalOf({ state, lines, counts }: Pick<ImportDetail, 'state' | 'lines' | 'counts'>): number {
  if (state === 'reading') return 0
  return state === 'undoing' ? counts.create + counts.update : lines
}

/** One import, asked again every second while the worker is at it, even in a tab that is not seen: its title tells. */
export function useImport(importId: string, initial: ImportDetail | undefined) {
  return useQuery({
    ...useTRPC().import.get.queryOptions({ importId }),
    ...(initial ? { initialData: initial } : {}),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => {
      if (data && isWorking(data.state)) return LOOK_AGAIN_MS
      return data && WAITING.includes(data.state) ? LOOK_NOW_AND_THEN_MS : false
    },
    refetchIntervalInBackground: true,
  })
}
