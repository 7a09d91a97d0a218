'use client'
import { commonTexts } from '@fieldback/i18n/common-texts'
import { isLocale } from '@fieldback/i18n/locale'
import { Button } from '@fieldback/ui/button'
import { useEffect, useState } from 'react'
import { LOCALE_COOKIE } from '../i18n/locale-cookie.ts'

/** Stands alone: no provider, no server. Says that it is an outage, in this browser's language. */
export function OutageScreen() {
  const [text, setText] = useState(() => commonTexts('fr'))
  useEffect(() => {
    const chosen = new RegExp(`(?:^|; )${LOCALE_COOKIE}=(\\w+)`).exec(document.cookie)?.[1]
    const asked = chosen ?? navigator.language.slice(0, 2)
    if (!isLocale(asked)) return
    document.documentElement.lang = asked
    setText(() => commonTexts(asked))
  }, [])
  return (
    <main className="mx-auto flex min-h-dvh max-w-[430px] flex-col justify-center gap-4 px-5">
      <title>Fieldback</title>
      <h1 className="text-balance text-title">{text('outage.title')}</h1>
      <p className="text-ink-2">{text('outage.text')}</p>
      <Button variant="primary" onClick={() => location.reload()} className="mt-4 self-start">
        {text('retry')}
      </Button>
    </main>
  )
}
