import type { ReactNode } from 'react'
import { ManageFrame } from '../../../../features/territory/manage-frame.tsx'

export default function Layout({ children }: { children: ReactNode }) {
  return <ManageFrame>{children}</ManageFrame>
}
