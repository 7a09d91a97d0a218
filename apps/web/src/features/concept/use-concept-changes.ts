'use client'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { callMutation } from '../../client/call.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

type Link = {
  readonly conceptId: string
  readonly fieldId: string
  readonly map: Readonly<Record<string, string | null>>
}

/** Takes questions out of a concept, which can be taken back, and removes an empty one. */
export function useConceptChanges() {
  const text = useTranslations('concept')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries(trpc.concept.pathFilter())
  const failed = (error: unknown) => toast({ text: sentence(error), failed: true })
  const remove = useMutation(
    trpc.concept.remove.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('removed') })
        await refresh()
      },
      onError: failed,
    }),
  )
  const unlink = (link: Link) =>
    callMutation('concept.unlink', { fieldId: link.fieldId }).then(async () => {
      const onUndo = () => callMutation('concept.link', link).then(refresh, failed)
      toast({ text: text('unlinked'), undo: { label: common('cancel'), onUndo: () => void onUndo() } })
      await refresh()
    }, failed)
  return { remove, unlink, refresh }
}
