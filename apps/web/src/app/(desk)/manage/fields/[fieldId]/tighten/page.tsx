import { notFound, redirect } from 'next/navigation'
import { TightenScreen } from '../../../../../../features/field/tighten-screen.tsx'
import { caller } from '../../../../../../server/caller.ts'
import { findPlace, isRefusal } from '../../../../../../server/place.ts'

type Props = {
  params: Promise<{ fieldId: string }>
  searchParams: Promise<{ at?: string | string[] }>
}

export default async function Page({ params, searchParams }: Props) {
  const { fieldId } = await params
  const { at } = await searchParams
  if (typeof at !== 'string') redirect('/manage/fields')
  const territory = await findPlace(at)
  const inherited = await readInherited(at, fieldId)
  // What is one's own is changed, not tightened; what may not be changed here is read where it is listed.
  if (inherited.field.owner.id === at) redirect(`/manage/fields/${fieldId}`)
  if (!inherited.canDefine) redirect(`/manage/fields?at=${at}`)
  return <TightenScreen key={`${at}:${fieldId}`} territory={territory} initial={inherited} />
}

async function readInherited(territoryId: string, fieldId: string) {
  try {
    return await (await caller()).field.inherited({ territoryId, fieldId })
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
