'use client'
import { lockTexts } from '@fieldback/i18n/phone-lock'
import { waitingTime } from '@fieldback/i18n/waiting-time'
import { Button } from '@fieldback/ui/button'
import KeyRound from 'lucide-react/icons/key-round'
import Lock from 'lucide-react/icons/lock'
import { type FormEvent, type ReactNode, useState } from 'react'
import { isLocked } from '../data/identity.ts'
import { usePhone, usePhoneState } from '../phone.tsx'
import type { NoSecret } from './authenticator.ts'
import { ChooseCode } from './choose-code.tsx'
import { CodeInput } from './code-input.tsx'
import { orFull } from './lock-store.ts'
import { removePhone } from './open-lock.ts'
import { addAuthenticator, changeCode, setCode, takeCodeAway } from './set-code.ts'
import { useAuthenticator } from './use-authenticator.ts'

type LockText = ReturnType<typeof lockTexts>

/** The code of this phone: what it protects, setting, changing or taking it away, and what may open it beside the code. */
export function LockSettings() {
  const { store, locale } = usePhone()
  const { identity } = usePhoneState()
  const { membershipId } = identity
  const text = lockTexts(locale)
  const locked = isLocked(identity)
  const [authenticator, lookAgain] = useAuthenticator(identity)
  const [doing, setDoing] = useState<'set' | 'change' | 'remove' | 'addPhone' | null>(null)
  const [fault, setFault] = useState<string>()
  // Browsers lend their cryptography to safe addresses alone.
  if (!isSecureContext) return null
  const start = (next: typeof doing) => () => {
    setDoing(next)
    setFault(undefined)
  }
  const stop = start(null)
  const cancel = (
    <Button variant="ghost" onClick={stop}>
      {text('settings.cancel')}
    </Button>
  )
  const say = (tried: { readonly wait: number } | NoSecret | 'full') => {
    if (typeof tried === 'string') setFault(text(`settings.${tried}`))
    else if (tried.wait === 0) setFault(text('screen.wrong'))
    else setFault(text('screen.wait', { when: waitingTime(tried.wait / 1_000, locale) }))
  }
  return (
    <section aria-labelledby="lock" className="grid gap-3 border-line border-y py-4">
      <p>
        <b id="lock" className="flex items-center gap-2">
          <Lock size={18} className="text-ink-2" />
          {text(locked ? 'settings.on' : 'settings.title')}
        </b>
        <span className="mt-1 block text-ink-2 text-small">
          {locked ? text('settings.onText') : `${text('settings.off')} ${text('settings.offText')}`}
        </span>
        {locked && authenticator === 'on' && (
          <span className="mt-1 block text-ink-2 text-small">{text('settings.phoneOn')}</span>
        )}
      </p>
      {doing === null && !locked && (
        <Button icon={<KeyRound size={18} />} onClick={start('set')}>
          {text('settings.set')}
        </Button>
      )}
      {doing === null && locked && (
        <div className="flex flex-wrap gap-2">
          <Button icon={<Lock size={18} />} onClick={() => location.reload()}>
            {text('settings.lock')}
          </Button>
          {authenticator === 'off' && (
            <Button variant="quiet" onClick={start('addPhone')}>
              {text('settings.phoneAdd')}
            </Button>
          )}
          {authenticator === 'on' && (
            <Button
              variant="quiet"
              onClick={async () => {
                const done = await orFull(removePhone(membershipId))
                if (done) say(done)
                else await lookAgain()
              }}
            >
              {text('settings.phoneRemove')}
            </Button>
          )}
          <Button variant="quiet" onClick={start('change')}>
            {text('settings.change')}
          </Button>
          <Button variant="quiet" onClick={start('remove')}>
            {text('settings.remove')}
          </Button>
        </div>
      )}
      {doing === null && fault && (
        <p role="alert" className="text-danger text-small">
          {fault}
        </p>
      )}
      {doing === 'set' && (
        <ChooseCode
          text={text}
          error={fault}
          onChosen={async (code) => {
            const why = await setCode(store, code)
            if (why) setFault(text(`settings.${why}`))
            else location.reload()
          }}
        >
          {cancel}
        </ChooseCode>
      )}
      {doing === 'change' && (
        <ChangeCode {...{ text, cancel, fault }}>
          {async (current, next) => {
            const tried = await changeCode(membershipId, current, next)
            if (tried === null) stop()
            else say(tried)
          }}
        </ChangeCode>
      )}
      {doing === 'addPhone' && (
        <CurrentCode
          {...{ text, cancel, fault }}
          hint={text('settings.phoneText')}
          done={text('settings.phoneAdd')}
        >
          {async (current) => {
            const tried = await addAuthenticator(identity, current)
            if (tried !== null) return say(tried)
            await lookAgain()
            stop()
          }}
        </CurrentCode>
      )}
      {doing === 'remove' && (
        <CurrentCode
          {...{ text, cancel, fault }}
          hint={text('settings.removeText')}
          done={text('settings.remove')}
        >
          {async (current) => {
            const tried = await takeCodeAway(store, current)
            if (tried !== null) say(tried)
          }}
        </CurrentCode>
      )}
    </section>
  )
}

type CodeAskedProps = {
  text: LockText
  cancel: ReactNode
  fault: string | undefined
}

/** The code of today, before what only its person may do. */
function CurrentCode({
  text,
  cancel,
  fault,
  hint,
  done,
  children: act,
}: CodeAskedProps & { hint: string; done: string; children: (current: string) => Promise<void> }) {
  const [current, setCurrent] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    void act(current).finally(() => setBusy(false))
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <CodeInput
        {...{ text, hint }}
        label={text('settings.current')}
        error={fault}
        value={current}
        onChange={setCurrent}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" aria-busy={busy}>
          {done}
        </Button>
        {cancel}
      </div>
    </form>
  )
}

/** The code of today, then the new one. */
function ChangeCode({
  text,
  cancel,
  fault,
  children: change,
}: CodeAskedProps & { children: (current: string, next: string) => Promise<void> }) {
  const [current, setCurrent] = useState('')
  return (
    <>
      <CodeInput
        text={text}
        label={text('settings.current')}
        hint={text('settings.changeText')}
        error={fault}
        value={current}
        onChange={setCurrent}
      />
      <ChooseCode text={text} onChosen={(next) => change(current, next)}>
        {cancel}
      </ChooseCode>
    </>
  )
}
