import type { ReactNode } from 'react'
import { Action, type ActionProps } from './action.tsx'
import { joinClasses } from './join-classes.ts'

export type MenuItemProps = ActionProps & { icon?: ReactNode; children: ReactNode }

/** A line of a menu: the rail's person, a row's gestures. */
export function MenuItem({ icon, children, className, ...rest }: MenuItemProps) {
  return (
    <Action
      {...rest}
      className={joinClasses(
        'flex h-11 w-full items-center gap-2.5 rounded-sm px-2.5 text-left font-medium text-small transition-colors hover:bg-sunken focus-visible:-outline-offset-2 desk:h-9',
        className,
      )}
    >
      {icon && <span className="text-ink-2">{icon}</span>}
      {children}
    </Action>
  )
}
