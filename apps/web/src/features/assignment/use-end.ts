'use client'
import { addDays } from '@fieldback/domain/agenda/day'
import { useToast } from '@fieldback/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { Assignment } from './assignment.ts'
import { useRefreshed } from './use-refreshed.ts'

/** Ends an assignment this evening (one to come is called off), and offers to take it back. */
export function useEnd(): (line: Assignment) => void {
  const text = useTranslations('assignment')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const { day } = useMember()
  const trpc = useTRPC()
  const end = useMutation(
    trpc.assignment.end.mutationOptions({
      // Refused because somebody changed it meanwhile, the list shows what he made of it.
      onSettled: useRefreshed(),
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  return (line) => {
    const lastDay = line.validFrom > day ? addDays(line.validFrom, -1) : day
    const ended = { name: line.displayName, place: line.territoryName }
    end.mutate(
      { assignmentId: line.id, lastDay, known: line.validTo },
      {
        onSuccess: ({ previous }) =>
          toast({
            text: text(line.validFrom > day ? 'calledOff' : 'ended', ended),
            undo: {
              label: common('cancel'),
              onUndo: () => end.mutate({ assignmentId: line.id, lastDay: previous, known: lastDay }),
            },
          }),
      },
    )
  }
}
