'use client'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DeskRail } from '../../client/desk-rail.tsx'
import { LocaleSwitch } from '../../client/locale-switch.tsx'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { OwnDevices } from './own-devices.tsx'
import { OwnPassword } from './own-password.tsx'

/** What a person decides about himself: his language, his password, where he is signed in; `children`: what others gave him. */
export function OwnAccountScreen({ children }: { children?: ReactNode }) {
  const text = useTranslations('accessDesk')
  const sentence = useErrorSentence()
  const { displayName: name, orgName: organisation, home } = useMember()
  const account = useQuery(useTRPC().access.ownAccount.queryOptions())
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead
        crumbs={
          <TextLink href={home} icon={<ArrowLeft size={16} />}>
            {text('account.back')}
          </TextLink>
        }
        title={text('account.title')}
        lede={account.data ? text('account.lede', { name, email: account.data.email }) : name}
      />
      {account.error && (
        <Notice icon={<CircleAlert size={18} />} live>
          {sentence(account.error)}
        </Notice>
      )}
      {children}
      {account.data && <OwnPassword account={account.data} />}
      {account.data && <OwnDevices account={account.data} />}
      <section aria-labelledby="language">
        <SectionHead id="language">{text('account.language')}</SectionHead>
        <p className="-mt-2 mb-2 text-ink-2 text-small">{text('account.languageText', { organisation })}</p>
        <LocaleSwitch signedIn />
      </section>
      <p className="text-ink-2 text-small">{text('account.nameBy', { organisation })}</p>
    </DeskScreen>
  )
}
