'use client'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { Settings } from './settings.ts'
import { useSetting } from './use-setting.ts'

export function NameForm({ settings }: { settings: Settings }) {
  const text = useTranslations('org')
  const sentence = useErrorSentence()
  const trpc = useTRPC()
  const setting = useSetting()
  const [name, setName] = useState(settings.name)
  const rename = useMutation(trpc.org.rename.mutationOptions(setting.options))
  const undo = useMutation(trpc.org.rename.mutationOptions(setting.undoOptions))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    rename.mutate(
      { name },
      {
        onSuccess: (before) =>
          setting.done(text('settings.name.done', { name: name.trim() }), () =>
            undo.mutate({ name: before.name }),
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
          error={rename.error ? sentence(rename.error) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              required
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </div>
      <span className="md:pt-7">
        <Button
          type="submit"
          disabled={rename.isPending || name.trim() === '' || name.trim() === settings.name}
        >
          {text('settings.save')}
        </Button>
      </span>
    </form>
  )
}
