'use client'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useId, useState } from 'react'
import { toldError } from '../../client/error-code.ts'
import { useTRPC } from '../../client/trpc.tsx'
import type { ScenarioPage } from './scenario-page.ts'
import { useReread } from './use-scenario.ts'
import { useWords } from './use-words.ts'

/** When a scenario is applied: on a day, by itself, or at once. */
export function PlanForm({ page, onClose }: { page: ScenarioPage; onClose: () => void }) {
  const { text, sentence } = useWords()
  const title = useId()
  const [day, setDay] = useState(page.effectiveOn ?? '')
  const { plan, publish, error, pending } = usePlanning(page, onClose)
  return (
    <section
      aria-labelledby={title}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      className="grid gap-4 rounded-md bg-sunken p-4"
    >
      <h2 id={title} className="text-lead">
        {text('plan.title')}
      </h2>
      <form
        className="flex flex-wrap items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          plan(day)
        }}
      >
        <div className="w-80 max-w-full">
          <Field label={text('plan.day')} hint={text('plan.hint')}>
            {(control) => (
              <TextInput
                {...control}
                type="date"
                required
                autoFocus
                value={day}
                onChange={(event) => setDay(event.target.value)}
              />
            )}
          </Field>
        </div>
        <span className="pt-7">
          <Button type="submit" variant="primary" disabled={day === '' || pending}>
            {text('plan.confirm')}
          </Button>
        </span>
      </form>
      <div className="border-line border-t pt-4">
        <h3 className="font-strong">{text('plan.now')}</h3>
        <p className="mt-1 max-w-[72ch] text-ink-2 text-small">
          {text('plan.nowWhat', { accounts: page.figures.changing })}
        </p>
        <Button className="mt-2" disabled={pending} onClick={publish}>
          {text('plan.nowConfirm', { count: page.gestures.length })}
        </Button>
      </div>
      {error && (
        <p role="alert" className="flex items-start gap-1.5 text-danger text-small">
          <CircleAlert size={16} className="mt-0.5 flex-none" />
          {isOfChoices(error) ? text('clash.rights') : sentence(error)}
        </p>
      )}
      <div>
        <Button variant="ghost" onClick={onClose}>
          {text('cancel')}
        </Button>
      </div>
    </section>
  )
}

/** Somebody else chose what becomes of questions that the reader does not define. */
function isOfChoices(error: unknown): boolean {
  const { code, params } = toldError(error)
  return code === 'FORBIDDEN' && params.permission === 'field.define'
}

function usePlanning({ id: scenarioId, version: known }: ScenarioPage, onClose: () => void) {
  const { text, formats } = useWords()
  const trpc = useTRPC()
  const toast = useToast()
  const client = useQueryClient()
  const reread = useReread()
  const plan = useMutation(trpc.scenario.plan.mutationOptions({ onSettled: reread }))
  // Trees, rights and figures of every page follow.
  const publish = useMutation(
    trpc.scenario.publish.mutationOptions({ onSettled: () => client.invalidateQueries() }),
  )
  const done = (said: string) => {
    onClose()
    toast({ text: said })
  }
  return {
    pending: plan.isPending || publish.isPending,
    error: publish.error ?? plan.error,
    plan: (day: string) => {
      publish.reset()
      plan.mutate(
        { scenarioId, day, known },
        { onSuccess: () => done(text('plan.planned', { day: formats.day(day) })) },
      )
    },
    publish: () => publish.mutate({ scenarioId, known }, { onSuccess: () => done(text('plan.done')) }),
  }
}
