'use client'
import { oneLine } from '@fieldback/domain/account/normalise'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import { useMutation } from '@tanstack/react-query'
import { Meanwhile } from '../../client/meanwhile.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useKeptDraft } from '../../client/use-kept-draft.ts'
import type { ScenarioPage } from './scenario-page.ts'
import { useReread } from './use-scenario.ts'
import { useWords } from './use-words.ts'

/** Another name; what somebody else called it meanwhile is said, and what was typed is kept. */
export function RenameForm({ page, onClose }: { page: ScenarioPage; onClose: () => void }) {
  const { text, common, sentence } = useWords()
  const reread = useReread()
  const { draft, changed, set } = useKeptDraft({ name: page.name })
  const rename = useMutation(useTRPC().scenario.rename.mutationOptions({ onSettled: reread }))
  return (
    <form
      className="flex flex-wrap items-start gap-2 rounded-md bg-sunken p-4"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      onSubmit={(event) => {
        event.preventDefault()
        if (oneLine(draft.name) === page.name) return onClose()
        rename.mutate({ scenarioId: page.id, name: draft.name, known: page.name }, { onSuccess: onClose })
      }}
    >
      <div className="w-80 max-w-full">
        <Field
          label={text('form.name')}
          error={rename.error && changed.length === 0 ? sentence(rename.error) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              autoFocus
              required
              maxLength={80}
              value={draft.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
      </div>
      <span className="flex gap-2 pt-7">
        <Button type="submit" disabled={rename.isPending || oneLine(draft.name) === ''}>
          {common('save')}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {text('cancel')}
        </Button>
      </span>
      <Meanwhile now={changed.map(() => page.name)} />
    </form>
  )
}
