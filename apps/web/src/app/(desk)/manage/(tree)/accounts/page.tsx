import { redirect } from 'next/navigation'
import { AccountListScreen } from '../../../../../features/account/account-list-screen.tsx'
import { ClosedNotice } from '../../../../../features/territory/closed-notice.tsx'
import { findPlace, findTop } from '../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/manage/accounts?at=${await findTop()}`)
  const place = await findPlace(at, { evenClosed: true })
  return (
    <AccountListScreen
      key={at}
      territory={place}
      notice={place.closed ? <ClosedNotice territory={place} /> : undefined}
    />
  )
}
