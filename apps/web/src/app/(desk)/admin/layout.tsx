import type { ReactNode } from 'react'
import { SetupNotice } from '../../../features/org/setup-notice.tsx'
import { requirePermission } from '../../../server/member.ts'

export default async function Layout({ children }: { children: ReactNode }) {
  await requirePermission('organisation.administer')
  return (
    <>
      <SetupNotice />
      {children}
    </>
  )
}
