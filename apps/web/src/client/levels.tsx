'use client'
import type { Rank } from '@fieldback/domain/territory/rank'
import { useLocale } from 'next-intl'
import { createContext, type ReactNode, useContext } from 'react'

type LevelNames = readonly { readonly fr: string; readonly en?: string }[]

const LevelsContext = createContext<LevelNames>([])

/** How the organisation calls its levels, for the desk's screens. */
export function LevelsProvider({ names, children }: { names: LevelNames; children: ReactNode }) {
  return <LevelsContext value={names}>{children}</LevelsContext>
}

/** The name of a level in the reader's language: `levelName(2)` is "Local". */
export function useLevelName(): (rank: Rank) => string {
  const names = useContext(LevelsContext)
  const locale = useLocale()
  return (rank) => {
    const name = names[rank]
    return (locale === 'en' ? name?.en : undefined) ?? name?.fr ?? ''
  }
}
