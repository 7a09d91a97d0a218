import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import * as z from 'zod'
import { CoachingScreen } from '../../../../../features/coaching/coaching-screen.tsx'
import { findPlace, findTop } from '../../../../../server/place.ts'

type Props = {
  searchParams: Promise<{
    at?: string | string[]
    near?: string | string[]
    to?: string
    report?: string
    span?: string
  }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('coachingDesk'))('page') }
}

export default async function Page({ searchParams }: Props) {
  const { at, near, to, report, span } = await searchParams
  if (typeof at !== 'string') {
    // Where a note is begun from somewhere else: in the reader's own branch, whatever is under it.
    const top = await findTop(z.uuid().safeParse(near).data)
    const kept = Object.entries({ at: top, to, report, span }).filter(([, said]) => typeof said === 'string')
    redirect(`/manage/coaching?${new URLSearchParams(kept as [string, string][])}`)
  }
  return <CoachingScreen key={at} territory={await findPlace(at)} />
}
