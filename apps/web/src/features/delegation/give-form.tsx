'use client'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { Receiver } from './delegation.ts'
import { useDelegation } from './use-delegation.ts'

export type GiveFormProps = { readonly territoryId: string; readonly onClose: () => void }

const keyOf = ({ membershipId, territoryId }: Receiver): string => `${membershipId}@${territoryId}`

/** Hands the right to ask questions to somebody who stands here or below. What was chosen stays when it is refused. */
export function GiveForm({ territoryId, onClose }: GiveFormProps) {
  const text = useTranslations('delegation')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const { day } = useMember()
  const receivers = useQuery(useTRPC().delegation.receivers.queryOptions({ territoryId }))
  const [chosen, setChosen] = useState('')
  const [validFrom, setFrom] = useState(day)
  const [validTo, setTo] = useState('')
  const { give, tellGiven } = useDelegation()
  const people = receivers.data ?? []
  const to = people.find((one) => keyOf(one) === chosen)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!to || give.isPending) return
    give.mutate(
      { receiverId: to.membershipId, territoryId: to.territoryId, validFrom, validTo: validTo || null },
      {
        onSuccess: ({ id }) => {
          onClose()
          tellGiven(id, to, validFrom)
        },
      },
    )
  }
  const refused = give.error ?? receivers.error
  return (
    <form onSubmit={submit} className="mb-4 rounded-md bg-sunken p-4">
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3 [&>*]:min-w-0">
        <Field label={text('form.person')}>
          {(control) => (
            <Select
              {...control}
              options={[
                { value: '', label: text('form.choose') },
                ...people.map((one) => ({
                  value: keyOf(one),
                  label: `${one.displayName} (${one.territoryName})`,
                })),
              ]}
              value={chosen}
              onChange={setChosen}
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
      <p className="mt-3 max-w-[64ch] text-ink-2 text-small">
        {text(receivers.data?.length === 0 ? 'form.none' : 'form.note')}
      </p>
      {refused && (
        <p role="alert" className="mt-3 text-danger text-small">
          {sentence(refused)}
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button type="submit" disabled={!to || give.isPending}>
          {text('form.give')}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {common('cancel')}
        </Button>
      </div>
    </form>
  )
}
