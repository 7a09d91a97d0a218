'use client'
type LoadBarProps = {
  readonly value: number
  /** Where it stood: a green line. */
  readonly before: number | null
  /** The dotted mark. */
  readonly mean: number
  readonly max: number
  /** Only what has changed is drawn in ink. */
  readonly strong: boolean
}

const share = (value: number, max: number) => `${Math.min(100, (value / max) * 100)}%`

/** One load on the scale of all; the figure beside it says the same. */
export function LoadBar({ value, before, mean, max, strong }: LoadBarProps) {
  return (
    <span aria-hidden className="relative h-6 w-24 flex-none max-sm:hidden sm:block">
      <span className="absolute inset-x-0 top-2.5 h-1.5 overflow-clip rounded-full bg-line">
        <span
          style={{ width: share(value, max) }}
          className={`block h-full rounded-full ${strong ? 'bg-ink' : 'bg-control'}`}
        />
      </span>
      <span
        style={{ left: share(mean, max) }}
        className="absolute inset-y-1 w-0 border-ink-3 border-l border-dotted"
      />
      {before !== null && (
        <span
          style={{ left: share(before, max) }}
          className="absolute inset-y-1 -ml-px w-0.5 rounded-full bg-accent"
        />
      )}
    </span>
  )
}
