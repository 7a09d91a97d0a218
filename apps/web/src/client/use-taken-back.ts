'use client'
import { useToast } from '@fieldback/ui/toast'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from './trpc.tsx'
import { useErrorSentence } from './use-error-sentence.ts'

/** Says what has been done to a question and offers to take it back, also once its page has been left. */
export function useTakenBack() {
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const refresh = async () => {
    await client.invalidateQueries(trpc.field.pathFilter())
    await client.invalidateQueries(trpc.territory.get.pathFilter())
  }
  const tell = (text: string, undo: () => Promise<unknown>) => {
    const onUndo = () => undo().then(refresh, (error) => toast({ text: sentence(error), failed: true }))
    toast({ text, undo: { label: common('cancel'), onUndo } })
  }
  return { tell, refresh }
}
