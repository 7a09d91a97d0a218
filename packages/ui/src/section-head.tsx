import type { ReactNode } from 'react'

export type SectionHeadProps = {
  id?: string | undefined
  children: ReactNode
  /** At the right: a count, a TextLink, filters. */
  aside?: ReactNode
}

export function SectionHead({ id, children, aside }: SectionHeadProps) {
  return (
    <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 desk:items-center">
      <h2 id={id} className="text-heading desk:text-[17px] desk:leading-6 desk:tracking-[-0.005em]">
        {children}
      </h2>
      {aside && <div className="text-ink-2 text-small">{aside}</div>}
    </div>
  )
}
