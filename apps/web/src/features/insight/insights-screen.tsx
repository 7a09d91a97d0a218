'use client'
import type { Insights as Loaded } from '@fieldback/api/insight/list'
import type { AppRouter } from '@fieldback/api/root'
import type { ToldInsight } from '@fieldback/domain/insight/told'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PageHead } from '@fieldback/ui/page-head'
import { SectionHead } from '@fieldback/ui/section-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import Telescope from 'lucide-react/icons/telescope'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { InsightCard } from './insight-card.tsx'

type Insights = inferRouterOutputs<AppRouter>['insight']['list']
type Props = {
  readonly territory: { readonly id: string; readonly name: string }
  /** As the server read it for the first paint. */
  readonly initial: Loaded | undefined
}

/** What the figures of a territory say, with what is said below it and above it. */
export function InsightsScreen({ territory, initial }: Props) {
  const text = useTranslations('insight')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const found = useQuery({
    ...useTRPC().insight.list.queryOptions({ territoryId: territory.id }),
    ...(initial ? { initialData: initial as Insights } : {}),
  })
  const period = found.data?.period
  return (
    <>
      <PageHead
        title={text('title', { place: territory.name })}
        lede={
          period &&
          text('lede', { from: formats.month(period.from, 'long'), to: formats.month(period.to, 'long') })
        }
      />
      {found.error && !found.data && (
        <Empty
          icon={<Telescope size={28} />}
          title={text('unreadable')}
          text={sentence(found.error)}
          action={<Button onClick={() => found.refetch()}>{common('retry')}</Button>}
        />
      )}
      {!found.data && !found.error && <Skeleton label={text('loading')} lines={8} />}
      {found.data && <Told insights={found.data} />}
      <How />
    </>
  )
}

function Told({ insights: { period, here, below, above, more } }: { insights: Insights }) {
  const text = useTranslations('insight')
  if (here.length + below.length + above.length === 0)
    return (
      <Empty
        icon={<Telescope size={28} />}
        title={text(period ? 'none' : 'notYet')}
        text={text(period ? 'noneNext' : 'notYetNext')}
      />
    )
  return (
    <>
      <Section id="here" insights={here} />
      <Section id="below" insights={below} />
      {more > 0 && <p className="text-ink-2 text-small">{text('moreBelow', { count: more })}</p>}
      <Section id="above" insights={above} />
    </>
  )
}

function Section({ id, insights }: { id: 'here' | 'below' | 'above'; insights: readonly ToldInsight[] }) {
  const text = useTranslations('insight')
  if (insights.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <SectionHead id={id}>{text(id)}</SectionHead>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        {insights.map((told) => (
          <InsightCard key={told.key} told={told} />
        ))}
      </div>
    </section>
  )
}

const SAID = ['compared', 'few', 'people', 'cause', 'monthly'] as const

function How() {
  const text = useTranslations('insight')
  return (
    <section aria-labelledby="how" className="border-line border-t pt-6">
      <SectionHead id="how">{text('how')}</SectionHead>
      <ul className="grid max-w-prose list-disc gap-1.5 pl-5 text-ink-2 text-small">
        {SAID.map((one) => (
          <li key={one}>{text(`howText.${one}`)}</li>
        ))}
      </ul>
    </section>
  )
}
