import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ReportListScreen } from '../../../../../features/report/report-list-screen.tsx'
import { ClosedNotice } from '../../../../../features/territory/closed-notice.tsx'
import { findPlace, findTop } from '../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('desk'))('reports') }
}

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/manage/reports?at=${await findTop()}`)
  const place = await findPlace(at, { evenClosed: true })
  return (
    <ReportListScreen
      key={at}
      territory={place}
      notice={place.closed ? <ClosedNotice territory={place} /> : undefined}
    />
  )
}
