import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import { levelInkText, levelSoftGround, type Rank } from './level.ts'
import { LevelMark } from './level-mark.tsx'

/** The level in words on its soft ground; once per header. */
export function LevelLabel({ rank, children }: { rank: Rank; children: ReactNode }) {
  return (
    <span
      className={joinClasses(
        'inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-full pr-2.5 pl-[7px] font-medium text-caption leading-none',
        levelSoftGround[rank],
        levelInkText[rank],
      )}
    >
      <LevelMark rank={rank} size={16} inherit />
      {children}
    </span>
  )
}
