import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { QuarantineScreen } from '../../../../../features/quarantine/quarantine-screen.tsx'
import { caller } from '../../../../../server/caller.ts'
import { isRefusal } from '../../../../../server/place.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quarantine'))('page') }
}

export default async function Page({ params }: { params: Promise<{ itemId: string }> }) {
  return <QuarantineScreen initial={await readItem((await params).itemId)} />
}

async function readItem(itemId: string) {
  try {
    return await (await caller()).quarantine.get({ itemId })
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
