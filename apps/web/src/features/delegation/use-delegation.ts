'use client'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import type { Delegation, Receiver } from './delegation.ts'

/** Giving the right to ask questions and taking it back; each says what was done and can be undone for a moment. */
export function useDelegation() {
  const text = useTranslations('delegation')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const toast = useToast()
  const { day } = useMember()
  const trpc = useTRPC()
  const client = useQueryClient()
  const options = {
    onSuccess: () => client.invalidateQueries(trpc.delegation.pathFilter()),
    onError: (error: unknown) => toast({ text: sentence(error), failed: true }),
  }
  const give = useMutation(trpc.delegation.give.mutationOptions({ onSuccess: options.onSuccess }))
  const takeBack = useMutation(trpc.delegation.takeBack.mutationOptions(options))
  const giveAgain = useMutation(trpc.delegation.giveAgain.mutationOptions(options))
  const undo = (onUndo: () => void) => ({ label: common('cancel'), onUndo })

  return {
    give,
    /** Says to whom it was given. */
    tellGiven: (delegationId: string, to: Receiver, from: string) =>
      toast({
        text: text(from > day ? 'givenFrom' : 'given', {
          name: to.displayName,
          place: to.territoryName,
          from: formats.day(from),
        }),
        undo: undo(() => takeBack.mutate({ delegationId })),
      }),
    takeBack: ({ id: delegationId, receiverName, territoryName }: Delegation) =>
      takeBack.mutate(
        { delegationId },
        {
          onSuccess: () =>
            toast({
              text: text('takenBack', { name: receiverName, place: territoryName }),
              undo: undo(() => giveAgain.mutate({ delegationId })),
            }),
        },
      ),
  }
}
