import type { ReactNode } from 'react'

export type ScreenTitleProps = {
  /** The screen's question or its answer. */
  children: ReactNode
  /** Above, small: the day, the person. */
  over?: ReactNode
  /** Below, one line. */
  sub?: ReactNode
  /** Top right: the outbox pill. */
  aside?: ReactNode
}

/** The phone's big title. */
export function ScreenTitle({ children, over, sub, aside }: ScreenTitleProps) {
  return (
    <header className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        {over && <p className="mb-0.5 text-ink-2 text-small">{over}</p>}
        <h1 className="text-balance text-title">{children}</h1>
        {sub && <p className="mt-1 text-ink-2">{sub}</p>}
      </div>
      {aside}
    </header>
  )
}
