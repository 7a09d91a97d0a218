import { BECOMES } from '@fieldback/domain/field/convert'
import { notFound, redirect } from 'next/navigation'
import { RetypeScreen } from '../../../../../../features/field/retype-screen.tsx'
import { caller } from '../../../../../../server/caller.ts'
import { isRefusal } from '../../../../../../server/place.ts'

export default async function Page({ params }: { params: Promise<{ fieldId: string }> }) {
  const { fieldId } = await params
  const { definition, owner, canDefine } = await readField(fieldId)
  // What may not be changed here is read where it is listed.
  if (!canDefine || definition.retired) redirect('/manage/fields')
  if (BECOMES[definition.spec.type].length === 0) redirect(`/manage/fields/${fieldId}`)
  return <RetypeScreen key={definition.version} territory={owner} definition={definition} />
}

async function readField(fieldId: string) {
  try {
    return await (await caller()).field.get({ fieldId })
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
