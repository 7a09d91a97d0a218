import { notFound, redirect } from 'next/navigation'
import { BuilderScreen } from '../../../../../features/field/builder-screen.tsx'
import { caller } from '../../../../../server/caller.ts'
import { findPlace, isRefusal } from '../../../../../server/place.ts'

type Named = 'at' | 'instead' | 'after'
type Props = { searchParams: Promise<Partial<Record<Named, string | string[]>>> }

/** After how many days an answer of an account is asked again, unless the address says it. */
const AGAIN_AFTER = 180

export default async function Page({ searchParams }: Props) {
  const { at, instead, after } = await searchParams
  if (typeof instead === 'string') {
    const { definition, owner } = await readReplaced(instead)
    const days = Number(after) > 0 ? Math.round(Number(after)) : AGAIN_AFTER
    return <BuilderScreen territory={owner} existing={null} instead={{ question: definition, days }} />
  }
  if (typeof at !== 'string') redirect('/manage/fields')
  return <BuilderScreen territory={await findPlace(at)} existing={null} />
}

/** A question of reports that is to be asked less often; one that is gone, or another's, is read where it is listed. */
async function readReplaced(fieldId: string) {
  const found = await readField(fieldId)
  const { definition, canDefine } = found
  if (!canDefine || definition.retired || definition.entity !== 'report') redirect('/manage/fields')
  return found
}

async function readField(fieldId: string) {
  try {
    return await (await caller()).field.get({ fieldId })
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
