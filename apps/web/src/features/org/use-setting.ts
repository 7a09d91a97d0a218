'use client'
import { useToast } from '@fieldback/ui/toast'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

/** What follows a change: every page reads it again, and for a moment it can be taken back. */
export function useSetting() {
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const router = useRouter()
  const trpc = useTRPC()
  const client = useQueryClient()
  const reread = async () => {
    // Names of levels, language and clock are written into pages by the server too.
    router.refresh()
    await client.invalidateQueries(trpc.org.pathFilter())
    await client.invalidateQueries(trpc.territory.levels.queryFilter())
  }
  return {
    // A refusal too: it may be that somebody else has changed it.
    options: { onSettled: reread },
    undoOptions: {
      onSettled: reread,
      onError: (error: unknown) => toast({ text: sentence(error), failed: true }),
    },
    done: (text: string, onUndo: () => void) => toast({ text, undo: { label: common('cancel'), onUndo } }),
  }
}
