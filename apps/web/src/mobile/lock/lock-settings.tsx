'use client'
import { lockTexts } from '@fieldback/i18n/phone-lock'
import { waitingTime } from '@fieldback/i18n/waiting-time'
import { Button } from '@fieldback/ui/button'
import KeyRound from 'lucide-react/icons/key-round'
import Lock from 'lucide-react/icons/lock'
import { type FormEvent, useState } from 'react'
import { isLocked } from '../data/identity.ts'
import { usePhone, usePhoneState } from '../phone.tsx'
import { ChooseCode } from './choose-code.tsx'
import { CodeInput } from './code-input.tsx'
import { changeCode, setCode, takeCodeAway } from './set-code.ts'

/** The code of this phone: what it protects, and setting, changing or taking it away. */
export function LockSettings() {
  const { store, locale } = usePhone()
  const { identity } = usePhoneState()
  const text = lockTexts(locale)
  const locked = isLocked(identity)
  const [doing, setDoing] = useState<'set' | 'change' | 'remove' | null>(null)
  const [current, setCurrent] = useState('')
  const [fault, setFault] = useState<string>()
  // Browsers lend their cryptography to safe addresses alone.
  if (!isSecureContext) return null
  const stop = () => {
    setDoing(null)
    setCurrent('')
    setFault(undefined)
  }
  const cancel = (
    <Button variant="ghost" onClick={stop}>
      {text('settings.cancel')}
    </Button>
  )
  const say = (tried: { readonly wait: number } | null) => {
    if (tried === null) return
    setFault(
      tried.wait === 0
        ? text('screen.wrong')
        : text('screen.wait', { when: waitingTime(tried.wait / 1_000, locale) }),
    )
  }
  const remove = async (event: FormEvent) => {
    event.preventDefault()
    say(await takeCodeAway(store, current))
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
        <span className="mt-1 block text-ink-2 text-small">{text('settings.codeOnly')}</span>
      </p>
      {doing === null && !locked && (
        <Button icon={<KeyRound size={18} />} onClick={() => setDoing('set')}>
          {text('settings.set')}
        </Button>
      )}
      {doing === null && locked && (
        <div className="flex flex-wrap gap-2">
          <Button icon={<Lock size={18} />} onClick={() => location.reload()}>
            {text('settings.lock')}
          </Button>
          <Button variant="quiet" onClick={() => setDoing('change')}>
            {text('settings.change')}
          </Button>
          <Button variant="quiet" onClick={() => setDoing('remove')}>
            {text('settings.remove')}
          </Button>
        </div>
      )}
      {doing === 'set' && (
        <ChooseCode
          text={text}
          error={fault}
          onChosen={async (code) => {
            if (!(await setCode(store, code))) setFault(text('settings.offline'))
            else location.reload()
          }}
        >
          {cancel}
        </ChooseCode>
      )}
      {doing === 'change' && (
        <>
          <CodeInput
            text={text}
            label={text('settings.current')}
            hint={text('settings.changeText')}
            error={fault}
            value={current}
            onChange={setCurrent}
          />
          <ChooseCode
            text={text}
            onChosen={async (code) => {
              const tried = await changeCode(identity.membershipId, current, code)
              if (tried === null) stop()
              else say(tried)
            }}
          >
            {cancel}
          </ChooseCode>
        </>
      )}
      {doing === 'remove' && (
        <form onSubmit={remove} className="grid gap-4">
          <CodeInput
            text={text}
            label={text('settings.current')}
            hint={text('settings.removeText')}
            error={fault}
            value={current}
            onChange={setCurrent}
          />
          <div className="flex flex-wrap gap-2">
            <Button type="submit">{text('settings.remove')}</Button>
            {cancel}
          </div>
        </form>
      )}
    </section>
  )
}
