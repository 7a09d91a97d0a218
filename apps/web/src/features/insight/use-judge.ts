'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'

/** Keeps what the reader thinks of an insight; the list is then read again, since it is ordered by that. */
export function useJudge(key: string) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const judging = useMutation(
    trpc.insight.judge.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.insight.list.queryKey() }),
    }),
  )
  return {
    judge: (useful: boolean | null) => judging.mutate({ key, useful }),
    failed: judging.isError,
  }
}
