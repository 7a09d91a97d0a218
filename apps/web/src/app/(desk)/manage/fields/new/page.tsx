import { notFound, redirect } from 'next/navigation'
import { BuilderScreen, type Instead } from '../../../../../features/field/builder-screen.tsx'
import { caller } from '../../../../../server/caller.ts'
import { findPlace, isRefusal } from '../../../../../server/place.ts'

type Named = 'at' | 'instead' | 'after'
type Props = { searchParams: Promise<Partial<Record<Named, string | string[]>>> }

export default async function Page({ searchParams }: Props) {
  const { at, instead, after } = await searchParams
  if (typeof at !== 'string') redirect('/manage/fields')
  return (
    <BuilderScreen
      territory={await findPlace(at)}
      existing={null}
      instead={typeof instead === 'string' ? await readInstead(instead, Number(after)) : undefined}
    />
  )
}

/** A question of reports that the audit proposes to ask less often. */
async function readInstead(fieldId: string, days: number): Promise<Instead> {
  try {
    const { definition, canDefine } = await (await caller()).field.get({ fieldId })
    // What is no longer asked, or is another's, needs no successor from here.
    if (!canDefine || definition.retired || definition.entity !== 'report') redirect('/manage/fields')
    return { question: definition, days: Number.isInteger(days) && days > 0 ? days : 180 }
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
