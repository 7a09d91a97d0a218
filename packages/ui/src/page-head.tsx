import type { ReactNode } from 'react'

export type PageHeadProps = {
  crumbs?: ReactNode
  title: ReactNode
  lede?: ReactNode
  /** Buttons; one primary. */
  actions?: ReactNode
}

/** The head of a desk page: its title is the question or its answer. */
export function PageHead({ crumbs, title, lede, actions }: PageHeadProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 max-w-full">
        {crumbs && <div className="mb-1.5">{crumbs}</div>}
        <h1 className="text-balance text-title">{title}</h1>
        {lede && <p className="mt-1 text-body text-ink-2">{lede}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  )
}
