import { notFound } from 'next/navigation'
import { cache } from 'react'
import * as z from 'zod'
import { PersonScreen } from '../../../../../../features/assignment/person-screen.tsx'
import { caller } from '../../../../../../server/caller.ts'
import { isRefusal } from '../../../../../../server/place.ts'

type Params = { params: Promise<{ membershipId: string }> }

const findPerson = cache(async (membershipId: string) => {
  if (!z.uuid().safeParse(membershipId).success) return notFound()
  const called = await caller()
  try {
    return await called.assignment.ofPerson({ membershipId })
  } catch (error) {
    if (isRefusal(error)) return notFound()
    throw error
  }
})

export async function generateMetadata({ params }: Params) {
  return { title: (await findPerson((await params).membershipId)).displayName }
}

export default async function Page({ params }: Params) {
  const { membershipId } = await params
  return (
    <PersonScreen key={membershipId} membershipId={membershipId} initial={await findPerson(membershipId)} />
  )
}
