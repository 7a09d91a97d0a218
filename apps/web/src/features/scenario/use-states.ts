'use client'
import { useToast } from '@fieldback/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTRPC } from '../../client/trpc.tsx'
import type { ScenarioPage } from './scenario-page.ts'
import { useReread } from './use-scenario.ts'
import { useWords } from './use-words.ts'

/** Sharing, copying, giving up a scenario, and planning it no more; what can be taken back is for a moment. */
export function useStates({ id: scenarioId, name, territory }: ScenarioPage) {
  const { text, sentence } = useWords()
  const trpc = useTRPC()
  const toast = useToast()
  const router = useRouter()
  const reread = useReread()
  const told = {
    onSettled: reread,
    onError: (error: unknown) => toast({ text: sentence(error), failed: true as const }),
  }
  const share = useMutation(trpc.scenario.share.mutationOptions(told))
  const copy = useMutation(trpc.scenario.copy.mutationOptions(told))
  const discard = useMutation(trpc.scenario.discard.mutationOptions(told))
  const unplan = useMutation(trpc.scenario.unplan.mutationOptions(told))
  const restore = () => discard.mutate({ scenarioId, discarded: false })
  return {
    pending: share.isPending || copy.isPending || discard.isPending || unplan.isPending,
    share: (shared: boolean) =>
      share.mutate(
        { scenarioId, shared },
        {
          onSuccess: () =>
            toast({
              text: shared ? text('head.sharedTold', { place: territory.name }) : text('head.unsharedTold'),
            }),
        },
      ),
    copy: () =>
      copy.mutate(
        { scenarioId, name: text('head.copyName', { name }).slice(0, 80) },
        {
          onSuccess: ({ id }) => {
            router.push(`/manage/scenarios/${id}`)
            toast({ text: text('head.copied') })
          },
        },
      ),
    discard: () =>
      discard.mutate(
        { scenarioId, discarded: true },
        {
          onSuccess: () =>
            toast({
              text: text('head.discarded', { name }),
              undo: { label: text('head.restore'), onUndo: restore },
            }),
        },
      ),
    restore,
    unplan: () => unplan.mutate({ scenarioId }, { onSuccess: () => toast({ text: text('head.unplanned') }) }),
  }
}
