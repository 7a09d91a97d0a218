'use client'
import type { AppRouter } from '@fieldback/api/root'
import { passwordFault } from '@fieldback/domain/org/password-fault'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import { SectionHead } from '@fieldback/ui/section-head'
import { useToast } from '@fieldback/ui/toast'
import { useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import Mail from 'lucide-react/icons/mail'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { toldError } from '../../client/error-code.ts'
import { useMember } from '../../client/member.tsx'
import { askLink, choosePassword } from '../../client/session.ts'
import { inSession } from '../../client/session-end.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { PasswordInput } from './password-input.tsx'

export type OwnAccount = inferRouterOutputs<AppRouter>['access']['ownAccount']

/** Sets one's password, or changes it; who forgot it comes back by a link. */
export function OwnPassword({ account }: { account: OwnAccount }) {
  const text = useTranslations('accessDesk')
  const { orgName: organisation } = useMember()
  const { hasPassword, freshLink, linkAllowed } = account
  const lede = hasPassword
    ? text('account.passwordHas')
    : text(linkAllowed ? 'account.passwordNone' : 'account.passwordAsked', { organisation })
  return (
    <section aria-labelledby="password" className="max-w-100">
      <SectionHead id="password">{text('account.password')}</SectionHead>
      <p className="-mt-2 mb-4 text-ink-2 text-small">{lede}</p>
      {hasPassword || freshLink ? (
        <PasswordForm account={account} />
      ) : (
        <Notice tone="quiet" icon={<Mail size={18} />}>
          {text('account.needsLink')}
        </Notice>
      )}
      {!freshLink && linkAllowed && <ByLink email={account.email} forgotten={hasPassword} />}
    </section>
  )
}

type Wrong = { readonly current?: string; readonly next?: string }

function PasswordForm({ account: { email, hasPassword, freshLink } }: { account: OwnAccount }) {
  const text = useTranslations('accessDesk')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [wrong, setWrong] = useState<Wrong>({})
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const fault = passwordFault(next, email)
    setWrong(fault ? { next: text(`account.weak.${fault}`) } : {})
    if (fault || busy) return
    setBusy(true)
    try {
      await inSession(() => choosePassword(freshLink ? null : current || null, next))
      setCurrent('')
      setNext('')
      toast({ text: text('account.saved') })
      await client.invalidateQueries(trpc.access.ownAccount.pathFilter())
    } catch (error) {
      const { code } = toldError(error)
      setWrong(code === 'PASSWORD_CURRENT' ? { current: sentence(error) } : { next: sentence(error) })
    }
    setBusy(false)
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {/* Tells a password manager whose password this is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      {!freshLink && (
        <PasswordInput
          label={text('account.current')}
          value={current}
          onChange={setCurrent}
          error={wrong.current}
        />
      )}
      <PasswordInput
        chosen={{ label: text('account.next'), hint: text('account.rule') }}
        value={next}
        onChange={setNext}
        error={wrong.next}
      />
      <Button type="submit" variant="primary" className="self-start" aria-busy={busy}>
        {text(hasPassword ? 'account.change' : 'account.save')}
      </Button>
    </form>
  )
}

function ByLink({ email, forgotten }: { email: string; forgotten: boolean }) {
  const text = useTranslations('accessDesk')
  const sentence = useErrorSentence()
  const [said, setSaid] = useState<string | null>(null)
  const ask = () =>
    askLink(email).then(
      () => setSaid(text('account.linkSent', { email })),
      (error) => setSaid(sentence(error)),
    )
  if (said)
    return (
      <p role="status" className="mt-3 text-small">
        {said}
      </p>
    )
  return (
    <Button
      variant={forgotten ? 'ghost' : 'secondary'}
      className={forgotten ? 'mt-2 -ml-2' : 'mt-3'}
      onClick={ask}
    >
      {text(forgotten ? 'account.forgotten' : 'account.askLink')}
    </Button>
  )
}
