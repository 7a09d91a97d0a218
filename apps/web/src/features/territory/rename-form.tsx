'use client'
import { oneLine } from '@fieldback/domain/account/normalise'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Meanwhile } from '../../client/meanwhile.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useKeptDraft } from '../../client/use-kept-draft.ts'
import { FormLine } from './form-line.tsx'
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
  const submit = () => {
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
    <FormLine
      save={later.label(common('save'), later.verb)}
      disabled={rename.isPending || later.waits || oneLine(name) === ''}
      when={later.field}
      onSubmit={submit}
    >
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
            />
          )}
        </Field>
      </div>
      <Meanwhile now={changed.map(() => territory.name)} />
    </FormLine>
  )
}
