import { notFound, redirect } from 'next/navigation'
import { BuilderScreen } from '../../../../../features/field/builder-screen.tsx'
import { caller } from '../../../../../server/caller.ts'
import { isRefusal } from '../../../../../server/place.ts'

type Props = {
  params: Promise<{ fieldId: string }>
  searchParams: Promise<{ start?: string | string[] }>
}

export default async function Page({ params, searchParams }: Props) {
  const { fieldId } = await params
  const { start } = await searchParams
  const { definition, owner, canDefine } = await readField(fieldId)
  // What may not be changed here is read where it is listed.
  if (!canDefine || definition.retired) redirect('/manage/fields')
  return (
    <BuilderScreen
      key={definition.version}
      territory={owner}
      existing={definition}
      start={start === 'optional' ? { required: false } : undefined}
    />
  )
}

async function readField(fieldId: string) {
  try {
    return await (await caller()).field.get({ fieldId })
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
