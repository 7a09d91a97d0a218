'use client'
import { oneLine } from '@fieldback/domain/account/normalise'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Meanwhile } from '../../client/meanwhile.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useKeptDraft } from '../../client/use-kept-draft.ts'
import type { Settings } from './settings.ts'
import { useSetting } from './use-setting.ts'

export function NameForm({ settings }: { settings: Settings }) {
  const text = useTranslations('org')
  const sentence = useErrorSentence()
  const trpc = useTRPC()
  const setting = useSetting()
  const { draft, changed, set } = useKeptDraft({ name: settings.name })
  const { name } = draft
  const rename = useMutation(trpc.org.rename.mutationOptions(setting.options))
  const undo = useMutation(trpc.org.rename.mutationOptions(setting.undoOptions))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    set({ name: oneLine(name) })
    rename.mutate(
      { name, known: settings.name },
      {
        onSuccess: (before) =>
          setting.done(text('settings.name.done', { name: oneLine(name) }), () =>
            undo.mutate({ name: before.name, known: oneLine(name) }),
          ),
      },
    )
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-3">
      <div className="w-96 max-w-full">
        <Field
          label={text('settings.name.label')}
          hint={text('settings.name.hint', { slug: settings.slug })}
          error={rename.error && changed.length === 0 ? sentence(rename.error) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              required
              maxLength={80}
              value={name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
      </div>
      <span className="md:pt-7">
        <Button
          type="submit"
          disabled={rename.isPending || oneLine(name) === '' || oneLine(name) === settings.name}
        >
          {text('settings.save')}
        </Button>
      </span>
      <Meanwhile now={changed.map(() => settings.name)} />
    </form>
  )
}
