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
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useKeptDraft } from '../../client/use-kept-draft.ts'
import type { Place } from './territory-page.ts'
import { useEdit } from './use-edit.ts'
import { useLater } from './use-later.tsx'

/** Another name, in the page; what was typed stays when it is refused. */
export function RenameForm({ territory }: { territory: Place }) {
  const text = useTranslations('territory')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const address = useAddress()
  const trpc = useTRPC()
  const edit = useEdit()
  const later = useLater()
  const { draft, changed, set } = useKeptDraft({ name: territory.name })
  const { name } = draft
  const rename = useMutation(trpc.territory.rename.mutationOptions(edit.options))
  const undo = useMutation(trpc.territory.rename.mutationOptions(edit.undoOptions))
  const error = later.error ?? rename.error
  const close = () => address.set({ do: null })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (oneLine(name) === territory.name) return close()
    if (later.isLater)
      return later.plan(
        [{ of: 'rename', territoryId: territory.id, name }],
        text('rename.planned', { name: territory.name, to: oneLine(name) }),
      )
    const known = territory.name
    rename.mutate({ territoryId: territory.id, name, known }, { onSuccess: () => done(known) })
  }
  const done = (previous: string) => {
    close()
    edit.done(text('rename.done', { name: oneLine(name) }), () =>
      undo.mutate({ territoryId: territory.id, name: previous, known: oneLine(name) }),
    )
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-x-3 gap-y-4 rounded-md bg-sunken p-4">
      <div className="w-80 max-w-full">
        <Field
          label={text('rename.label')}
          error={error && changed.length === 0 ? sentence(error) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              autoFocus
              required
              maxLength={80}
              value={name}
              onChange={(event) => set({ name: event.target.value })}
              onKeyDown={(event) => event.key === 'Escape' && close()}
            />
          )}
        </Field>
      </div>
      {later.field}
      <span className="flex gap-2 md:pt-7">
        <Button type="submit" disabled={rename.isPending || later.waits || oneLine(name) === ''}>
          {later.label(common('save'), later.verb)}
        </Button>
        <Button variant="ghost" onClick={close}>
          {common('cancel')}
        </Button>
      </span>
      <Meanwhile now={changed.map(() => territory.name)} />
    </form>
  )
}
