'use client'
import { SectionHead } from '@fieldback/ui/section-head'
import { Sparkline } from '@fieldback/ui/sparkline'
import { Stats } from '@fieldback/ui/stats'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { useFormats } from '../../client/use-formats.ts'
import type { Waste } from './waste.ts'

/** What a report takes, before and after, and what is aimed at. */
export function EffortSection({ effort }: Pick<Waste, 'effort'>) {
  const text = useTranslations('waste')
  const formats = useFormats()
  const id = useId()
  const { before, now, goal, change, months } = effort
  if (now === null) return null
  const spent = (seconds: number | null) =>
    seconds === null ? (
      <span className="font-regular text-body text-ink-2">{text('effort.unknown')}</span>
    ) : (
      formats.duration(Math.round(seconds))
    )
  return (
    <section aria-labelledby={id}>
      <SectionHead
        id={id}
        aside={<Sparkline label={text('effort.line')} values={months.map(({ each }) => each)} />}
      >
        {text('effort.title')}
      </SectionHead>
      <Stats
        items={[
          { term: text('effort.before'), value: spent(before) },
          {
            term: text('effort.now'),
            value: spent(now),
            note: change === null ? undefined : text('effort.change', { change: signed(formats, change) }),
          },
          ...(goal === null
            ? []
            : [{ term: text('effort.goal'), value: spent(goal), note: text('effort.goalNote') }]),
        ]}
      />
      {months.some(({ each }) => each === null) && (
        <p className="mt-3 text-caption text-ink-2">{text('effort.few')}</p>
      )}
    </section>
  )
}

/** − 12 %, + 3 % */
const signed = (formats: ReturnType<typeof useFormats>, change: number): string =>
  `${formats.change(change * 100)}\u00a0%`
