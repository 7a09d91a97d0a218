import type { ReactNode } from 'react'
import { requirePermission } from '../../../../server/member.ts'

export default async function Layout({ children }: { children: ReactNode }) {
  await requirePermission('data.import')
  return children
}
