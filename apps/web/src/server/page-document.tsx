import { headers } from 'next/headers'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { EarlyClicks } from '../client/early-clicks.tsx'
import { EARLY_CLICKS_SCRIPT } from './early-clicks-script.ts'
import { THEME_SCRIPT } from './theme-script.ts'

/** The document of every dynamic page: its language, its theme before paint, and the nonce that lets its first script run. */
export async function PageDocument({ children }: { children: ReactNode }) {
  const [locale, head] = await Promise.all([getLocale(), headers()])
  return (
    <html lang={locale} suppressHydrationWarning>
      <body>
        <script
          nonce={head.get('x-nonce') ?? undefined}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: constants of ours, allowed by the nonce.
          dangerouslySetInnerHTML={{ __html: `${THEME_SCRIPT};${EARLY_CLICKS_SCRIPT}` }}
        />
        {children}
        <EarlyClicks />
      </body>
    </html>
  )
}
