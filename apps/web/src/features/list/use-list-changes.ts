'use client'
import { useToast } from '@fieldback/ui/toast'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { callMutation } from '../../client/call.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

/** Says what was done to a list, offers to take it back, and reads it again. */
export function useListChanges() {
  const text = useTranslations('list')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries(trpc.list.pathFilter())
  const failed = async (error: unknown) => {
    toast({ text: sentence(error), failed: true })
    await refresh()
  }
  const told = async (said: string, undo?: () => Promise<unknown>) => {
    const onUndo = () => void undo?.().then(refresh, failed)
    toast({ text: said, ...(undo ? { undo: { label: common('cancel'), onUndo } } : {}) })
    await refresh()
  }
  const turn = (itemIds: readonly string[], how: 'retire' | 'restore') =>
    callMutation(how === 'retire' ? 'list.retireItems' : 'list.restoreItems', { itemIds: [...itemIds] })
  const turnItem = (id: string, item: string, how: 'retire' | 'restore') =>
    turn([id], how).then(
      () =>
        told(text(how === 'retire' ? 'item.retired' : 'item.restored', { item }), () =>
          turn([id], how === 'retire' ? 'restore' : 'retire'),
        ),
      failed,
    )
  return { told, failed, turn, turnItem }
}
