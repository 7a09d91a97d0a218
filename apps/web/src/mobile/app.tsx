'use client'
import '@fontsource-variable/figtree/wght.css'
import { openFormats } from '@fieldback/i18n/format'
import { chooseLocale } from '@fieldback/i18n/locale'
import { loadTexts } from '@fieldback/i18n/phone-texts'
import { ToastProvider } from '@fieldback/ui/toast'
import { useEffect, useState } from 'react'
import { forgetIdentity, type Identity, readIdentity, writeIdentity } from './data/identity.ts'
import { openStore } from './data/store.ts'
import { type Phone, PhoneProvider, usePhoneState } from './phone.tsx'
import { RouterProvider } from './router.tsx'
import { Screens } from './screens.tsx'
import { pullPage, Refused } from './sync/transport.ts'
import { type Unmet, Welcome } from './welcome.tsx'

type Opening = { readonly phone: Phone } | { readonly unmet: Unmet } | null

const cookie = (name: string): string | undefined =>
  document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)

const localeOf = (identity: Identity | null) =>
  chooseLocale({ member: identity?.locale, cookie: cookie('fb_locale'), header: navigator.language })

/** Opens what the phone holds; only a phone that knows nobody needs the server, once. */
async function open(): Promise<Opening> {
  const identity = readIdentity() ?? (await meetServer())
  if (typeof identity === 'string') return { unmet: identity }
  const locale = localeOf(identity)
  document.documentElement.lang = locale
  const [texts, store] = await Promise.all([loadTexts(locale), openStore(identity)])
  const formats = openFormats(locale, Intl.DateTimeFormat().resolvedOptions().timeZone)
  return { phone: { texts, store, formats, locale } }
}

/** Asks the server who is here, on a phone that does not know. Leaves for the sign-in page when nobody is. */
async function meetServer(): Promise<Identity | Unmet> {
  try {
    const { me } = await pullPage({ membershipId: null, cursor: null, frameTag: null, packAsOf: null })
    const identity = {
      orgId: me.orgId,
      membershipId: me.membershipId,
      displayName: me.displayName,
      locale: me.locale,
    }
    writeIdentity(identity)
    return identity
  } catch (error) {
    if (error instanceof Refused && error.status === 401) location.assign('/signin?callbackUrl=%2Fm')
    else if (error instanceof Refused && error.status === 403) location.assign('/')
    else return error instanceof Refused ? 'outage' : 'network'
    return new Promise(() => {})
  }
}

/** Entry of the phone application. */
export function App() {
  const [opening, setOpening] = useState<Opening>(null)
  useEffect(() => {
    let gone = false
    void open().then((opened) => {
      if (gone) {
        if (opened && 'phone' in opened) opened.phone.store.close()
      } else setOpening(opened)
    })
    return () => {
      gone = true
    }
  }, [])
  if (opening === null) return null
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
