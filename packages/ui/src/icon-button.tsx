import type { ReactNode } from 'react'
import { Action, type ActionProps } from './action.tsx'
import { joinClasses } from './join-classes.ts'

const TONES = {
  plain: 'hover:bg-sunken',
  accent: 'bg-accent-soft text-accent-ink hover:bg-accent-line',
  quiet: 'bg-sunken hover:bg-line',
  raised: 'bg-surface shadow-1 hover:bg-canvas',
  solid: 'bg-accent text-on-accent hover:bg-accent-hover',
}
const SIZES = { 44: 'size-11', 48: 'size-12', 56: 'size-14' }

export type IconButtonProps = ActionProps & {
  /** What it does, said aloud: an icon has no other name. */
  label: string
  /** 20 to 26 px, from lucide-react. */
  icon: ReactNode
  tone?: keyof typeof TONES | undefined
  size?: keyof typeof SIZES | undefined
}

export function IconButton({ label, icon, tone = 'plain', size = 44, className, ...rest }: IconButtonProps) {
  return (
    <Action
      {...rest}
      aria-label={label}
      className={joinClasses(
        'grid flex-none place-items-center rounded-full transition-colors disabled:cursor-not-allowed disabled:text-ink-3',
        TONES[tone],
        SIZES[size],
        className,
      )}
    >
      {icon}
    </Action>
  )
}
