import type { ReactNode } from 'react'
import { LevelsProvider } from '../../../client/levels.tsx'
import { caller } from '../../../server/caller.ts'
import { requirePermission } from '../../../server/member.ts'

/** Beside the other pages of /manage: administrators draft here, who define no question. */
export default async function Layout({ children }: { children: ReactNode }) {
  await requirePermission('scenario.read')
  const names = await (await caller()).territory.levels()
  return <LevelsProvider names={names}>{children}</LevelsProvider>
}
