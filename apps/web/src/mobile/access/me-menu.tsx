'use client'
import { LOCALES, type Locale } from '@fieldback/i18n/locale'
import { accessTexts } from '@fieldback/i18n/phone-access'
import { type ErrorText, errorTexts } from '@fieldback/i18n/phone-error'
import { lockTexts } from '@fieldback/i18n/phone-lock'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Segmented } from '@fieldback/ui/segmented'
import Download from 'lucide-react/icons/download'
import Lock from 'lucide-react/icons/lock'
import LogOut from 'lucide-react/icons/log-out'
import Send from 'lucide-react/icons/send'
import Smartphone from 'lucide-react/icons/smartphone'
import TextCursorInput from 'lucide-react/icons/text-cursor-input'
import UserRound from 'lucide-react/icons/user-round'
import { useEffect, useMemo, useState } from 'react'
import { CallError, callQuery } from '../../client/call.ts'
import { OrganisationSwitcher, type OrganisationSwitcherProps } from '../../client/organisation-switcher.tsx'
import { setLocale, signOut } from '../../client/session.ts'
import { forgetIdentity, isLocked, writeIdentity } from '../data/identity.ts'
import { noteSignedOut } from '../data/note-signed-out.ts'
import { ChooseCode } from '../lock/choose-code.tsx'
import { LockSettings } from '../lock/lock-settings.tsx'
import { setCode } from '../lock/set-code.ts'
import { usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { isInstalled } from '../shell/platform.ts'
import { useShellTexts } from '../shell/use-shell-texts.ts'
import { countOutbox } from '../sync/outbox-work.ts'
import { useExportWaiting } from '../sync/use-export-waiting.ts'
import { useOutboxTexts } from '../sync/use-outbox-texts.ts'

/** Other organisations, the language, the way out. Nothing here ever clears what the phone holds. */
export function MeMenu() {
  return (
    <Card as="section" className="grid gap-4 p-4">
      <Organisations />
      <Language />
      <OwnAccount />
      <OwnFields />
      <Install />
      <LockSettings />
      <SignOut />
    </Card>
  )
}

/** Work that only this phone has. */
function useWaiting(): number {
  const state = usePhoneState()
  return useMemo(() => countOutbox(state).phone, [state])
}

function Organisations() {
  const { locale } = usePhone()
  const { identity } = usePhoneState()
  const text = accessTexts(locale)
  const leaving = useOutboxTexts()
  const waiting = useWaiting()
  const [organisations, setOrganisations] = useState<OrganisationSwitcherProps['organisations']>([])
  useEffect(() => {
    const control = new AbortController()
    // Without the network there is nowhere to go: the list is simply not shown.
    callQuery('access.organisations', undefined, control.signal).then(setOrganisations, () => {})
    return () => control.abort()
  }, [])
  if (organisations.length < 2) return null
  return (
    <div>
      <OrganisationSwitcher
        organisations={organisations}
        current={identity.membershipId}
        labels={{ title: text('menu.switch'), current: text('menu.current') }}
        sentence={(error) => sayRefusal(errorTexts(locale), error)}
        onSwitched={() => {
          forgetIdentity()
          location.assign('/')
        }}
      />
      {waiting > 0 && (
        <p className="px-2.5 text-ink-2 text-small">{leaving('leave.switch', { count: waiting })}</p>
      )}
    </div>
  )
}

/** Why the other organisation did not open. The phone holds the sentences of entering alone; the rest is an outage to it. */
function sayRefusal(text: ErrorText, error: unknown): string {
  const code = error instanceof CallError ? error.code : 'UNAVAILABLE'
  const said = text(code as Parameters<ErrorText>[0])
  return said === `error.${code}` ? text('UNAVAILABLE') : said
}

function Language() {
  const { texts, locale } = usePhone()
  const { identity } = usePhoneState()
  const text = texts('common')
  const choose = (next: Locale) => {
    if (next === locale) return
    writeIdentity({ ...identity, locale: next })
    // The phone's own choice holds even when the server cannot be told now.
    const reload = () => location.reload()
    setLocale(next, true).then(reload, reload)
  }
  return (
    <Segmented
      label={text('locale.label')}
      options={LOCALES.map((value) => ({ value, label: text(`locale.${value}`) }))}
      value={locale}
      onChange={choose}
    />
  )
}

/** Password and devices are the server's: without the network there is nothing to see of them. */
function OwnAccount() {
  const { locale } = usePhone()
  return (
    <Button variant="quiet" href="/account" icon={<UserRound size={18} />}>
      {accessTexts(locale)('menu.account')}
    </Button>
  )
}

/** Of a manager, and of a rep to whom a level has handed its questions: they are defined at the desk. */
function OwnFields() {
  const { locale } = usePhone()
  const [defines, setDefines] = useState(false)
  useEffect(() => {
    const control = new AbortController()
    callQuery('org.me', undefined, control.signal).then(
      ({ permissions }) => setDefines(permissions.includes('field.define')),
      () => {},
    )
    return () => control.abort()
  }, [])
  if (!defines) return null
  return (
    <Button variant="quiet" href="/manage/fields" icon={<TextCursorInput size={18} />}>
      {accessTexts(locale)('menu.fields')}
    </Button>
  )
}

function Install() {
  const text = useShellTexts()
  if (isInstalled()) return null
  return (
    <Button variant="quiet" href={paths.install} renderLink={phoneLink} icon={<Smartphone size={18} />}>
      {text('install.link')}
    </Button>
  )
}

/** With unsent work, leaving asks: send, export, or keep it here for the next time, under a code if wanted. */
function SignOut() {
  const { locale } = usePhone()
  const waiting = useWaiting()
  const [asked, setAsked] = useState(false)
  const { leave, refused } = useLeave()
  const text = useOutboxTexts()
  return (
    <div className="grid gap-3">
      {asked && waiting > 0 ? (
        <LeaveChoices waiting={waiting} onLeave={leave} />
      ) : (
        <Button
          variant="quiet"
          icon={<LogOut size={18} />}
          onClick={() => (waiting > 0 ? setAsked(true) : leave())}
        >
          {accessTexts(locale)('menu.signOut')}
        </Button>
      )}
      {refused && (
        <p role="alert" className="text-small">
          {text('leave.offline')}
        </p>
      )}
    </div>
  )
}

function useLeave(): { leave: () => Promise<boolean>; refused: boolean } {
  const { membershipId } = usePhoneState().identity
  const [refused, setRefused] = useState(false)
  const leave = async () => {
    try {
      await signOut()
    } catch {
      setRefused(true)
      return false
    }
    await noteSignedOut(membershipId)
    forgetIdentity()
    location.assign('/signin')
    return true
  }
  return { leave, refused }
}

function LeaveChoices({
  waiting,
  onLeave,
}: {
  waiting: number
  onLeave: ReturnType<typeof useLeave>['leave']
}) {
  const { store, locale } = usePhone()
  const state = usePhoneState()
  const text = useOutboxTexts()
  const lockText = lockTexts(locale)
  const locked = isLocked(state.identity)
  const [choosing, setChoosing] = useState(false)
  const [fault, setFault] = useState<string>()
  const exportWaiting = useExportWaiting()
  return (
    <section aria-labelledby="leave" className="grid gap-2">
      <p id="leave" aria-live="polite">
        <b className="block">{text('leave.title', { count: waiting })}</b>
        <span className="text-ink-2 text-small">{text('leave.text')}</span>
      </p>
      <Button icon={<Send size={18} />} onClick={() => store.sync()}>
        {text(state.sync === 'working' ? 'waiting.sending' : 'leave.send')}
      </Button>
      <Button icon={<Download size={18} />} onClick={() => void exportWaiting()}>
        {text('leave.export')}
      </Button>
      {choosing ? (
        <div className="grid gap-3 rounded-md bg-sunken p-3.5">
          <p className="text-small">{lockText('leave.keepLockedText')}</p>
          <ChooseCode
            text={lockText}
            error={fault}
            onChosen={async (code) => {
              const why = await setCode(store, code)
              if (why) setFault(lockText(`settings.${why}`))
              // Under its code, and still signed in.
              else if (!(await onLeave())) location.reload()
            }}
          >
            <Button variant="ghost" onClick={() => setChoosing(false)}>
              {lockText('settings.cancel')}
            </Button>
          </ChooseCode>
        </div>
      ) : (
        <Button icon={<Lock size={18} />} onClick={() => (locked ? onLeave() : setChoosing(true))}>
          {lockText('leave.keepLocked')}
        </Button>
      )}
      {!locked && (
        <Button variant="quiet" icon={<LogOut size={18} />} onClick={() => onLeave()}>
          {text('leave.keep')}
        </Button>
      )}
    </section>
  )
}
