'use client'
import type { Locale } from '@fieldback/i18n/locale'
import { lockTexts } from '@fieldback/i18n/phone-lock'
import { waitingTime } from '@fieldback/i18n/waiting-time'
import { Button } from '@fieldback/ui/button'
import { Logo } from '@fieldback/ui/logo'
import { Notice } from '@fieldback/ui/notice'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import { ScreenTitle } from '@fieldback/ui/screen-title'
import Fingerprint from 'lucide-react/icons/fingerprint-pattern'
import LockOpen from 'lucide-react/icons/lock-open'
import { type FormEvent, useState } from 'react'
import { signOut } from '../../client/session.ts'
import { forgetIdentity, type Identity } from '../data/identity.ts'
import type { Vault } from '../data/vault.ts'
import { changeOver } from './change-over.ts'
import { CodeInput } from './code-input.tsx'
import { Forgotten } from './forgotten.tsx'
import type { LockRecord } from './lock-store.ts'
import { type Opened, tryCode, tryPhone } from './open-lock.ts'
import { hasComeBack } from './recover.ts'

type LockScreenProps = {
  identity: Identity
  locale: Locale
  record: LockRecord
  /** Without a vault where the lock was taken away. */
  onOpen: (vault: Vault | undefined) => void
}

/** Asks for the code; whoever forgot it signs in again instead, and another person goes to his own. */
export function LockScreen({
  identity,
  locale,
  record: { digits, byPhone, state },
  onOpen,
}: LockScreenProps) {
  const text = lockTexts(locale)
  const { membershipId, displayName: name } = identity
  const [forgotten, setForgotten] = useState(hasComeBack)
  const open = async ({ vault, record }: Opened) => {
    onOpen(await changeOver(membershipId, vault, record.state))
  }
  if (forgotten)
    return (
      <Forgotten membershipId={membershipId} text={text} onOpen={open} onBack={() => setForgotten(false)} />
    )
  return (
    <PhoneScreen
      title={
        <ScreenTitle
          over={
            <span className="mb-2 block">
              <Logo size={28} label="Fieldback" />
            </span>
          }
          sub={text(byPhone ? 'screen.subPhone' : 'screen.sub', { name })}
        >
          {text('screen.title')}
        </ScreenTitle>
      }
    >
      {state === 'opening' && (
        <Notice icon={<LockOpen size={18} />} live>
          {text('screen.unfinished')}
        </Notice>
      )}
      {byPhone && <PhoneOpening {...{ membershipId, text }} onOpen={open} />}
      <CodeForm {...{ membershipId, text, locale, digits }} second={byPhone !== undefined} onOpen={open} />
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

type PhoneOpeningProps = {
  membershipId: string
  text: ReturnType<typeof lockTexts>
  onOpen: (opened: Opened) => Promise<void>
}

/** As its person opens the phone itself; the code stays below. */
function PhoneOpening({ membershipId, text, onOpen }: PhoneOpeningProps) {
  const [busy, setBusy] = useState(false)
  const [missed, setMissed] = useState(false)
  const open = async () => {
    if (busy) return
    setBusy(true)
    setMissed(false)
    const tried = await tryPhone(membershipId)
    if (typeof tried !== 'string') return onOpen(tried)
    setBusy(false)
    setMissed(true)
  }
  return (
    <div className="grid gap-2">
      <Button
        variant="primary"
        big
        icon={<Fingerprint size={20} />}
        aria-busy={busy}
        onClick={() => void open()}
      >
        {text('screen.byPhone')}
      </Button>
      {missed && (
        <p role="alert" className="text-small">
          {text('screen.phoneMissed')}
        </p>
      )}
    </div>
  )
}

type CodeFormProps = {
  membershipId: string
  text: ReturnType<typeof lockTexts>
  locale: Locale
  digits: boolean
  /** Whether something else opens the phone first. */
  second: boolean
  onOpen: (opened: Opened) => Promise<void>
}

function CodeForm({ membershipId, text, locale, digits, second, onOpen }: CodeFormProps) {
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
      <Button type="submit" {...(!second && { variant: 'primary' })} big aria-busy={busy !== null}>
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
