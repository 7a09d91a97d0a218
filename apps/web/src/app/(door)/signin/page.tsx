import { ERROR_CODES } from '@fieldback/domain/errors'
import { redirect } from 'next/navigation'
import { SignInScreen } from '../../../features/access/sign-in-screen.tsx'
import { findHome } from '../../../server/member.ts'
import { ownAddress } from '../../../server/own-address.ts'
import { titled } from '../../../server/titled.ts'

type Params = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = titled('signIn.page')

export default async function Page({ searchParams }: Params) {
  const { reason, to } = await searchParams
  const told = ERROR_CODES.find((code) => code === reason) ?? null
  const home = told ? null : await findHome()
  if (home) redirect(home)
  return <SignInScreen reason={told} to={ownAddress(to)} />
}
