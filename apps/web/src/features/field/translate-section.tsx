'use client'
import type { AppRouter } from '@fieldback/api/root'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { Field } from '@fieldback/ui/field'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { TextInput } from '@fieldback/ui/text-input'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import Languages from 'lucide-react/icons/languages'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { useLevelName } from '../../client/levels.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useTakenBack } from '../../client/use-taken-back.ts'

type Untranslated = inferRouterOutputs<AppRouter>['field']['untranslated']['fields'][number]
type Text = Untranslated['texts'][number]

export type TranslateSectionProps = { readonly territoryId: string; readonly onClose: () => void }

/** Questions of a branch that lack English words, and the place to write them: nothing else of a question changes. */
export function TranslateSection({ territoryId, onClose }: TranslateSectionProps) {
  const text = useTranslations('fieldList')
  const sentence = useErrorSentence()
  const list = useQuery(useTRPC().field.untranslated.queryOptions({ territoryId }))
  return (
    <section aria-labelledby="translate">
      <SectionHead id="translate" aside={<Button onClick={onClose}>{text('translate.close')}</Button>}>
        {text('translate.title')}
      </SectionHead>
      {list.error && !list.data && <p className="text-ink-2">{sentence(list.error)}</p>}
      {!list.data && !list.error && <Skeleton label={text('translate.loading')} lines={6} />}
      {list.data && <Forms fields={list.data.fields} more={list.data.more} />}
    </section>
  )
}

function Forms({ fields, more }: { fields: readonly Untranslated[]; more: number }) {
  const text = useTranslations('fieldList')
  if (fields.length === 0)
    return (
      <Empty
        icon={<Languages size={28} />}
        title={text('translate.none')}
        text={text('translate.noneNext')}
      />
    )
  return (
    <>
      <p className="-mt-2 mb-4 max-w-[64ch] text-ink-2 text-small">{text('translate.text')}</p>
      <div className="flex flex-col gap-4">
        {fields.map((field) => (
          <TranslateForm key={`${field.fieldId}:${field.by.id}:${field.version}`} field={field} />
        ))}
      </div>
      {more > 0 && <p className="mt-3 text-ink-2">{text('translate.more', { count: more })}</p>}
    </>
  )
}

/** Which of its texts a part is, without what names it among others. */
const kindOf = ({ part }: Text) => part.split('.')[0] as 'label' | 'help' | 'why' | 'option' | 'giveback'

function TranslateForm({ field: { fieldId, version, label, by, added, texts } }: { field: Untranslated }) {
  const text = useTranslations('fieldList')
  const sentence = useErrorSentence()
  const levelName = useLevelName()
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const { tell, refresh } = useTakenBack()
  const send = (baseVersion: number, words: Readonly<Record<string, string>>) =>
    added
      ? callMutation('field.translateAdded', { fieldId, territoryId: by.id, baseVersion, words })
      : callMutation('field.translate', { fieldId, baseVersion, words })
  const save = useMutation({
    mutationFn: () => send(version, typed),
    onSuccess: async ({ version: baseVersion, previous }) => {
      tell(text('translate.done', { question: label.fr }), () => send(baseVersion, previous))
      await refresh()
    },
  })
  const missing = texts.filter(({ words }) => words.en === undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} className="rounded-md bg-sunken p-4">
      <h3 className="wrap-anywhere mb-3 flex flex-wrap items-center gap-x-2 font-medium">
        <LevelMark rank={by.rank} size={18} label={levelName(by.rank)} />
        {label.fr}
        <span className="font-regular text-caption text-ink-2">
          {added ? text('translate.added', { place: by.name }) : by.name},{' '}
          {text('translate.missing', { count: missing.length })}
        </span>
      </h3>
      <div className="grid gap-3 lg:grid-cols-2">
        {missing.map((one) => (
          <Field
            key={one.part}
            label={text('translate.of', { part: text(`translate.part.${kindOf(one)}`), words: one.words.fr })}
          >
            {(control) => (
              <TextInput
                {...control}
                lang="en"
                maxLength={300}
                value={typed[one.part] ?? ''}
                onChange={(event) => setTyped((known) => ({ ...known, [one.part]: event.target.value }))}
              />
            )}
          </Field>
        ))}
      </div>
      {save.error && (
        <p role="alert" className="mt-3 text-danger text-small">
          {sentence(save.error)}
        </p>
      )}
      <Button
        type="submit"
        className="mt-4"
        disabled={save.isPending || !Object.values(typed).some((words) => words.trim() !== '')}
      >
        {text('translate.save')}
        <span className="sr-only">{text('translate.saveOf', { question: label.fr })}</span>
      </Button>
    </form>
  )
}
