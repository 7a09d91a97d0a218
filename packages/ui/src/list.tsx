import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

// Where the hairline begins: under the text of the rows.
const INSETS = {
  edge: '[--inset:20px] device:[--inset:16px]',
  mark: '[--inset:52px]',
  avatar: '[--inset:72px]',
  time: '[--inset:76px]',
  none: '[--inset:0px]',
}

export type ListProps = {
  /** What stands before the text of its rows. */
  inset?: keyof typeof INSETS | undefined
  /** In a card of its own (the rule on the phone), or bare on the page. */
  card?: boolean | undefined
  label?: string | undefined
  labelledBy?: string | undefined
  className?: string | undefined
  /** `<li>`s: ListRow, VisitRow, CallRow, Question with as="li". */
  children: ReactNode
}

/** Rows parted by hairlines. */
export function List({ inset = 'edge', card = true, label, labelledBy, className, children }: ListProps) {
  return (
    <ul
      aria-label={label}
      aria-labelledby={labelledBy}
      className={joinClasses(
        'hairlines',
        INSETS[inset],
        card && 'overflow-clip rounded-card bg-surface shadow-1',
        className,
      )}
    >
      {children}
    </ul>
  )
}
