import '../globals.css'
import { messagesOf } from '@fieldback/i18n/messages'
import { ToastProvider } from '@fieldback/ui/toast'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { MemberProvider } from '../../client/member.tsx'
import { TrpcProvider } from '../../client/trpc.tsx'
import { SignInAgain } from '../../features/access/sign-in-again.tsx'
import { requireMember } from '../../server/member.ts'
import { PageDocument } from '../../server/page-document.tsx'

export { deskMetadata as metadata, viewport } from '../metadata.ts'

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const [member, locale] = await Promise.all([requireMember(), getLocale()])
  return (
    <PageDocument>
      <NextIntlClientProvider messages={messagesOf(locale)}>
        <MemberProvider member={member}>
          <TrpcProvider>
            <ToastProvider>{children}</ToastProvider>
            <SignInAgain />
          </TrpcProvider>
        </MemberProvider>
      </NextIntlClientProvider>
    </PageDocument>
  )
}
