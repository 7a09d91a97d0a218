import { DeskScreen } from '@fieldback/ui/desk-screen'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DeskRail } from '../../../../client/desk-rail.tsx'
import { WasteScreen } from '../../../../features/waste/waste-screen.tsx'
import { findPlace, findTop } from '../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('waste'))('page') }
}

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  const territory = await findPlace(typeof at === 'string' ? at : await findTop())
  return (
    <DeskScreen rail={<DeskRail />}>
      <WasteScreen key={territory.id} territory={territory} />
    </DeskScreen>
  )
}
