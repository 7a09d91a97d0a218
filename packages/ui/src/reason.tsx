import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import type { Rank } from './level.ts'
import { LevelMark } from './level-mark.tsx'

export type ReasonProps = {
  rank: Rank
  /** Names the level the reason comes from. */
  levelLabel: string
  className?: string | undefined
  children: ReactNode
}

/** Why this visit: the mark of the level that says so, and one sentence. */
export function Reason({ rank, levelLabel, className, children }: ReasonProps) {
  return (
    <span className={joinClasses('flex items-start gap-2 text-ink text-small', className)}>
      <LevelMark rank={rank} size={16} label={levelLabel} className="mt-0.5" />
      <span className="min-w-0">{children}</span>
    </span>
  )
}
