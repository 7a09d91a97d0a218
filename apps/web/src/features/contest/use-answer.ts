'use client'
import type { WaitingContest } from '@fieldback/api/contest/list'
import type { ContestAnswerKind } from '@fieldback/domain/contest/contest'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { callMutation } from '../../client/call.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

/** Sends the answer, then goes where it leads: to the builder for a change; a retired question may be asked again. */
export function useAnswer({ fieldId, contestIds }: WaitingContest) {
  const text = useTranslations('contestDesk')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const router = useRouter()
  const trpc = useTRPC()
  const client = useQueryClient()
  const refresh = async () => {
    await client.invalidateQueries(trpc.contest.pathFilter())
    await client.invalidateQueries(trpc.field.pathFilter())
  }
  const restore = () =>
    callMutation('field.restore', { fieldId }).then(refresh, (error) =>
      toast({ text: sentence(error), failed: true }),
    )
  const mutation = useMutation(
    trpc.contest.answer.mutationOptions({
      onSuccess: async ({ people }, { kind }) => {
        toast({
          text: text('sent', { count: people }),
          ...(kind === 'retire' ? { undo: { label: common('cancel'), onUndo: restore } } : {}),
        })
        if (kind === 'change') router.push(`/manage/fields/${fieldId}`)
        await refresh()
      },
      onError: async (error) => {
        toast({ text: sentence(error), failed: true })
        await refresh()
      },
    }),
  )
  const send = (kind: ContestAnswerKind, reason: string): void =>
    mutation.mutate(
      kind === 'keep'
        ? { fieldId, contestIds: [...contestIds], kind, reason }
        : { fieldId, contestIds: [...contestIds], kind, reason: reason.trim() || null },
    )
  return { send, busy: mutation.isPending }
}
