import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import type { Rank } from './level.ts'
import { LevelMark } from './level-mark.tsx'

type LevelBadgeProps = {
  /** The level whose question gave the fact; none for a plain fact. */
  rank?: Rank | undefined
  /** Names that level. */
  label?: string | undefined
  children: ReactNode
}

/** A fact in three words, on the account card. */
export function LevelBadge({ rank, label, children }: LevelBadgeProps) {
  return (
    <span
      className={joinClasses(
        'inline-flex h-8 items-center gap-[7px] whitespace-nowrap rounded-full bg-surface pr-3 font-medium text-small leading-none shadow-1',
        rank === undefined ? 'pl-3' : 'pl-[9px]',
      )}
    >
      {rank !== undefined && <LevelMark rank={rank} size={18} label={label} />}
      {children}
    </span>
  )
}
