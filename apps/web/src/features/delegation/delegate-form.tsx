'use client'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { GiveForm, type Period } from '../../client/give-form.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import type { Receiver } from './delegation.ts'
import { useDelegation } from './use-delegation.ts'

export type DelegateFormProps = { readonly territoryId: string; readonly onClose: () => void }

const keyOf = ({ membershipId, territoryId }: Receiver): string => `${membershipId}@${territoryId}`

/** Hands the right to ask questions to somebody who stands here or below. */
export function DelegateForm({ territoryId, onClose }: DelegateFormProps) {
  const text = useTranslations('delegation')
  const receivers = useQuery(useTRPC().delegation.receivers.queryOptions({ territoryId }))
  const [chosen, setChosen] = useState('')
  const { give, tellGiven } = useDelegation()
  const people = receivers.data ?? []
  const to = people.find((one) => keyOf(one) === chosen)
  const onGive = (period: Period) => {
    if (!to) return
    give.mutate(
      { receiverId: to.membershipId, territoryId: to.territoryId, ...period },
      {
        onSuccess: ({ id }) => {
          onClose()
          tellGiven(id, to, period.validFrom)
        },
      },
    )
  }
  return (
    <GiveForm
      of="delegation.form"
      ready={to !== undefined && !give.isPending}
      error={give.error ?? receivers.error}
      note={text(receivers.data?.length === 0 ? 'form.none' : 'form.note')}
      onGive={onGive}
      onClose={onClose}
    >
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
    </GiveForm>
  )
}
