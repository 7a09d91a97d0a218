import type { ReactNode } from 'react'

export type TopBarProps = {
  /** Back or close: an IconButton. */
  lead?: ReactNode
  title?: ReactNode
  /** The title is the page's own: it has no other. */
  heading?: boolean | undefined
  subtitle?: ReactNode
  /** The outbox pill, or one IconButton. */
  aside?: ReactNode
  /** Under the bar, kept with it: Steps. */
  children?: ReactNode
}

/** Sticks to the top of a screen one came to from another. */
export function TopBar({ lead, title, heading = false, subtitle, aside, children }: TopBarProps) {
  const Title = heading ? 'h1' : 'b'
  return (
    <header className="sticky top-0 z-10 bg-canvas pt-[env(safe-area-inset-top)] device:static">
      <div className="flex h-15 items-center gap-1 pr-5 pl-2.5 device:h-14">
        {lead}
        <div className="min-w-0 flex-1 pl-1">
          {title && <Title className="block truncate text-lead leading-[22px]">{title}</Title>}
          {subtitle && <span className="block truncate text-caption text-ink-2 leading-4">{subtitle}</span>}
        </div>
        {aside}
      </div>
      {children && <div className="px-5">{children}</div>}
    </header>
  )
}
