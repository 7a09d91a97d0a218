'use client'
import type { AcceptOutcome } from '@fieldback/api/quarantine/accept'
import type { AsideTold } from '@fieldback/api/quarantine/read'
import type { Fault } from '@fieldback/domain/quarantine/fault'
import type { Repair } from '@fieldback/domain/quarantine/repair'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'

/** Sends a decision; `onRefused` hears what is still in the way of accepting. Whoever comes second sees what was decided. */
export function useSettle({ id: itemId, author: { name } }: AsideTold, onRefused: (fault: Fault) => void) {
  const text = useTranslations('quarantine')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries(trpc.quarantine.pathFilter())
  const accept = useMutation(
    trpc.quarantine.accept.mutationOptions({
      onSuccess: async (outcome) => {
        if (outcome.status === 'refused') return onRefused(outcome.fault)
        toast({ text: text('settle.accepted', { name }) })
        await refresh()
      },
      onError: refresh,
    }),
  )
  const back = useMutation(
    trpc.quarantine.return.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('settle.returned', { name }) })
        await refresh()
      },
      onError: refresh,
    }),
  )
  const outcome = accept.data as AcceptOutcome | undefined
  return {
    accept: (repair: Repair) => accept.mutate({ itemId, repair }),
    giveBack: (word: string) => back.mutate({ itemId, word }),
    accepting: accept.isPending,
    returning: back.isPending,
    refused: outcome?.status === 'refused' ? outcome : null,
    error: accept.error ?? back.error,
  }
}
