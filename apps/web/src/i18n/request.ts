import { messagesOf } from '@fieldback/i18n/messages'
import { getRequestConfig } from 'next-intl/server'
import { requestLocale } from '../server/locale.ts'

/** Without a prefix in the address: the language is this browser's choice, set from the member's own at sign-in. */
export default getRequestConfig(async () => {
  const locale = await requestLocale()
  return { locale, messages: messagesOf(locale), timeZone: 'Europe/Paris' }
})
