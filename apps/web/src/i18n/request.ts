import { chooseLocale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { LOCALE_COOKIE } from './locale-cookie.ts'

/** Without a prefix in the address: the language is this browser's choice, set from the member's own at sign-in. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const locale = chooseLocale({ cookie: jar.get(LOCALE_COOKIE)?.value, header: head.get('accept-language') })
  return { locale, messages: messagesOf(locale), timeZone: 'Europe/Paris' }
})
