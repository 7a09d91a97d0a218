import '../globals.css'
import { messagesOf } from '@fieldback/i18n/messages'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { PageDocument } from '../../server/page-document.tsx'

export { deskMetadata as metadata, viewport } from '../metadata.ts'

export default async function DoorLayout({ children }: { children: ReactNode }) {
  const { access, accessDoor, common, error, founding } = messagesOf(await getLocale())
  return (
    <PageDocument>
      <NextIntlClientProvider messages={{ access, accessDoor, common, error, founding }}>
        {children}
      </NextIntlClientProvider>
    </PageDocument>
  )
}
