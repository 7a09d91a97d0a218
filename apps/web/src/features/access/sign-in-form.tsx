'use client'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import KeyRound from 'lucide-react/icons/key-round'
import Mail from 'lucide-react/icons/mail'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { toldError } from '../../client/error-code.ts'
import { askLink, signInWithPassword } from '../../client/session.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { PasswordInput } from './password-input.tsx'

export type Way = 'link' | 'password'

export type SignInFormProps = {
  way: Way
  onWay: (way: Way) => void
  email: string
  onEmail: (email: string) => void
  onSent: (email: string) => void
  onEntered: () => void
  /** The password was right, but an invitation waits in his mailbox: nothing typed here is wrong. */
  onAwaited?: (error: unknown) => void
}

type Wrong = { readonly email?: string; readonly password?: string }

export function SignInForm({ way, onWay, email, onEmail, onSent, onEntered, onAwaited }: SignInFormProps) {
  const text = useTranslations('accessDoor')
  const sentence = useErrorSentence()
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<Wrong>({})
  const [busy, setBusy] = useState(false)

  const box = useRef<HTMLInputElement>(null)
  // What was typed, or filled in by the browser, before this script ran.
  useEffect(() => {
    if (box.current?.value) onEmail(box.current.value)
  }, [onEmail])

  const missing = (): Wrong | null => {
    if (!/^\S+@\S+$/.test(email.trim())) return { email: text('signIn.emailMissing') }
    return way === 'password' && password === '' ? { password: text('signIn.passwordMissing') } : null
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const lack = missing()
    setWrong(lack ?? {})
    if (lack || busy) return
    setBusy(true)
    try {
      if (way === 'link') await askLink(email.trim()).then(() => onSent(email.trim()))
      else await signInWithPassword(email, password).then(onEntered)
    } catch (error) {
      if (onAwaited && toldError(error).code === 'INVITATION_WAITING') onAwaited(error)
      else setWrong(way === 'link' ? { email: sentence(error) } : { password: sentence(error) })
    }
    setBusy(false)
  }
  const turn = () => {
    setWrong({})
    onWay(way === 'link' ? 'password' : 'link')
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <Field label={text('signIn.email')} error={wrong.email}>
        {(control) => (
          <TextInput
            {...control}
            ref={box}
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={email}
            onChange={(event) => onEmail(event.target.value)}
          />
        )}
      </Field>
      {way === 'password' && <PasswordInput value={password} onChange={setPassword} error={wrong.password} />}
      <Button type="submit" variant="primary" big aria-busy={busy}>
        {text(way === 'link' ? 'signIn.askLink' : 'signIn.submit')}
      </Button>
      <p className="flex items-center gap-3 text-ink-2 text-small before:h-px before:flex-1 before:bg-line-2 after:h-px after:flex-1 after:bg-line-2">
        {text('signIn.or')}
      </p>
      <Button
        onClick={turn}
        className="h-13"
        icon={way === 'link' ? <KeyRound size={18} /> : <Mail size={18} />}
      >
        {text(way === 'link' ? 'signIn.usePassword' : 'signIn.useLink')}
      </Button>
    </form>
  )
}
