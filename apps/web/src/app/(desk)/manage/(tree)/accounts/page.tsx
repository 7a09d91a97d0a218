import { redirect } from 'next/navigation'
import { AccountListScreen } from '../../../../../features/account/account-list-screen.tsx'
import { findPlace, findTop } from '../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/manage/accounts?at=${await findTop()}`)
  return <AccountListScreen key={at} territory={await findPlace(at)} />
}
