'use client'
import type { AppRouter } from '@fieldback/api/root'
import { addDays } from '@fieldback/domain/agenda/day'
import { typedDay } from '@fieldback/domain/typed'
import { Field } from '@fieldback/ui/field'
import { Segmented } from '@fieldback/ui/segmented'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { inferRouterInputs } from '@trpc/server'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { toldError } from '../../client/error-code.ts'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'

type Steps = inferRouterInputs<AppRouter>['scenario']['planOne']['steps']

const NAME_MAX = 80

/**
 * Whether a change is made at once, or on a day to come as a planned scenario of this one change; `always`: it cannot be
 * made today. A day in the address (`on`) is where one begins.
 */
export function useLater({ always = false }: { readonly always?: boolean } = {}) {
  const text = useTranslations('scenario')
  const sentence = useErrorSentence()
  const { day: today } = useMember()
  const formats = useFormats()
  const toast = useToast()
  const router = useRouter()
  const address = useAddress()
  const trpc = useTRPC()
  const client = useQueryClient()
  const wished = typedDay.safeParse(address.get('on'))
  const [chosen, setLater] = useState(wished.success)
  const isLater = always || chosen
  const [day, setDay] = useState(wished.success ? wished.data : addDays(today, 1))
  const plan = useMutation(
    trpc.scenario.planOne.mutationOptions({
      onSettled: () => client.invalidateQueries(trpc.scenario.pathFilter()),
    }),
  )
  const isOfDay =
    plan.error !== null && ['SCENARIO_PAST', 'SCENARIO_FAR'].includes(toldError(plan.error).code)
  /** What is done is cut rather than its day. */
  const nameOf = (what: string): string => {
    const dated = (part: string) => text('later.name', { what: part, day: formats.day(day) })
    return dated(what.slice(0, NAME_MAX - dated('').length))
  }
  return {
    isLater,
    /** The one that is typed; empty for none. */
    day,
    /** Nothing can be asked for: it is being done, or there is no day. */
    waits: plan.isPending || (isLater && day === ''),
    /** Why it was refused, but for its day, which is said beside it. */
    error: isOfDay ? null : plan.error,
    /** Of the button that does it. */
    label: (now: string, later = text('later.act', { what: now })) => (isLater ? later : now),
    verb: text('later.verb'),
    plan: (steps: Steps, what: string) =>
      plan.mutate(
        { steps, day, name: nameOf(what) },
        {
          onSuccess: ({ id }) => {
            address.set({ do: null, to: null, into: null, on: null })
            toast({
              text: text('later.done', { day: formats.day(day) }),
              undo: { label: text('later.see'), onUndo: () => router.push(`/manage/scenarios/${id}`) },
            })
          },
        },
      ),
    field: (
      <div className="flex flex-wrap items-start gap-x-3 gap-y-4">
        {!always && (
          <div>
            <p aria-hidden className="mb-1.5 font-medium text-small">
              {text('later.when')}
            </p>
            <div className="w-fit rounded-[14px] ring ring-line-2 desk:rounded-[10px]">
              <Segmented
                label={text('later.when')}
                value={isLater ? 'later' : 'today'}
                onChange={(when) => {
                  plan.reset()
                  setLater(when === 'later')
                }}
                options={[
                  { value: 'today', label: text('later.today') },
                  { value: 'later', label: text('later.onDay') },
                ]}
              />
            </div>
          </div>
        )}
        {isLater && (
          <div className="w-64 max-w-full">
            <Field
              label={text('later.from')}
              hint={text('later.hint')}
              error={isOfDay ? sentence(plan.error) : undefined}
            >
              {(control) => (
                <TextInput
                  {...control}
                  type="date"
                  value={day}
                  onChange={(event) => {
                    plan.reset()
                    setDay(event.target.value)
                  }}
                />
              )}
            </Field>
          </div>
        )}
      </div>
    ),
  }
}
