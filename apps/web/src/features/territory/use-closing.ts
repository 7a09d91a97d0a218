'use client'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

type Named = { readonly id: string; readonly name: string }

/** Closes an empty territory and leads to the one above, opens one again; each can be taken back for a moment. */
export function useClosing() {
  const text = useTranslations('territory')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const router = useRouter()
  const trpc = useTRPC()
  const client = useQueryClient()
  const told = {
    onSuccess: () => client.invalidateQueries(trpc.territory.pathFilter()),
    onError: (error: unknown) => toast({ text: sentence(error) }),
  }
  const closing = useMutation(trpc.territory.close.mutationOptions(told))
  const opening = useMutation(trpc.territory.reopen.mutationOptions(told))
  const undone = (key: 'close.done' | 'close.reopened', { name }: Named, onUndo: () => void) =>
    toast({ text: text(key, { name }), undo: { label: common('cancel'), onUndo } })
  const close = async (territory: Named, next: string) => {
    await closing.mutateAsync({ territoryId: territory.id })
    router.push(next)
    undone('close.done', territory, () => opening.mutate({ territoryId: territory.id }))
  }
  const reopen = async (territory: Named) => {
    await opening.mutateAsync({ territoryId: territory.id })
    undone('close.reopened', territory, () => closing.mutate({ territoryId: territory.id }))
  }
  // Awaited rather than called back: the form that asked may be gone from the page by then. What fails is told above.
  const quietly = (work: Promise<void>): void => void work.catch(() => undefined)
  return {
    pending: closing.isPending || opening.isPending,
    close: (territory: Named, next: string) => quietly(close(territory, next)),
    reopen: (territory: Named) => quietly(reopen(territory)),
  }
}
