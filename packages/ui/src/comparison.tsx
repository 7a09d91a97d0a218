import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import { levelInkText, levelMarkText, type Rank } from './level.ts'

export type ComparisonProps = {
  /** What is compared. */
  title: ReactNode
  value: number
  valueLabel: ReactNode
  /** Level of the place the dot stands for. */
  rank: Rank
  /** Whom it is compared with: their middle half as a band, their median as a line. */
  others: { rank: Rank; low: number; high: number; middle: number; label: string }
  /** The axis begins at zero. */
  max: number
  maxLabel: string
  zeroLabel: string
  /** Says it all in words. */
  label: string
}

/** One's place beside the group it belongs to. Places, never people. */
export function Comparison(props: ComparisonProps) {
  const { title, value, valueLabel, rank, others, max, maxLabel, zeroLabel, label } = props
  const share = (figure: number) => Math.min(1, Math.max(0, figure / (max || 1))) * 100
  const at = (figure: number) => `${share(figure)}%`
  const middle = Math.min(86, Math.max(14, share(others.middle)))
  return (
    <div>
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <span>{title}</span>
        <b className="text-heading tabular-nums">{valueLabel}</b>
      </div>
      <svg
        role="img"
        aria-label={label}
        width="100%"
        height="40"
        overflow="visible"
        className="block fill-ink-2 font-medium text-micro tabular-nums"
      >
        <line
          x1="0"
          x2="100%"
          y1="12"
          y2="12"
          className="stroke-line-2"
          strokeWidth="2"
          strokeLinecap="round"
        />
        <g className={levelMarkText[others.rank]}>
          <rect
            x={at(others.low)}
            y="7"
            width={`${share(others.high) - share(others.low)}%`}
            height="10"
            rx="5"
            fill="currentColor"
            opacity=".28"
          />
          <line
            x1={at(others.middle)}
            x2={at(others.middle)}
            y1="5"
            y2="19"
            stroke="currentColor"
            strokeWidth="2.5"
            strokeLinecap="round"
          />
        </g>
        <circle
          cx={at(value)}
          cy="12"
          r="7"
          className={joinClasses('stroke-2 stroke-surface fill-current', levelMarkText[rank])}
        />
        <text x="0" y="37">
          {zeroLabel}
        </text>
        <text
          x={`${middle}%`}
          y="37"
          textAnchor="middle"
          className={joinClasses('fill-current', levelInkText[others.rank])}
        >
          {others.label}
        </text>
        <text x="100%" y="37" textAnchor="end">
          {maxLabel}
        </text>
      </svg>
    </div>
  )
}
