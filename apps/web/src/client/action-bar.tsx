import type { ReactNode } from 'react'

/** What is done next, at the bottom of a long page; stays in view while one reads. */
export function ActionBar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section
      data-bar="save"
      aria-label={label}
      className="sticky bottom-0 z-10 -mx-5 mt-auto -mb-10 flex flex-wrap items-center gap-3 bg-surface px-5 py-3 shadow-[0_-1px_0_var(--fb-line)] lg:-mx-8 lg:px-8"
    >
      {children}
    </section>
  )
}
