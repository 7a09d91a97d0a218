import '../globals.css'
import { DEFAULT_LOCALE } from '@fieldback/i18n/locale'
import type { ReactNode } from 'react'
import { THEME_SCRIPT } from '../../server/theme-script.ts'

export { deskMetadata as metadata, viewport } from '../metadata.ts'

// One static document for everyone: the application sets its language once it knows who is there.
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang={DEFAULT_LOCALE} suppressHydrationWarning>
      <body>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by its hash. */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
        {children}
      </body>
    </html>
  )
}
