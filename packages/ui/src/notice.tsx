import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import { levelSoftGround, type Rank } from './level.ts'
import { LevelMark } from './level-mark.tsx'

export type NoticeProps = {
  /** For the `aria-describedby` of the button it blocks. */
  id?: string | undefined
  icon?: ReactNode
  /** The cause, in bold. */
  title?: ReactNode
  /** What to do. */
  children?: ReactNode
  /** `block`: ink ground, beside what it blocks. `quiet`: for information. */
  tone?: 'block' | 'quiet' | undefined
  /** On the soft ground of a level, with its mark: something that level should know. */
  rank?: Rank | undefined
  /** Read aloud when it appears. */
  live?: boolean | undefined
}

export function Notice({ id, icon, title, children, tone = 'block', rank, live = false }: NoticeProps) {
  const ground =
    rank !== undefined ? levelSoftGround[rank] : tone === 'block' ? 'bg-ink text-on-ink' : 'bg-sunken'
  return (
    <div
      id={id}
      role={live ? 'status' : undefined}
      className={joinClasses('flex items-start gap-2.5 rounded-md px-3.5 py-3 text-small', ground)}
    >
      <span className="mt-px flex-none">
        {rank === undefined ? icon : <LevelMark rank={rank} size={18} />}
      </span>
      <p className="min-w-0 flex-1">
        {title && <b>{title} </b>}
        {children}
      </p>
    </div>
  )
}
