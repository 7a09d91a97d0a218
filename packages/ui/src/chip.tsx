import Check from 'lucide-react/icons/check'
import History from 'lucide-react/icons/history'
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

export type ChipProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'aria-pressed'> & {
  pressed: boolean
  /** Pressed because it was the last answer: counts as answered, looks less sure. */
  asLast?: boolean | undefined
  /** Says "as last time" to who cannot see the clock. */
  asLastLabel?: string | undefined
  children: ReactNode
}

const look = (pressed: boolean, asLast: boolean) => {
  if (!pressed) return 'bg-surface px-4 inset-ring inset-ring-line-2 device:px-3.5 enabled:hover:bg-canvas'
  if (asLast) return 'bg-sunken pr-4 pl-3 font-medium inset-ring-[1.5px] inset-ring-ink'
  return 'bg-ink pr-4 pl-3 font-medium text-on-ink'
}

export function Chip({ pressed, asLast = false, asLastLabel, children, className, ...rest }: ChipProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-pressed={pressed}
      className={joinClasses(
        'inline-flex min-h-11 max-w-full flex-none items-center gap-1.5 wrap-anywhere rounded-[22px] py-1 text-left text-body leading-tight transition-colors',
        'device:min-h-10 device:text-[15px] disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3 disabled:inset-ring-0',
        look(pressed, asLast),
        className,
      )}
    >
      {pressed && (asLast ? <History size={18} /> : <Check size={18} />)}
      {children}
      {pressed && asLast && asLastLabel && <span className="sr-only">, {asLastLabel}</span>}
    </button>
  )
}
