import { redirect } from 'next/navigation'
import { NowhereScreen } from '../../../features/access/nowhere-screen.tsx'
import { requireMember } from '../../../server/member.ts'
import { titled } from '../../../server/titled.ts'

export const generateMetadata = titled('nowhere.title')

export default async function Page() {
  const { home, displayName, orgName } = await requireMember()
  if (home !== '/nowhere') redirect(home)
  return <NowhereScreen name={displayName} organisation={orgName} />
}
