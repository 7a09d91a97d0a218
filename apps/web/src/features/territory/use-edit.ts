'use client'
import { useToast } from '@fieldback/ui/toast'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

/** What follows an edit of a territory: its pages read it again, and for a moment it can be taken back. */
export function useEdit() {
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const reread = () => client.invalidateQueries(trpc.territory.pathFilter())
  return {
    // A refusal too: it may be that somebody else has changed it.
    options: { onSettled: reread },
    undoOptions: {
      onSuccess: reread,
      onError: (error: unknown) => toast({ text: sentence(error), failed: true }),
    },
    done: (text: string, onUndo: () => void) => toast({ text, undo: { label: common('cancel'), onUndo } }),
  }
}
