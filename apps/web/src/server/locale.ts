import { chooseLocale, type Locale } from '@fieldback/i18n/locale'
import { cookies, headers } from 'next/headers'
import { LOCALE_COOKIE } from '../i18n/locale-cookie.ts'

const YEAR = 365 * 24 * 60 * 60

/** The language this browser is answered in. */
export async function requestLocale(): Promise<Locale> {
  const [jar, head] = await Promise.all([cookies(), headers()])
  return chooseLocale({ cookie: jar.get(LOCALE_COOKIE)?.value, header: head.get('accept-language') })
}

/** Brings a member's own choice to this browser, at sign-in and at a switch. Route handlers only. */
export async function rememberLocale(locale: string | null): Promise<void> {
  if (locale) (await cookies()).set(LOCALE_COOKIE, locale, { sameSite: 'lax', maxAge: YEAR, path: '/' })
}
