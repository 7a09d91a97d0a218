import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ObjectivesScreen } from '../../../../../features/objective/objectives-screen.tsx'
import { findPlace, findTop } from '../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('objectiveDesk'))('page') }
}

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/manage/objectives?at=${await findTop()}`)
  return <ObjectivesScreen key={at} territory={await findPlace(at)} />
}
