import { joinClasses } from './join-classes.ts'
import { levelMarkText, RANKS, type Rank } from './level.ts'

const TOPS = [3.5, 7.83, 12.17, 16.5] as const
const round = (value: number) => Number(value.toFixed(2))
const band = (top: number) =>
  `M2 ${round(top + 1.25)}C8 ${round(top + 1.25)} 12 ${round(top - 1.25)} 18 ${round(top - 1.25)}`

/** The four folded bands, from bedrock (national) to ground (sub-sector). */
export const BANDS = [band(TOPS[0]), band(TOPS[1]), band(TOPS[2]), band(TOPS[3])] as const

type LevelMarkProps = {
  rank: Rank
  /** 16 in rows, 20 in questions. */
  size?: number | undefined
  /** Names the level. Leave out only where the level's name is written beside the mark. */
  label?: string | undefined
  /** Takes the colour of the text around it instead of its level's. */
  inherit?: boolean | undefined
  className?: string | undefined
}

export function LevelMark({ rank, size = 20, label, inherit = false, className }: LevelMarkProps) {
  return (
    <svg
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      strokeWidth={2.5}
      strokeLinecap="round"
      className={joinClasses('block flex-none', !inherit && levelMarkText[rank], className)}
    >
      {RANKS.map((depth) => (
        <path
          key={depth}
          d={BANDS[depth]}
          className={depth <= rank ? 'stroke-current' : 'stroke-line-2'}
          data-filled={depth <= rank}
        />
      ))}
    </svg>
  )
}
