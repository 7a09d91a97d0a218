import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

export type CardProps = {
  as?: 'div' | 'section' | 'article' | undefined
  /** 20 px inside; without it, for lists that bring their own. */
  pad?: boolean | undefined
  labelledBy?: string | undefined
  className?: string | undefined
  children: ReactNode
}

/** White on warm paper, one shadow. Never a card in a card. */
export function Card({ as: Tag = 'div', pad = false, labelledBy, className, children }: CardProps) {
  return (
    <Tag
      aria-labelledby={labelledBy}
      className={joinClasses('rounded-card bg-surface shadow-1', pad && 'p-5', className)}
    >
      {children}
    </Tag>
  )
}
