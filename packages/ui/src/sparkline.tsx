import { linePath } from './chart-scale.ts'

export type SparklineProps = {
  values: readonly (number | null)[]
  /** Leave out only where the row says the same in figures. */
  label?: string | undefined
}

const WIDTH = 72
const HEIGHT = 20

/** The shape of a few weeks, in a row. Not to be read as figures: it does not begin at zero. */
export function Sparkline({ values, label }: SparklineProps) {
  const known = values.filter((value) => value !== null)
  const high = Math.max(...known, 0)
  const low = Math.min(...known, high) * 0.5
  const y = (value: number) => HEIGHT - 3 - ((value - low) / (high - low || 1)) * (HEIGHT - 6)
  const x = (at: number) => 2 + (at * (WIDTH - 4)) / Math.max(1, values.length - 1)
  const last = values.at(-1)
  return (
    <svg
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="block flex-none"
    >
      <path
        d={linePath(values.map((value, at) => ({ x: x(at), y: value === null ? null : y(value) })))}
        fill="none"
        strokeWidth="1.5"
        strokeLinejoin="round"
        className="stroke-ink-3"
      />
      {last !== null && last !== undefined && (
        <circle cx={x(values.length - 1)} cy={y(last)} r="2.5" className="fill-ink" />
      )}
    </svg>
  )
}
