'use client'
import type { AppRouter } from '@fieldback/api/root'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { inferRouterInputs } from '@trpc/server'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useFormats } from '../../client/use-formats.ts'

type Step = inferRouterInputs<AppRouter>['scenario']['planOne']['step']

const NAME_MAX = 80

/** The day from which a change holds: today at once, later as a planned scenario of this one change. */
export function useLater() {
  const text = useTranslations('scenario')
  const { day: today } = useMember()
  const formats = useFormats()
  const toast = useToast()
  const router = useRouter()
  const address = useAddress()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [day, setDay] = useState(today)
  const plan = useMutation(
    trpc.scenario.planOne.mutationOptions({
      onSettled: () => client.invalidateQueries(trpc.scenario.pathFilter()),
    }),
  )
  const isLater = day > today
  return {
    isLater,
    pending: plan.isPending,
    error: plan.error,
    /** Of the button that does it. */
    label: (what: string) => (isLater ? text('later.act', { what }) : what),
    plan: (step: Step, name: string) =>
      plan.mutate(
        { step, day, name: name.slice(0, NAME_MAX) },
        {
          onSuccess: ({ id }) => {
            address.set({ do: null, to: null, into: null })
            toast({
              text: text('later.done', { day: formats.day(day) }),
              undo: { label: text('later.see'), onUndo: () => router.push(`/manage/scenarios/${id}`) },
            })
          },
        },
      ),
    field: (
      <div className="mt-4 w-72 max-w-full">
        <Field label={text('later.from')} hint={text('later.hint')}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              min={today}
              value={day}
              onChange={(event) => setDay(event.target.value === '' ? today : event.target.value)}
            />
          )}
        </Field>
      </div>
    ),
  }
}
