'use client'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextInput } from '@fieldback/ui/text-input'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import type { ScenarioPage } from './scenario-page.ts'
import { useReread } from './use-scenario.ts'
import { useWords } from './use-words.ts'

/** What readers say of a scenario, the last first. */
export function Remarks({ page: { id: scenarioId, remarks } }: { page: ScenarioPage }) {
  const { text, formats, sentence } = useWords()
  const reread = useReread()
  const [typed, setTyped] = useState('')
  const write = useMutation(useTRPC().scenario.remark.mutationOptions({ onSettled: reread }))
  return (
    <section aria-labelledby="remarks">
      <SectionHead id="remarks">{text('remarks.title')}</SectionHead>
      <form
        className="flex flex-wrap items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          write.mutate({ scenarioId, text: typed }, { onSuccess: () => setTyped('') })
        }}
      >
        <div className="min-w-0 flex-1 basis-60">
          <Field
            label={text('remarks.label')}
            hint={text('remarks.hint')}
            error={write.error ? sentence(write.error) : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                maxLength={500}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        </div>
        <span className="pt-7">
          <Button type="submit" disabled={typed.trim() === '' || write.isPending}>
            {text('remarks.send')}
          </Button>
        </span>
      </form>
      {remarks.length === 0 ? (
        <p className="mt-3 text-ink-2">{text('remarks.none')}</p>
      ) : (
        <ul className="mt-3 divide-y divide-line border-line border-t">
          {remarks.map(({ id, author, text: said, writtenAt }) => (
            <li key={id} className="py-2">
              <p className="break-words">{said}</p>
              <p className="text-caption text-ink-2">
                {text('remarks.line', { who: author, at: formats.instant(writtenAt) })}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
