'use client'
import { Stats } from '@fieldback/ui/stats'
import type { ReactNode } from 'react'
import type { Figures } from './scenario-page.ts'
import { useWords } from './use-words.ts'

/** What the whole re-organisation comes to, before and after. */
export function FigureStats({
  figures: { accounts, changing, heaviest, spread, entry },
}: {
  figures: Figures
}) {
  const { text, formats } = useWords()
  const then = useThen()
  return (
    <Stats
      items={[
        {
          term: text('figures.changing'),
          value: formats.number(changing),
          note: text('figures.changingNote', {
            accounts: formats.number(accounts),
            share: formats.percent(accounts === 0 ? 0 : changing / accounts),
          }),
        },
        {
          term: text('figures.heaviest'),
          value: then(heaviest, (value) => formats.number(value, 0)),
          note: text('figures.heaviestNote'),
        },
        {
          term: text('figures.spread'),
          value: then(spread, (value) => text('figures.times', { times: formats.number(value, 1) })),
          note: text('figures.spreadNote'),
        },
        {
          term: text('figures.entry'),
          value: then(entry, (value) => formats.duration(Math.round(value))),
          note: text('figures.entryNote'),
        },
      ]}
    />
  )
}

type Pair = { readonly before: number | null; readonly after: number | null }

/** "135 then 99"; once when nothing changes. */
function useThen(): (pair: Pair, told: (value: number) => string) => ReactNode {
  const { text } = useWords()
  return ({ before, after }, told) => {
    const say = (value: number | null) => (value === null ? text('figures.unknown') : told(value))
    if (say(before) === say(after)) return say(after)
    return (
      <>
        {say(before)} <small>{text('figures.then')}</small> {say(after)}
      </>
    )
  }
}
