'use client'
import { LOCALES, type Locale } from '@fieldback/i18n/locale'
import { useLocale, useTranslations } from 'next-intl'
import { setLocale } from './session.ts'

/** The two languages, each under its own name. The page comes back in the one that is tapped. */
export function LocaleSwitch({ signedIn }: { signedIn: boolean }) {
  const text = useTranslations('common')
  const current = useLocale()
  const choose = (locale: Locale) => {
    // The cookie is set first, so the page changes even when the member's choice cannot be kept now.
    const reload = () => location.reload()
    setLocale(locale, signedIn).then(reload, reload)
  }
  return (
    <fieldset className="-mx-3 flex gap-1 text-small">
      <legend className="sr-only">{text('locale.label')}</legend>
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          onClick={() => choose(locale)}
          className="h-11 rounded-full px-3 text-ink-2 transition-colors hover:text-ink aria-pressed:font-medium aria-pressed:text-ink aria-pressed:underline aria-pressed:underline-offset-4"
        >
          {text(`locale.${locale}`)}
        </button>
      ))}
    </fieldset>
  )
}
