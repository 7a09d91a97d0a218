import { IntervalRow } from './interval-row.tsx'

type Side = {
  readonly name: string
  readonly value: number
  readonly valueLabel: string
  readonly interval: readonly [low: number, high: number]
  /** Says value and interval in words. */
  readonly label: string
}

type Props = {
  readonly here: Side
  readonly there: Side
  /** The end of the axis, which begins at 0. */
  readonly top: number
  /** What stands under the axis: its ends, and between them what the bar is. */
  readonly axis: readonly [low: string, said: string, high: string]
}

/** Two shares with their intervals, on one axis. */
export function IntervalPair({ here, there, top, axis }: Props) {
  return (
    <div className="grid gap-1">
      <ul className="grid gap-1">
        <IntervalRow {...here} domain={[0, top]} tone="accent" />
        <IntervalRow {...there} domain={[0, top]} tone="neutral" />
      </ul>
      <p aria-hidden className="flex justify-between text-caption text-ink-2 tabular-nums">
        {axis.map((said) => (
          <span key={said}>{said}</span>
        ))}
      </p>
    </div>
  )
}
