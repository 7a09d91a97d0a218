'use client'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

/** After a change of the tree: nothing that was read before still holds, and it can be taken back for a moment. */
export function useGesture() {
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries()
  const undo = useMutation(
    trpc.territory.undo.mutationOptions({
      onSettled: refresh,
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  return {
    refresh,
    done: (text: string, gestureIds: readonly string[]) =>
      toast({
        text,
        undo: { label: common('cancel'), onUndo: () => undo.mutate({ gestureIds: [...gestureIds] }) },
      }),
  }
}
