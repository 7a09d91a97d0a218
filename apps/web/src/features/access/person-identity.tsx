'use client'
import { oneLine } from '@fieldback/domain/account/normalise'
import { isLocale, LOCALES } from '@fieldback/i18n/locale'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { SectionHead } from '@fieldback/ui/section-head'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Meanwhile } from '../../client/meanwhile.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useKeptDraft } from '../../client/use-kept-draft.ts'
import type { PersonCard } from './access-rows.ts'

/** The name colleagues read, and the language of his screens and mails. */
export function PersonIdentity({ person }: { person: PersonCard }) {
  const text = useTranslations('accessDesk')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const { draft, changed, set } = useKeptDraft({ name: person.displayName, locale: person.locale ?? '' })
  const { name, locale } = draft
  const { membershipId } = person
  const save = useMutation(
    trpc.access.setPerson.mutationOptions({
      onSettled: () => client.invalidateQueries(trpc.access.pathFilter()),
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = { displayName: oneLine(name), locale: isLocale(locale) ? locale : null }
    if (wanted.displayName === '') return
    set({ name: wanted.displayName })
    const known = { displayName: person.displayName, locale: person.locale }
    save.mutate(
      { membershipId, ...wanted, known },
      {
        onSuccess: ({ displayName, locale: was }) => {
          const before = { displayName, locale: isLocale(was) ? was : null }
          toast({
            text: text('person.saved', { name: wanted.displayName }),
            undo: {
              label: text('people.undo'),
              onUndo: () => save.mutate({ membershipId, ...before, known: wanted }),
            },
          })
        },
      },
    )
  }
  const edited = oneLine(name) !== person.displayName || locale !== (person.locale ?? '')
  const localeName = (value: string) =>
    isLocale(value) ? common(`locale.${value}`) : text('person.localeOwn')
  const now = changed.map((part) => (part === 'name' ? person.displayName : localeName(person.locale ?? '')))
  return (
    <section aria-labelledby="identity">
      <SectionHead id="identity">{text('person.identity')}</SectionHead>
      <form onSubmit={submit} className="grid max-w-160 items-start gap-3 sm:grid-cols-2">
        <Field
          label={text('person.name')}
          error={
            oneLine(name) === ''
              ? text('invite.nameMissing')
              : save.error && now.length === 0
                ? sentence(save.error)
                : undefined
          }
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={120}
              autoComplete="off"
              value={name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={text('person.locale')}>
          {(control) => (
            <Select
              {...control}
              options={[
                { value: '', label: text('person.localeOwn') },
                ...LOCALES.map((value) => ({ value, label: common(`locale.${value}`) })),
              ]}
              value={locale}
              onChange={(value) => set({ locale: value })}
            />
          )}
        </Field>
        <Meanwhile now={now} />
        <Button type="submit" className="self-start justify-self-start" disabled={!edited || save.isPending}>
          {common('save')}
        </Button>
      </form>
    </section>
  )
}
