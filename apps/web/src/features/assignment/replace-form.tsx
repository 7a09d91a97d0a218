'use client'
import { addDays } from '@fieldback/domain/agenda/day'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { GiveForm, type Period } from '../../client/give-form.tsx'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useRefreshed } from './use-refreshed.ts'

export type ReplaceFormProps = {
  /** Who is away, where that is known. */
  readonly absentId?: string
  readonly onClose: () => void
}

/** "Léa replaces Marc from … to …". What was chosen stays when it is refused. */
export function ReplaceForm({ absentId: known = '', onClose }: ReplaceFormProps) {
  const text = useTranslations('assignment.replaceForm')
  const { day } = useMember()
  const people = useQuery(useTRPC().assignment.people.queryOptions()).data ?? []
  const [absentId, setAbsent] = useState(known)
  const [substituteId, setSubstitute] = useState('')
  const replace = useReplace(onClose)
  const nameOf = (id: string) => people.find(({ membershipId }) => membershipId === id)?.displayName ?? ''
  const choices = (label: string, value: string, onChange: (id: string) => void, without: string) => (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          options={[
            { value: '', label: text('choose') },
            ...people
              .filter(({ membershipId }) => membershipId !== without)
              .map(({ membershipId, displayName, places }) => ({
                value: membershipId,
                label: places.length > 0 ? `${displayName} (${places.join(', ')})` : displayName,
              })),
          ]}
          value={value}
          onChange={onChange}
        />
      )}
    </Field>
  )
  const onGive = ({ validFrom, validTo }: Period) => {
    if (validTo === null) return
    replace.run({ absentId, substituteId, validFrom, validTo }, [nameOf(absentId), nameOf(substituteId)])
  }
  return (
    <GiveForm
      of="assignment.replaceForm"
      ready={absentId !== '' && substituteId !== '' && !replace.isPending}
      error={replace.error}
      note={text('note')}
      lastDay={addDays(day, 6)}
      onGive={onGive}
      onClose={onClose}
    >
      {choices(text('absent'), absentId, setAbsent, substituteId)}
      {choices(text('substitute'), substituteId, setSubstitute, absentId)}
    </GiveForm>
  )
}

function useReplace(onClose: () => void) {
  const text = useTranslations('assignment.replaceForm')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const refresh = useRefreshed()
  const replace = useMutation(trpc.assignment.replace.mutationOptions({ onSuccess: refresh }))
  const end = useMutation(
    trpc.assignment.endReplacement.mutationOptions({
      onSettled: refresh,
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  type Input = Parameters<typeof replace.mutate>[0]
  const run = (input: Input, [absent, substitute]: readonly [string, string]) =>
    replace.mutate(input, {
      onSuccess: ({ id, places, left, standsIn }) => {
        onClose()
        const said = [
          text('done', { absent, substitute, places }),
          left > 0 ? text('left', { left }) : '',
          standsIn.length > 0 ? text('nested', { absent, names: standsIn.join(', ') }) : '',
        ]
        toast({
          text: said.filter(Boolean).join('. '),
          undo: {
            label: common('cancel'),
            onUndo: () =>
              end.mutate({
                replacementId: id,
                lastDay: addDays(input.validFrom, -1),
                known: input.validTo,
              }),
          },
        })
      },
    })
  return { run, isPending: replace.isPending, error: replace.error }
}
