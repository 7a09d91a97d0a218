import { notFound, redirect } from 'next/navigation'
import { PromoteScreen } from '../../../../../features/field/promote-screen.tsx'
import { readSources } from '../../../../../server/field-sources.ts'
import { findPlace } from '../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[]; from?: string | string[] }> }

export default async function Page({ searchParams }: Props) {
  const { at, from } = await searchParams
  if (typeof at !== 'string') redirect('/manage/fields')
  const territory = await findPlace(at)
  const sources = await readSources(from)
  if (sources.length === 0) notFound()
  return <PromoteScreen key={`${at}:${from}`} territory={territory} sources={sources} />
}
