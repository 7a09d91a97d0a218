'use client'
import { type SignInRules as Rules, SESSION_DAYS_MAX } from '@fieldback/domain/access/sign-in-rules'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Meanwhile } from '../../client/meanwhile.tsx'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useKeptDraft } from '../../client/use-kept-draft.ts'

/** How people of the organisation sign in: a section of its page. */
export function SignInRules() {
  const text = useTranslations('accessDesk')
  const sentence = useErrorSentence()
  const { orgName } = useMember()
  const rules = useQuery(useTRPC().access.signInRules.queryOptions())
  return (
    <section aria-labelledby="sign-in-rules">
      <SectionHead id="sign-in-rules">{text('rules.title')}</SectionHead>
      <p className="-mt-2 mb-4 text-ink-2 text-small">{text('rules.text', { organisation: orgName })}</p>
      {rules.error && !rules.data && <p className="text-ink-2">{sentence(rules.error)}</p>}
      {rules.data && <RulesForm rules={rules.data} />}
    </section>
  )
}

type Draft = {
  readonly password: boolean
  readonly link: boolean
  readonly desk: string
  readonly phone: string
}

const draftOf = ({ password, link, deskDays, phoneDays }: Rules): Draft => ({
  password,
  link,
  desk: String(deskDays),
  phone: String(phoneDays),
})

const daysOf = (typed: string): number | null => {
  const days = Number(typed)
  return /^\d+$/.test(typed) && days >= 1 && days <= SESSION_DAYS_MAX ? days : null
}

function RulesForm({ rules }: { rules: Rules }) {
  const text = useTranslations('accessDesk')
  const sentence = useErrorSentence()
  const kept = draftOf(rules)
  const { draft, changed, set } = useKeptDraft(kept)
  const save = useSaveRules()
  const [deskDays, phoneDays] = [daysOf(draft.desk), daysOf(draft.phone)]
  const none = !draft.password && !draft.link
  const edited =
    draft.password !== rules.password ||
    draft.link !== rules.link ||
    deskDays !== rules.deskDays ||
    phoneDays !== rules.phoneDays
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (none || deskDays === null || phoneDays === null || save.isPending) return
    save.send({ password: draft.password, link: draft.link, deskDays, phoneDays }, rules)
  }
  return (
    <form onSubmit={submit} noValidate className="flex max-w-160 flex-col gap-5">
      <fieldset className="flex flex-col">
        <legend className="mb-1 font-medium text-small">{text('rules.ways')}</legend>
        <Way name="password" draft={draft} onChange={set} />
        <Way name="link" draft={draft} onChange={set} />
        {none && <p className="text-danger text-small">{text('rules.oneAtLeast')}</p>}
        {!draft.link && !none && <p className="text-ink-2 text-small">{text('rules.linkOff')}</p>}
      </fieldset>
      <fieldset>
        <legend className="mb-2 font-medium text-small">{text('rules.lasts')}</legend>
        <div className="grid max-w-100 grid-cols-2 items-start gap-3">
          {(['desk', 'phone'] as const).map((kind) => (
            <Field
              key={kind}
              label={`${text(`rules.${kind}`)} (${text('rules.days')})`}
              error={
                daysOf(draft[kind]) === null ? text('rules.range', { max: SESSION_DAYS_MAX }) : undefined
              }
            >
              {(control) => (
                <TextInput
                  {...control}
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={3}
                  value={draft[kind]}
                  onChange={(event) => set({ [kind]: event.target.value.trim() })}
                />
              )}
            </Field>
          ))}
        </div>
        <p className="mt-2 text-ink-2 text-small">{text('rules.phoneText')}</p>
      </fieldset>
      <Meanwhile
        now={changed.map((part) =>
          part === 'password' || part === 'link'
            ? text(kept[part] ? 'rules.nowOn' : 'rules.nowOff', { way: text(`rules.${part}`) })
            : `${text(`rules.${part}`)} ${kept[part]} ${text('rules.days')}`,
        )}
      />
      {save.error && changed.length === 0 && (
        <p role="alert" className="text-danger text-small">
          {sentence(save.error)}
        </p>
      )}
      <Button type="submit" className="self-start" disabled={!edited} aria-busy={save.isPending}>
        {text('rules.save')}
      </Button>
    </form>
  )
}

type WayProps = { name: 'password' | 'link'; draft: Draft; onChange: (part: Partial<Draft>) => void }

function Way({ name, draft, onChange }: WayProps) {
  const text = useTranslations('accessDesk')
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3 desk:min-h-9">
      <input
        type="checkbox"
        checked={draft[name]}
        onChange={(event) => onChange({ [name]: event.target.checked })}
        className="size-5 accent-accent desk:size-4"
      />
      {text(`rules.${name}`)}
    </label>
  )
}

function useSaveRules() {
  const text = useTranslations('accessDesk')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const save = useMutation(
    trpc.access.setSignInRules.mutationOptions({
      onSettled: () => client.invalidateQueries(trpc.access.signInRules.pathFilter()),
    }),
  )
  const send = (rules: Rules, known: Rules) =>
    save.mutate(
      { ...rules, known },
      {
        onSuccess: (before) =>
          toast({
            text: text('rules.saved'),
            undo: { label: text('rules.undo'), onUndo: () => save.mutate({ ...before, known: rules }) },
          }),
      },
    )
  return { send, error: save.error, isPending: save.isPending }
}
