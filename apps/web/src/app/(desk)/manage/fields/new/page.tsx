import { redirect } from 'next/navigation'
import { BuilderScreen } from '../../../../../features/field/builder-screen.tsx'
import { findPlace } from '../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect('/manage/fields')
  return <BuilderScreen territory={await findPlace(at)} existing={null} />
}
