import type { Messages } from '@fieldback/i18n/french'
import type { Locale } from '@fieldback/i18n/locale'

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}
