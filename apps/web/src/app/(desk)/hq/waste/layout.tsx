import type { ReactNode } from 'react'
import { LevelsProvider } from '../../../../client/levels.tsx'
import { ManageFrame } from '../../../../features/territory/manage-frame.tsx'
import { caller } from '../../../../server/caller.ts'

/** Beside the audit stands the tree: head office reads that of any branch. */
export default async function Layout({ children }: { children: ReactNode }) {
  const names = await (await caller()).territory.levels()
  return (
    <LevelsProvider names={names}>
      <ManageFrame>{children}</ManageFrame>
    </LevelsProvider>
  )
}
