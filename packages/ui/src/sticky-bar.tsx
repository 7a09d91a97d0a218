import type { ReactNode } from 'react'

export type StickyBarProps = {
  /** One big Button. */
  children: ReactNode
  /** "Brouillon gardé sur ce téléphone" */
  note?: ReactNode
  /** Two ghost buttons at most, below. */
  more?: ReactNode
}

/** The screen's one gesture, in the thumb's reach. */
export function StickyBar({ children, note, more }: StickyBarProps) {
  return (
    <footer
      data-bar="save"
      className="sticky bottom-0 z-10 bg-surface px-5 pt-3 pb-[calc(1rem+env(safe-area-inset-bottom))] shadow-[0_-1px_0_var(--fb-line)] device:static device:px-3.5"
    >
      {children}
      {note && <p className="mt-2 text-center text-caption text-ink-2">{note}</p>}
      {more && <div className="mt-1 flex justify-center gap-6">{more}</div>}
    </footer>
  )
}
