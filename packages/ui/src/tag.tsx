import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

const TONES = {
  plain: 'bg-sunken text-ink-2',
  line: 'inset-ring inset-ring-line-2',
  accent: 'bg-surface text-accent-ink',
}

export type TagProps = { tone?: keyof typeof TONES | undefined; icon?: ReactNode; children: ReactNode }

/** A state in a word or two, inside a row. `accent` stands on a tinted ground. */
export function Tag({ tone = 'plain', icon, children }: TagProps) {
  return (
    <span
      className={joinClasses(
        'inline-flex h-[22px] items-center gap-[5px] whitespace-nowrap rounded-[6px] px-2 align-middle text-caption leading-none',
        TONES[tone],
      )}
    >
      {icon}
      {children}
    </span>
  )
}
