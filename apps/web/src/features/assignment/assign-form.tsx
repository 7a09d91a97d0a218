'use client'
import type { Role } from '@fieldback/domain/access/permissions'
import { addDays } from '@fieldback/domain/agenda/day'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'

export type AssignFormProps = { readonly territoryId: string; readonly onClose: () => void }

/** Gives somebody a place in the branch, from a day to a day. What was chosen stays when it is refused. */
export function AssignForm({ territoryId, onClose }: AssignFormProps) {
  const text = useTranslations('assignment')
  const access = useTranslations('access')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const { day } = useMember()
  const trpc = useTRPC()
  const people = useQuery(trpc.assignment.people.queryOptions())
  const page = useQuery(trpc.territory.get.queryOptions({ territoryId }))
  const [membershipId, setPerson] = useState('')
  const [place, setPlace] = useState(territoryId)
  const [role, setRole] = useState<Role>('rep')
  const [validFrom, setFrom] = useState(day)
  const [validTo, setTo] = useState('')
  const assign = useAssign(onClose)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const to = validTo || null
    const person = people.data?.find((one) => one.membershipId === membershipId)
    assign.mutate(
      { membershipId, territoryId: place, role, validFrom, validTo: to },
      {
        onSuccess: ({ id }) =>
          assign.told(id, { name: person?.displayName ?? '', place: placeName(), from: validFrom, to }),
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
    <form onSubmit={submit} className="mb-4 rounded-md bg-sunken p-4">
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3 [&>*]:min-w-0">
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
        <Field label={text('form.from')}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              required
              min={day}
              value={validFrom}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label={text('form.to')} hint={text('form.toHint')}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              min={validFrom}
              value={validTo}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
        </Field>
      </div>
      {assign.error && (
        <p role="alert" className="mt-3 text-danger text-small">
          {sentence(assign.error)}
        </p>
      )}
      <div className="mt-4 flex gap-2">
        <Button type="submit" disabled={membershipId === '' || assign.isPending}>
          {text('form.give')}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {common('cancel')}
        </Button>
      </div>
    </form>
  )
}

function useAssign(onClose: () => void) {
  const text = useTranslations('assignment')
  const common = useTranslations('common')
  const formats = useFormats()
  const toast = useToast()
  const { day } = useMember()
  const trpc = useTRPC()
  const client = useQueryClient()
  const refresh = async () => {
    await client.invalidateQueries(trpc.assignment.pathFilter())
    await client.invalidateQueries(trpc.territory.get.pathFilter())
  }
  const sentence = useErrorSentence()
  const end = useMutation(
    trpc.assignment.end.mutationOptions({
      onSettled: refresh,
      onError: (error) => toast({ text: sentence(error) }),
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
