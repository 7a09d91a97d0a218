'use client'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { SectionHead } from '@fieldback/ui/section-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { ClockForm } from './clock-form.tsx'
import { LevelNamesForm } from './level-names-form.tsx'
import { NameForm } from './name-form.tsx'

/** What holds for the whole organisation; `children` are the rules of other nouns that are set on the same page. */
export function SettingsScreen({ children }: { children?: ReactNode }) {
  const text = useTranslations('org')
  const sentence = useErrorSentence()
  const settings = useQuery(useTRPC().org.get.queryOptions())
  const { data } = settings
  return (
    <DeskScreen rail={<DeskRail />}>
      {data && (
        <PageHead
          title={text('settings.title', { organisation: data.name })}
          lede={<span className="block max-w-[64ch]">{text('settings.lede')}</span>}
        />
      )}
      {settings.error && (
        <Notice icon={<CircleAlert size={18} />} live>
          {sentence(settings.error)}
        </Notice>
      )}
      {data ? (
        <>
          <Section id="name" title={text('settings.name.title')}>
            <NameForm settings={data} />
          </Section>
          <Section id="levels" title={text('settings.levels.title')} note={text('settings.levels.note')}>
            <LevelNamesForm settings={data} />
          </Section>
          <Section id="clock" title={text('settings.clock.title')}>
            <ClockForm settings={data} />
          </Section>
          {children}
        </>
      ) : (
        !settings.error && <Skeleton label={text('settings.loading')} lines={8} />
      )}
    </DeskScreen>
  )
}

type SectionProps = {
  readonly id: string
  readonly title: string
  readonly note?: string
  readonly children: ReactNode
}

function Section({ id, title, note, children }: SectionProps) {
  return (
    <section aria-labelledby={id}>
      <SectionHead id={id}>{title}</SectionHead>
      {note && <p className="-mt-2 mb-3 text-ink-2 text-small">{note}</p>}
      {children}
    </section>
  )
}
