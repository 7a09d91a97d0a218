'use client'
import { type DigestSpan, SPANS } from '@fieldback/domain/coaching/digest'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { Empty } from '@fieldback/ui/empty'
import { PageHead } from '@fieldback/ui/page-head'
import { SectionHead } from '@fieldback/ui/section-head'
import { Segmented } from '@fieldback/ui/segmented'
import { Skeleton } from '@fieldback/ui/skeleton'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import HandHelping from 'lucide-react/icons/hand-helping'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useMay } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import type { Subject, View } from './coaching.ts'
import { DepthSection } from './depth-section.tsx'
import { LearnedSection } from './learned-section.tsx'
import { NotesSection } from './notes-section.tsx'
import { UsedSection } from './used-section.tsx'

/** A count that was never made comes a few seconds after it is asked for. */
const AGAIN_MS = 1_500

/** What the field taught a branch, and a word to those who did. */
export function CoachingScreen({ territory }: { territory: PathNode }) {
  const text = useTranslations('coachingDesk')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const address = useAddress()
  const may = useMay()
  const [subject, setSubject] = useState<Subject | null>(null)
  const span: DigestSpan = address.get('span') === 'quarter' ? 'quarter' : 'month'
  const { data, error, refetch } = useQuery({
    ...useTRPC().coaching.view.queryOptions({ territoryId: territory.id, span }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && !state.data.countedAt ? AGAIN_MS : false),
  })
  const view = data as View | undefined
  return (
    <>
      <PageHead
        crumbs={
          <Crumbs
            label={text('page')}
            renderLink={nextLink}
            items={[{ label: territory.name, rank: territory.rank, href: `/manage/t/${territory.id}` }]}
          />
        }
        title={text('title', { place: territory.name })}
        lede={view && <Lede view={view} />}
        actions={
          <Segmented<DigestSpan>
            label={text('span.label')}
            options={SPANS.map((value) => ({ value, label: text(`span.${value}`) }))}
            value={span}
            onChange={(value) => address.set({ span: value === 'month' ? null : value })}
          />
        }
      />
      {error && !view && (
        <Empty
          icon={<HandHelping size={28} />}
          title={text('unreadable')}
          text={sentence(error)}
          action={<Button onClick={() => refetch()}>{common('retry')}</Button>}
        />
      )}
      {!view && !error && <Skeleton label={text('loading')} lines={8} />}
      {view && !view.countedAt && (
        <Empty icon={<HandHelping size={28} />} title={text('counting')} text={text('countingText')} />
      )}
      {view?.countedAt && (
        <LearnedSection
          view={view}
          at={{ territoryId: territory.id, span }}
          onWrite={may('coaching.write') ? setSubject : undefined}
        />
      )}
      {may('coaching.write') && (
        <NotesSection
          territoryId={territory.id}
          questions={view?.questions ?? []}
          subject={subject}
          onSubject={setSubject}
        />
      )}
      {view?.countedAt && (
        <>
          <DepthSection view={view} span={span} />
          <UsedSection view={view} />
        </>
      )}
      <Never />
    </>
  )
}

function Lede({ view: { since, countedAt } }: { view: View }) {
  const text = useTranslations('coachingDesk')
  const formats = useFormats()
  const month = formats.month(since, 'long')
  return countedAt
    ? text('lede', { since: month, at: formats.instant(countedAt) })
    : text('ledeCounting', { since: month })
}

const SAID = ['visits', 'names', 'seconds', 'secret'] as const

function Never() {
  const text = useTranslations('coachingDesk')
  return (
    <section aria-labelledby="never" className="border-line border-t pt-6">
      <SectionHead id="never">{text('never.title')}</SectionHead>
      <ul className="grid max-w-prose list-disc gap-1.5 pl-5 text-ink-2 text-small">
        {SAID.map((one) => (
          <li key={one}>{text(`never.${one}`)}</li>
        ))}
      </ul>
    </section>
  )
}
