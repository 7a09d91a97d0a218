import type { ReactNode } from 'react'
import { ManageFrame } from '../../../../features/territory/manage-frame.tsx'

/** Beside the audit stands the tree: head office reads that of any branch. */
export default function Layout({ children }: { children: ReactNode }) {
  return <ManageFrame>{children}</ManageFrame>
}
