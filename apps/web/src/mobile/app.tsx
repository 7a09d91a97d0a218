'use client'
import '@fontsource-variable/figtree/wght.css'
import type { PullPage } from '@fieldback/domain/sync/pull'
import { openFormats } from '@fieldback/i18n/format'
import { chooseLocale } from '@fieldback/i18n/locale'
import { loadTexts } from '@fieldback/i18n/phone-texts'
import { ToastProvider } from '@fieldback/ui/toast'
import { type ReactNode, useEffect, useState } from 'react'
import { forgetIdentity, type Identity, isLocked, readIdentity, writeIdentity } from './data/identity.ts'
import { openStore } from './data/store.ts'
import type { Vault } from './data/vault.ts'
import { type Phone, PhoneProvider, todayHere, usePhoneState } from './phone.tsx'
import { RouterProvider } from './router.tsx'
import { Screens } from './screens.tsx'
import { pullPage, Refused } from './sync/transport.ts'
import { type Unmet, Welcome } from './welcome.tsx'

type Opening = { readonly phone: Phone } | { readonly unmet: Unmet } | { readonly shut: ReactNode } | null

const cookie = (name: string): string | undefined =>
  document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)

const localeOf = (identity: Identity | null) =>
  chooseLocale({ member: identity?.locale, cookie: cookie('fb_locale'), header: navigator.language })

/** Opens what the phone holds; only a phone that knows nobody needs the server, once. */
async function open(show: Show): Promise<void> {
  const identity = readIdentity()
  if (identity) return openPhone(show, identity, null)
  const met = await meetServer()
  if (typeof met === 'string') show({ unmet: met })
  else await openPhone(show, identityOf(met), met)
}

type Show = (opening: Opening) => void

/** Without its code, what a locked phone keeps is not even read. */
async function openPhone(
  show: Show,
  identity: Identity,
  first: PullPage | null,
  vault?: Vault,
): Promise<void> {
  const locale = localeOf(identity)
  document.documentElement.lang = locale
  try {
    if (!vault && isLocked(identity)) throw identity
    const opened = openStore(identity, first, { today: todayHere(), drawn, vault })
    // The first use of Intl takes as long as a read, and is done during it.
    const formats = openFormats(locale, Intl.DateTimeFormat().resolvedOptions().timeZone)
    const [texts, store] = await Promise.all([loadTexts(locale), opened])
    show({ phone: { texts, store, formats, locale } })
  } catch {
    const { Shut } = await import('./lock/shut.tsx')
    const onOpen = (opener?: Vault) => openPhone(show, identity, first, opener)
    show({ shut: <Shut {...{ identity, locale, met: first !== null, onOpen }} /> })
  }
}

function identityOf({ me }: PullPage): Identity {
  const { orgId, membershipId, displayName, locale } = me
  const identity = { orgId, membershipId, displayName, locale }
  writeIdentity(identity)
  return identity
}

/** Asks the server who is here, on a phone that does not know. Leaves for the sign-in page when nobody is. */
async function meetServer(): Promise<PullPage | Unmet> {
  try {
    return await pullPage({ membershipId: null, cursor: null, frameTag: null, packAsOf: null })
  } catch (error) {
    if (error instanceof Refused && error.status === 401) location.assign('/signin?callbackUrl=%2Fm')
    else if (error instanceof Refused && error.status === 403) location.assign('/')
    else return error instanceof Refused ? 'outage' : 'network'
    return new Promise(() => {})
  }
}

let onDrawn = (): void => {}
const drawn = new Promise<void>((done) => {
  onDrawn = done
})

/** Entry of the phone application. */
export function App() {
  const [opening, setOpening] = useState<Opening>(null)
  useEffect(() => {
    let gone = false
    void open((opened) => {
      if (gone) {
        if (opened && 'phone' in opened) opened.phone.store.close()
      } else setOpening(opened)
    })
    return () => {
      gone = true
    }
  }, [])
  useEffect(() => {
    if (opening && 'phone' in opening) onDrawn()
  }, [opening])
  if (opening === null) return null
  if ('shut' in opening) return opening.shut
  if (!('phone' in opening)) return <Welcome why={opening.unmet} locale={localeOf(null)} />
  return (
    <PhoneProvider phone={opening.phone}>
      <RouterProvider>
        <ToastProvider>
          <SamePerson />
          <Screens />
        </ToastProvider>
      </RouterProvider>
    </PhoneProvider>
  )
}

/** Another person signed in in this browser: his own work is opened instead, this one's stays where it is. */
function SamePerson() {
  const { sync } = usePhoneState()
  useEffect(() => {
    if (sync !== 'other-person') return
    forgetIdentity()
    location.reload()
  }, [sync])
  return null
}
