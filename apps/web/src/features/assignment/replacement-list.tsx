'use client'
import type { AppRouter } from '@fieldback/api/root'
import { addDays } from '@fieldback/domain/agenda/day'
import { Button } from '@fieldback/ui/button'
import { Tag } from '@fieldback/ui/tag'
import { useToast } from '@fieldback/ui/toast'
import { useMutation } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useRefreshed } from './use-refreshed.ts'

type Replacement = inferRouterOutputs<AppRouter>['assignment']['replacements'][number]

/** Who replaces whom, running and to come, and the way to end it before its day. */
export function ReplacementList({ replacements }: { replacements: readonly Replacement[] }) {
  const text = useTranslations('assignment.replacements')
  const formats = useFormats()
  const { day } = useMember()
  const end = useEnd()
  return (
    <ul aria-label={text('title')} className="grid divide-y divide-line rounded-md bg-sunken px-4">
      {replacements.map((one) => (
        <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
          <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <b>{text('line', { absent: one.absentName, substitute: one.substituteName })}</b>
            <span className="text-ink-2">
              {text('days', {
                from: formats.day(one.validFrom, 'numeric'),
                to: formats.day(one.validTo, 'numeric'),
              })}
            </span>
            {one.validFrom <= day && <Tag tone="line">{text('now')}</Tag>}
          </span>
          <Button variant="ghost" onClick={() => end(one)}>
            {text('end')}
            <span className="sr-only">
              {text('endOf', { absent: one.absentName, substitute: one.substituteName })}
            </span>
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** Ends one this evening (one to come is called off), and offers to take it back. */
function useEnd(): (one: Replacement) => void {
  const text = useTranslations('assignment.replacements')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const { day } = useMember()
  const end = useMutation(
    useTRPC().assignment.endReplacement.mutationOptions({
      onSettled: useRefreshed(),
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  return ({ id: replacementId, validFrom, validTo, absentName, substituteName }) => {
    const lastDay = validFrom > day ? addDays(validFrom, -1) : day
    end.mutate(
      { replacementId, lastDay, known: validTo },
      {
        onSuccess: ({ previous }) =>
          toast({
            text: text(validFrom > day ? 'calledOff' : 'ended', {
              absent: absentName,
              substitute: substituteName,
            }),
            undo: {
              label: common('cancel'),
              onUndo: () => end.mutate({ replacementId, lastDay: previous, known: lastDay }),
            },
          }),
      },
    )
  }
}
