'use client'
import type { Role } from '@fieldback/domain/access/permissions'
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
import { useFormats } from '../../client/use-formats.ts'
import { useRefreshed } from './use-refreshed.ts'

export type AssignFormProps = { readonly territoryId: string; readonly onClose: () => void }

/** Gives somebody a place in the branch. */
export function AssignForm({ territoryId, onClose }: AssignFormProps) {
  const text = useTranslations('assignment')
  const access = useTranslations('access')
  const trpc = useTRPC()
  const people = useQuery(trpc.assignment.people.queryOptions())
  const page = useQuery(trpc.territory.get.queryOptions({ territoryId }))
  const [membershipId, setPerson] = useState('')
  const [place, setPlace] = useState(territoryId)
  const [role, setRole] = useState<Role>('rep')
  const assign = useAssign(onClose)

  const onGive = ({ validFrom, validTo }: Period) => {
    const person = people.data?.find((one) => one.membershipId === membershipId)
    assign.mutate(
      { membershipId, territoryId: place, role, validFrom, validTo },
      {
        onSuccess: ({ id }) =>
          assign.told(id, {
            name: person?.displayName ?? '',
            place: placeName(),
            from: validFrom,
            to: validTo,
          }),
      },
    )
  }
  const places = page.data ? [page.data.territory, ...page.data.children.filter(({ closed }) => !closed)] : []
  const placeName = () => places.find(({ id }) => id === place)?.name ?? ''
  const candidates = (people.data ?? []).map(({ membershipId: value, displayName, places: held }) => ({
    value,
    label: held.length > 0 ? `${displayName} (${held.join(', ')})` : displayName,
  }))
  return (
    <GiveForm
      of="assignment.form"
      ready={membershipId !== '' && !assign.isPending}
      error={assign.error}
      onGive={onGive}
      onClose={onClose}
    >
      <Field label={text('form.person')}>
        {(control) => (
          <Select
            {...control}
            options={[{ value: '', label: text('form.choose') }, ...candidates]}
            value={membershipId}
            onChange={setPerson}
          />
        )}
      </Field>
      <Field label={text('form.place')}>
        {(control) => (
          <Select
            {...control}
            options={places.map(({ id, name }) => ({ value: id, label: name }))}
            value={place}
            onChange={setPlace}
          />
        )}
      </Field>
      <Field label={text('form.role')}>
        {(control) => (
          <Select
            {...control}
            options={(page.data?.can.grant ?? []).map((one) => ({
              value: one,
              label: access(`role.${one}`),
            }))}
            value={role}
            onChange={(value) => setRole(value as Role)}
          />
        )}
      </Field>
    </GiveForm>
  )
}

function useAssign(onClose: () => void) {
  const text = useTranslations('assignment')
  const common = useTranslations('common')
  const formats = useFormats()
  const toast = useToast()
  const { day } = useMember()
  const trpc = useTRPC()
  const refresh = useRefreshed()
  const sentence = useErrorSentence()
  const end = useMutation(
    trpc.assignment.end.mutationOptions({
      onSettled: refresh,
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  const assign = useMutation(trpc.assignment.assign.mutationOptions({ onSuccess: refresh }))
  /** Says what was done; taking it back ends it the day before it begins. */
  const told = (
    assignmentId: string,
    given: { name: string; place: string; from: string; to: string | null },
  ) => {
    onClose()
    toast({
      text: text(given.from > day ? 'givenFrom' : 'given', {
        name: given.name,
        place: given.place,
        from: formats.day(given.from),
      }),
      undo: {
        label: common('cancel'),
        onUndo: () => end.mutate({ assignmentId, lastDay: addDays(given.from, -1), known: given.to }),
      },
    })
  }
  return { ...assign, told }
}
