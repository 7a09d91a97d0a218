import '../globals.css'
import { DEFAULT_LOCALE } from '@fieldback/i18n/locale'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { INSTALL_SCRIPT } from '../../server/install-script.ts'
import { THEME_SCRIPT } from '../../server/theme-script.ts'
import { deskMetadata } from '../metadata.ts'

export { viewport } from '../metadata.ts'

export const metadata: Metadata = {
  ...deskMetadata,
  manifest: '/phone.webmanifest',
  appleWebApp: { capable: true, title: 'Fieldback', statusBarStyle: 'default' },
  icons: { icon: '/icon.svg', apple: '/phone/apple-touch-icon.png' },
}

// One static document for everyone: the application sets its language once it knows who is there.
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang={DEFAULT_LOCALE} suppressHydrationWarning>
      <body>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by its hash. */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by its hash. */}
        <script dangerouslySetInnerHTML={{ __html: INSTALL_SCRIPT }} />
        {children}
      </body>
    </html>
  )
}
