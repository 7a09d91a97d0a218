'use client'
import { addDays } from '@fieldback/domain/agenda/day'
import { OBJECTIVE_WHY_MAX, type ObjectiveSegment } from '@fieldback/domain/objective/objective'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { SectionHead } from '@fieldback/ui/section-head'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import type { Questions } from './objective.ts'
import { SegmentInputs } from './segment-inputs.tsx'

type Draft = {
  readonly segment: ObjectiveSegment
  readonly everyWeeks: number | null
  readonly fromDay: string
  readonly toDay: string
  readonly why: string
}

const EVERY = [null, 1, 2, 3, 4, 6, 8, 12] as const

/** Which accounts, how often, until when and why; how many that is, before it is asked. */
export function ObjectiveForm({ territoryId, questions }: { territoryId: string; questions: Questions }) {
  const text = useTranslations('objectiveDesk')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const address = useAddress()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const today = formats.dayOf(new Date().toISOString())
  const [draft, setDraft] = useState<Draft>({
    segment: { kind: null, answer: null },
    everyWeeks: null,
    fromDay: today,
    toDay: addDays(today, 30),
    why: '',
  })
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const close = () => address.set({ do: null })
  const { why, ...meant } = draft
  const isAsked = meant.segment.answer === null || meant.segment.answer.options.length > 0
  const preview = useQuery({
    ...trpc.objective.preview.queryOptions({ territoryId, ...meant }),
    enabled: isAsked && meant.fromDay !== '' && meant.toDay !== '',
    placeholderData: keepPreviousData,
  })
  const state = useMutation(
    trpc.objective.state.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('form.stated') })
        close()
        await client.invalidateQueries(trpc.objective.pathFilter())
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    state.mutate({ territoryId, ...meant, why: why.trim() })
  }
  const none = preview.data?.meant === 0
  return (
    <form
      aria-labelledby="objective-form"
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && close()}
      className="grid max-w-3xl gap-5 rounded-md bg-sunken p-4"
    >
      <SectionHead id="objective-form">{text('form.title')}</SectionHead>
      <SegmentInputs
        segment={meant.segment}
        questions={questions}
        onChange={(segment) => change({ segment })}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={text('form.often')}>
          {(control) => (
            <Select
              {...control}
              value={String(meant.everyWeeks ?? '')}
              options={EVERY.map((weeks) => ({
                value: String(weeks ?? ''),
                label: weeks === null ? text('form.once') : text('form.every', { weeks }),
              }))}
              onChange={(weeks) => change({ everyWeeks: weeks === '' ? null : Number(weeks) })}
            />
          )}
        </Field>
        {(['fromDay', 'toDay'] as const).map((key) => (
          <Field key={key} label={text(key === 'fromDay' ? 'form.from' : 'form.to')}>
            {(control) => (
              <TextInput
                {...control}
                type="date"
                required
                value={meant[key]}
                onChange={(event) => change({ [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <Field label={text('form.why')} error={state.error ? sentence(state.error) : undefined}>
        {(control) => (
          <TextInput
            {...control}
            dir="auto"
            required
            maxLength={OBJECTIVE_WHY_MAX}
            placeholder={text('form.whyExample')}
            value={why}
            onChange={(event) => change({ why: event.target.value })}
          />
        )}
      </Field>
      <p role="status" className="text-small">
        {preview.error
          ? sentence(preview.error)
          : preview.data
            ? text('form.preview', { meant: preview.data.meant, seen: preview.data.seen })
            : text('form.counting')}
      </p>
      <span className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          disabled={state.isPending || why.trim() === '' || !isAsked || none}
        >
          {text('form.save')}
        </Button>
        <Button variant="ghost" onClick={close}>
          {text('form.cancel')}
        </Button>
      </span>
    </form>
  )
}
