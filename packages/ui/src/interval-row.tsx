import type { ReactNode } from 'react'
import { IntervalTrack, type IntervalTrackProps } from './interval-track.tsx'
import { joinClasses } from './join-classes.ts'
import { levelSoftGround, type Rank } from './level.ts'

export type IntervalRowProps = Omit<IntervalTrackProps, 'label' | 'tone'> & {
  /** Its place in the ranking; leave out where order means nothing. */
  position?: number | undefined
  name: ReactNode
  /** "31 %" */
  valueLabel: ReactNode
  /** "+ 4 pts", "stable" */
  change?: ReactNode
  /** Level being shown, or the accent for a finding's main line. */
  tone?: IntervalTrackProps['tone'] | undefined
  /** The place being looked at: soft ground of its level. */
  chosen?: boolean | undefined
  /** Says value and interval in words. */
  label: string
}

const soft = (tone: IntervalTrackProps['tone']) =>
  typeof tone === 'number' ? levelSoftGround[tone satisfies Rank] : 'bg-sunken'

/** A ranking row: place, name, dot and interval, value, change. In an `<ol>` or `<ul>`. On a phone the track goes below. */
export function IntervalRow(props: IntervalRowProps) {
  const { position, name, valueLabel, change, tone = 1, chosen = false, label, ...track } = props
  return (
    <li
      aria-current={chosen ? 'true' : undefined}
      className={joinClasses(
        '-mx-2 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-0 rounded-sm px-2 py-1 text-small tabular-nums sm:flex-nowrap',
        chosen && soft(tone),
      )}
    >
      {position !== undefined && <span className="w-5 text-right text-caption text-ink-3">{position}</span>}
      <span className="min-w-0 flex-1 truncate sm:w-[170px] sm:flex-none">{name}</span>
      <span className="order-last w-full min-w-24 px-1.5 sm:order-none sm:w-auto sm:flex-1">
        <IntervalTrack {...track} tone={tone} label={label} />
      </span>
      <b className="w-13 text-right">{valueLabel}</b>
      {change !== undefined && <span className="w-16 text-right text-ink-2">{change}</span>}
    </li>
  )
}
