import { redirect } from 'next/navigation'
import { requireMember } from '../../server/member.ts'

/** The bare address: everyone goes to his own home. */
export default async function Page() {
  redirect((await requireMember()).home)
}
