'use client'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Meanwhile } from '../../client/meanwhile.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useKeptDraft } from '../../client/use-kept-draft.ts'
import type { Administered } from './administered.ts'
import { FormLine } from './form-line.tsx'
import { useCodeFault } from './use-code-fault.ts'
import { useEdit } from './use-edit.ts'

/** The official code of a territory, or none; the one before comes back by "Annuler". */
export function CodeForm({ territory }: { territory: Administered['territory'] }) {
  const text = useTranslations('territory')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const address = useAddress()
  const trpc = useTRPC()
  const edit = useEdit()
  const { draft, changed, set } = useKeptDraft({ code: territory.code ?? '' })
  const { code } = draft
  const change = useMutation(trpc.territory.setCode.mutationOptions(edit.options))
  const undo = useMutation(trpc.territory.setCode.mutationOptions(edit.undoOptions))
  const codeFault = useCodeFault()
  const fault =
    change.error && changed.length === 0
      ? (codeFault(change.variables.code ?? '', change.error) ?? sentence(change.error))
      : undefined
  const wanted = code.trim() === '' ? null : code.trim()
  const submit = () =>
    change.mutate(
      { territoryId: territory.id, code: wanted, known: territory.code },
      {
        onSuccess: ({ before }) => {
          address.set({ do: null })
          edit.done(text('admin.codeForm.done', { place: territory.name }), () =>
            undo.mutate({ territoryId: territory.id, code: before, known: wanted }),
          )
        },
      },
    )
  return (
    <FormLine save={common('save')} disabled={change.isPending} onSubmit={submit}>
      <div className="w-96 max-w-full">
        <Field
          label={text('admin.codeForm.label', { place: territory.name })}
          hint={text('admin.codeForm.hint')}
          error={fault}
        >
          {(control) => (
            <TextInput
              {...control}
              autoFocus
              maxLength={20}
              value={code}
              onChange={(event) => set({ code: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Meanwhile now={changed.map(() => territory.code ?? text('admin.noCode'))} />
    </FormLine>
  )
}
