'use client'
import { Crumbs } from '@fieldback/ui/crumbs'
import type { Rank } from '@fieldback/ui/level'
import { PageHead } from '@fieldback/ui/page-head'
import { useLevelName } from './levels.tsx'
import { nextLink } from './next-link.tsx'

type RecordHeadProps = {
  /** What the way back is called. */
  label: string
  /** The list that it is of, at a territory of some level. */
  list: { readonly label: string; readonly href: string; readonly rank: Rank }
  /** Where it stands in that list. */
  here: string
  title: string
  /** Whose it is, and when. */
  lede: string
}

/** The head of one thing of somebody's, below the list of a territory's. */
export function RecordHead({ label, list, here, title, lede }: RecordHeadProps) {
  const levelName = useLevelName()
  return (
    <PageHead
      crumbs={
        <Crumbs
          label={label}
          renderLink={nextLink}
          items={[{ ...list, levelLabel: levelName(list.rank) }, { label: here }]}
        />
      }
      title={title}
      lede={lede}
    />
  )
}
