'use client'
import type { Locale } from '@fieldback/i18n/locale'
import { lockTexts } from '@fieldback/i18n/phone-lock'
import { waitingTime } from '@fieldback/i18n/waiting-time'
import { Button } from '@fieldback/ui/button'
import { Logo } from '@fieldback/ui/logo'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import { ScreenTitle } from '@fieldback/ui/screen-title'
import { type FormEvent, useState } from 'react'
import { signOut } from '../../client/session.ts'
import { forgetIdentity, type Identity } from '../data/identity.ts'
import type { Vault } from '../data/vault.ts'
import { changeOver } from './change-over.ts'
import { CodeInput } from './code-input.tsx'
import { Forgotten } from './forgotten.tsx'
import type { LockRecord } from './lock-store.ts'
import { tryCode } from './open-lock.ts'
import { hasComeBack } from './recover.ts'

type LockScreenProps = {
  identity: Identity
  locale: Locale
  digits: boolean
  onOpen: (vault: Vault) => void
}

/** Asks for the code; whoever forgot it signs in again instead, and another person goes to his own. */
export function LockScreen({ identity, locale, digits, onOpen }: LockScreenProps) {
  const text = lockTexts(locale)
  const { membershipId, displayName: name } = identity
  const [forgotten, setForgotten] = useState(hasComeBack)
  const open = async ({ vault, record }: { vault: Vault; record: LockRecord }) => {
    await changeOver(membershipId, vault, record.state)
    onOpen(vault)
  }
  if (forgotten)
    return (
      <Forgotten membershipId={membershipId} text={text} onOpen={open} onBack={() => setForgotten(false)} />
    )
  return (
    <PhoneScreen
      title={
        <ScreenTitle over={<Logo size={28} label="Fieldback" />} sub={text('screen.sub', { name })}>
          {text('screen.title')}
        </ScreenTitle>
      }
    >
      <CodeForm {...{ membershipId, text, locale, digits }} onOpen={open} />
      <div className="grid justify-items-start gap-1">
        <Button variant="ghost" onClick={() => setForgotten(true)}>
          {text('forgotten.link')}
        </Button>
        <Button variant="ghost" onClick={leaveTo}>
          {text('screen.other', { name })}
        </Button>
      </div>
    </PhoneScreen>
  )
}

/** What the phone keeps stays, under its code. */
const leaveTo = async (): Promise<void> => {
  // Without the network the other person cannot come in either.
  await signOut().catch(() => {})
  forgetIdentity()
  location.assign('/signin?callbackUrl=%2Fm')
}

type CodeFormProps = {
  membershipId: string
  text: ReturnType<typeof lockTexts>
  locale: Locale
  digits: boolean
  onOpen: (opened: { vault: Vault; record: LockRecord }) => Promise<void>
}

function CodeForm({ membershipId, text, locale, digits, onOpen }: CodeFormProps) {
  const [code, setCode] = useState('')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState<'opening' | 'changing' | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || code === '') return
    setBusy('opening')
    setError(undefined)
    const tried = await tryCode(membershipId, code, Date.now)
    if ('vault' in tried) {
      if (tried.record.state !== 'closed') setBusy('changing')
      return onOpen(tried)
    }
    setBusy(null)
    setCode('')
    setError(
      tried.wait === 0
        ? text('screen.wrong')
        : text('screen.wait', { when: waitingTime(tried.wait / 1_000, locale) }),
    )
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <CodeInput {...{ text, digits, error }} label={text('screen.code')} value={code} onChange={setCode} />
      <Button type="submit" variant="primary" big aria-busy={busy !== null}>
        {text(busy === 'opening' ? 'screen.opening' : 'screen.open')}
      </Button>
      {busy === 'changing' && (
        <p role="status" className="text-ink-2 text-small">
          {text('screen.changing')}
        </p>
      )}
    </form>
  )
}
