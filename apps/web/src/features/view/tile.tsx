'use client'
import {
  changeText,
  intervalText,
  periodText,
  subjectText,
  unitOf,
  valueText,
} from '@fieldback/i18n/figure-words'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Sparkline } from '@fieldback/ui/sparkline'
import { useTranslations } from 'next-intl'
import { PageLink } from '../../client/next-link.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import type { ToldView } from './told-view.ts'

/** One view in a few lines: its figure, how it moved, the shape of its months. All of it leads to the view. */
export function Tile({ tile, href }: { tile: ToldView; href: string }) {
  const text = useTranslations('view')
  const sentence = useErrorSentence()
  return (
    <PageLink
      href={href}
      className="flex flex-col gap-2 rounded-card border border-line p-4 transition-colors hover:border-line-2 hover:bg-canvas"
    >
      <span className="font-strong text-small">{tile.name}</span>
      {tile.failed === null ? (
        <Figures tile={tile} />
      ) : (
        <span className="text-ink-2 text-small">
          {tile.failed === 'NOT_FOUND' ? text('notAsked') : sentence({ code: tile.failed })}
        </span>
      )}
      {tile.moved && <span className="text-caption text-ink-2">{text('moved')}</span>}
    </PageLink>
  )
}

type Told = Extract<ToldView, { failed: null }>

function Figures({ tile: { now, months, subject, view } }: { tile: Told }) {
  const text = useTranslations('view')
  const words = useTranslations('analytics')
  const formats = useFormats()
  const unit = unitOf(subject.measure, now)
  const said = { unit, text: words, formats }
  const { value, hidden } = now.total.now
  const change = changeText(now.total, said)
  const interval = intervalText(now.total.now, said)
  const values = (months?.rows ?? []).map((row) => row.now.value)
  return (
    <>
      <span className="flex items-end justify-between gap-3">
        <span className="font-strong text-[26px] tabular-nums leading-8 tracking-[-0.02em]">
          {value === null ? '–' : valueText(value, unit, formats)}
        </span>
        {values.length > 1 && <Sparkline values={values} />}
      </span>
      <span className="text-caption text-ink-2">
        {value === null
          ? hidden
            ? text('few', { have: hidden.have, need: hidden.need })
            : text('noCase')
          : [interval, change].filter((part) => part !== null).join(' · ')}
      </span>
      <span className="text-caption text-ink-2">{subjectText(subject, words, formats)}</span>
      <span className="mt-auto inline-flex items-center gap-1.5 text-caption text-ink-2">
        <LevelMark rank={now.place.rank} size={14} />
        {months ? `${now.place.name}, ${periodText(view.period, words, formats)}` : now.place.name}
      </span>
      {(now.counting ?? (now.source.from === 'rows' && now.source.every > 1)) && (
        <span className="text-caption text-ink-2">{text('partial')}</span>
      )}
    </>
  )
}
