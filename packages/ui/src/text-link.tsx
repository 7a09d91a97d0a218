import type { ReactNode } from 'react'
import { Action, type ActionProps } from './action.tsx'
import { joinClasses } from './join-classes.ts'

export type TextLinkProps = ActionProps & { icon?: ReactNode; endIcon?: ReactNode; children: ReactNode }

/** Accent text, 44 px to touch whatever its line's height. */
export function TextLink({ icon, endIcon, children, className, ...rest }: TextLinkProps) {
  return (
    <Action
      {...rest}
      className={joinClasses(
        'touch inline-flex items-center gap-1.5 font-medium text-accent-ink hover:underline hover:underline-offset-4 desk:gap-1',
        className,
      )}
    >
      {icon}
      {children}
      {endIcon}
    </Action>
  )
}
