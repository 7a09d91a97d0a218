import { joinClasses } from './join-classes.ts'
import { levelMarkText, type Rank } from './level.ts'

export type DotGridProps = {
  /** One dot an answer. */
  total: number
  /** How many are of the chosen kind: drawn first, filled. */
  filled: number
  /** Place (from 0) of the one just given. */
  ringed?: number | undefined
  rank?: Rank | undefined
  /** "34 oui sur 61 réponses" */
  label: string
}

/** Few rows whatever the number: about the shape of the card. */
const columnsFor = (total: number) => (total <= 80 ? 16 : total <= 180 ? 24 : total <= 400 ? 36 : 52)
const STEP = 20

/** One dot per answer: a count one can see. Beyond a thousand dots use DistributionBar. */
export function DotGrid({ total, filled, ringed, rank, label }: DotGridProps) {
  const columns = columnsFor(total)
  const rows = Math.max(1, Math.ceil(total / columns))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${columns * STEP} ${rows * STEP}`}
      className={joinClasses(
        'block h-auto w-full overflow-visible',
        rank === undefined ? 'text-accent' : levelMarkText[rank],
      )}
    >
      {Array.from({ length: total }, (_, at) => at).map((at) => {
        const cx = (at % columns) * STEP + STEP / 2
        const cy = Math.floor(at / columns) * STEP + STEP / 2
        return (
          <g key={at}>
            {at < filled ? (
              <circle cx={cx} cy={cy} r="6.2" fill="currentColor" />
            ) : (
              <circle cx={cx} cy={cy} r="5.6" fill="none" className="stroke-control" strokeWidth="1.25" />
            )}
            {at === ringed && (
              <circle cx={cx} cy={cy} r="9" fill="none" className="stroke-ink" strokeWidth="1.75" />
            )}
          </g>
        )
      })}
    </svg>
  )
}
