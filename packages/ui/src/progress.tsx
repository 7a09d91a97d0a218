import type { ReactNode } from 'react'

export type ProgressProps = {
  /** Names the work: "Lecture du fichier". */
  label: string
  done: number
  /** Null or 0 while nobody knows how much there is. */
  total: number | null
  /** How far in words, below: "12 000 lignes sur 50 000". */
  children?: ReactNode
}

/** Share of the work done, 0 to 100, whole, and 100 only when all of it is; null while the whole is unknown. */
export const percentDone = (done: number, total: number | null): number | null => {
  if (total === null || total <= 0) return null
  return Math.max(0, Math.min(100, Math.floor((done / total) * 100)))
}

/** How far a work is. Nothing turns or blinks: the bar moves when the work does. */
export function Progress({ label, done, total, children }: ProgressProps) {
  const percent = percentDone(done, total)
  return (
    <div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={typeof children === 'string' ? children : undefined}
        className="h-2.5 overflow-clip rounded-[5px] bg-sunken"
      >
        <span
          style={{ width: `${percent ?? 0}%` }}
          className="block h-full rounded-[5px] bg-accent transition-[width] duration-(--fb-base)"
        />
      </div>
      {children && <p className="mt-2 text-ink-2 text-small tabular-nums">{children}</p>}
    </div>
  )
}
