'use client'
import { levelSolidGround, type Rank } from '@fieldback/ui/level'

type Props = {
  /** Of the longest bar of its table, 0 to 1. */
  share: number
  /** Where something else stands, on the same scale. */
  tick?: number | null
  /** The level shown; ink when it is not about a level. */
  rank?: Rank
  /** Where it stands in for a column of its own, it gives way on a narrow screen: the figures come first. */
  wide?: boolean
}

const percent = (share: number) => `${Math.min(1, Math.max(0, share)) * 100}%`

/** A bar from zero inside a table: the figure stands in the next cell. */
export function MiniBar({ share, tick = null, rank, wide = false }: Props) {
  return (
    <span
      aria-hidden
      className={`relative block h-2 rounded-[4px] bg-sunken ${wide ? 'w-44 max-lg:hidden' : 'min-w-12'}`}
    >
      <span
        className={`block h-full rounded-[4px] ${rank === undefined ? 'bg-ink-2' : levelSolidGround[rank]}`}
        style={{ width: percent(share) }}
      />
      {tick !== null && (
        <span className="absolute inset-y-[-3px] w-0.5 bg-ink" style={{ left: percent(tick) }} />
      )}
    </span>
  )
}
