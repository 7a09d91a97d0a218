import type { ReactNode } from 'react'
import { Action, type ActionProps } from './action.tsx'
import { joinClasses } from './join-classes.ts'

const VARIANTS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'bg-surface inset-ring inset-ring-line-2 hover:bg-canvas',
  quiet: 'bg-sunken hover:bg-line',
  ghost: 'text-accent-ink hover:bg-accent-soft',
}
const SHUT =
  'disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3 disabled:inset-ring-0 disabled:hover:bg-sunken'

export type ButtonProps = ActionProps & {
  /** One primary button a screen. */
  variant?: keyof typeof VARIANTS | undefined
  /** 56 high, the whole width: the screen's main gesture on the phone. */
  big?: boolean | undefined
  icon?: ReactNode
  children: ReactNode
}

const size = (big: boolean, variant: keyof typeof VARIANTS) =>
  big
    ? 'h-14 w-full rounded-card px-4 text-lead font-strong device:h-12 device:rounded-[14px]'
    : joinClasses(
        'h-11 rounded-md text-small font-medium desk:h-9 desk:rounded-[10px]',
        variant === 'ghost' ? 'px-2' : 'px-4 desk:px-3',
      )

export function Button({
  variant = 'secondary',
  big = false,
  icon,
  children,
  className,
  ...rest
}: ButtonProps) {
  return (
    <Action
      {...rest}
      className={joinClasses(
        'inline-flex flex-none items-center justify-center gap-2 whitespace-nowrap transition-colors',
        VARIANTS[variant],
        SHUT,
        size(big, variant),
        className,
      )}
    >
      {icon}
      {children}
    </Action>
  )
}
