import { redirect } from 'next/navigation'
import { NowhereScreen } from '../../../features/access/nowhere-screen.tsx'
import { requireMember } from '../../../server/member.ts'

export default async function Page() {
  const { home, displayName, orgName } = await requireMember()
  if (home !== '/nowhere') redirect(home)
  return <NowhereScreen name={displayName} organisation={orgName} />
}
