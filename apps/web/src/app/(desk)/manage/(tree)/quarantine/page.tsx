import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { QuarantineListScreen } from '../../../../../features/quarantine/quarantine-list-screen.tsx'
import { findPlace, findTop } from '../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quarantine'))('page') }
}

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/manage/quarantine?at=${await findTop()}`)
  return <QuarantineListScreen key={at} territory={await findPlace(at, { evenClosed: true })} />
}
