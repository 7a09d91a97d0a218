import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { WasteScreen } from '../../../../features/waste/waste-screen.tsx'
import { findPlace, findTop } from '../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('waste'))('page') }
}

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/hq/waste?at=${await findTop()}`)
  return <WasteScreen key={at} territory={await findPlace(at)} />
}
