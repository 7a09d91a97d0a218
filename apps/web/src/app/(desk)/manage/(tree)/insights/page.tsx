import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { InsightsScreen } from '../../../../../features/insight/insights-screen.tsx'
import { caller } from '../../../../../server/caller.ts'
import { findPlace, findTop } from '../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('insight'))('page') }
}

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/manage/insights?at=${await findTop()}`)
  const { insight } = await caller()
  // A refusal is said by the screen, which asks again.
  const [place, initial] = await Promise.all([
    findPlace(at, { evenClosed: true }),
    insight.list({ territoryId: at }).catch(() => undefined),
  ])
  return <InsightsScreen key={at} territory={place} initial={initial} />
}
