import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

/** Initials or an icon, beside a name that is always written. */
export function Avatar({ children, small = false }: { children: ReactNode; small?: boolean | undefined }) {
  return (
    <span
      aria-hidden
      className={joinClasses(
        'grid flex-none place-items-center rounded-full bg-sunken font-strong text-ink-2',
        small ? 'size-8 text-micro' : 'size-10 text-caption',
      )}
    >
      {children}
    </span>
  )
}
