import { headers } from 'next/headers'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { THEME_SCRIPT } from './theme-script.ts'

/** The document of every dynamic page: its language, its theme before paint, and the nonce that lets that script run. */
export async function PageDocument({ children }: { children: ReactNode }) {
  const [locale, head] = await Promise.all([getLocale(), headers()])
  return (
    <html lang={locale} suppressHydrationWarning>
      <body>
        <script
          nonce={head.get('x-nonce') ?? undefined}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by its nonce.
          dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }}
        />
        {children}
      </body>
    </html>
  )
}
