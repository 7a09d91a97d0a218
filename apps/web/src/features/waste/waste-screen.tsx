'use client'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DistributionBar } from '@fieldback/ui/distribution-bar'
import { Empty } from '@fieldback/ui/empty'
import { PageHead } from '@fieldback/ui/page-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import Hourglass from 'lucide-react/icons/hourglass'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { EffortSection } from './effort-section.tsx'
import { FieldsSection } from './fields-section.tsx'
import { spentWords, type Waste } from './waste.ts'

/** What the questions of a branch cost, how well they are served, and what to do about each. */
export function WasteScreen({ territory }: { territory: PathNode }) {
  const text = useTranslations('waste')
  const formats = useFormats()
  const sentence = useErrorSentence()
  const { data, error, isPending } = useQuery(
    useTRPC().waste.audit.queryOptions({ territoryId: territory.id }),
  )
  const waste = data as Waste | undefined
  const words = useHeadWords(waste, territory)
  return (
    <>
      <PageHead
        crumbs={
          <Crumbs
            label={text('path')}
            renderLink={nextLink}
            items={[
              { label: text('back'), href: `/manage/fields?at=${territory.id}` },
              { label: territory.name, rank: territory.rank },
            ]}
          />
        }
        title={words.title}
        lede={words.lede}
      />
      {error && !waste && (
        <Empty icon={<Hourglass size={28} />} title={text('unreadable')} text={sentence(error)} />
      )}
      {isPending && <Skeleton label={text('loading')} lines={6} />}
      {waste && waste.questions > 0 && (
        <>
          <section>
            {totalOf(waste) > 0 && <Served waste={waste} />}
            <p className="mt-3 text-caption text-ink-2">{text('since', { day: formats.day(waste.since) })}</p>
          </section>
          <EffortSection effort={waste.effort} />
          <FieldsSection waste={waste} />
        </>
      )}
    </>
  )
}

const totalOf = ({ monthly }: Waste) => monthly.well + monthly.little + monthly.never + monthly.young

/** The title is the answer: what can be given back, or that nothing can. */
function useHeadWords(waste: Waste | undefined, territory: PathNode) {
  const text = useTranslations('waste')
  const formats = useFormats()
  if (!waste) return { title: text('page'), lede: undefined }
  const { reps } = waste
  const time = (seconds: number) => spentWords(formats, seconds)
  const never = waste.fields.filter(({ service, kept }) => service === 'never' && !kept).length
  const decide = waste.fields.some(({ proposal }) => proposal.kind !== 'keep')
  if (waste.questions === 0)
    return { title: text('title.none'), lede: text('lede.none', { place: territory.name }) }
  if (never > 0 && waste.monthly.never > 0)
    return {
      title: text('title.never', { count: never, time: time(waste.monthly.never) }),
      lede: text('lede.never', {
        share: formats.percent(waste.monthly.never / totalOf(waste)),
        saved: time(waste.saved),
        reps,
      }),
    }
  if (waste.saved > 0)
    return { title: text('title.saved', { time: time(waste.saved) }), lede: text('lede.saved', { reps }) }
  if (waste.fields.every(({ service }) => service === 'young'))
    return { title: text('title.young'), lede: text('lede.young') }
  return { title: text('title.well'), lede: decide ? undefined : text('lede.well') }
}

function Served({ waste }: { waste: Waste }) {
  const text = useTranslations('waste')
  const formats = useFormats()
  const { well, little, never, young } = waste.monthly
  const time = (seconds: number) => spentWords(formats, seconds)
  const segments = [
    { key: 'well', value: well, swatch: 'accent' },
    { key: 'little', value: little, swatch: 'accent-line' },
    { key: 'never', value: never, swatch: 'hidden' },
    { key: 'young', value: young, swatch: 'neutral' },
  ] as const
  return (
    <DistributionBar
      thick
      label={text('bar', {
        total: time(totalOf(waste)),
        well: time(well),
        little: time(little),
        never: time(never),
        young: time(young),
      })}
      segments={segments
        .filter(({ value }) => value > 0)
        .map((segment) => ({
          ...segment,
          label: text(`service.${segment.key}`, { time: time(segment.value) }),
        }))}
    />
  )
}
