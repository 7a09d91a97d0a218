import type { ImportDetail } from '@fieldback/domain/import/import'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import * as z from 'zod'
import { ImportScreen } from '../../../../../features/import/import-screen.tsx'
import { caller } from '../../../../../server/caller.ts'
import { isRefusal } from '../../../../../server/place.ts'

type Props = { params: Promise<{ importId: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('import'))('list.page') }
}

export default async function Page({ params }: Props) {
  const importId = z.uuid().safeParse((await params).importId).data
  if (!importId) return notFound()
  return <ImportScreen key={importId} importId={importId} initial={await findImport(importId)} />
}

/** Undefined during an outage: the screen asks again, and says so. */
async function findImport(importId: string): Promise<ImportDetail | undefined> {
  const { import: imports } = await caller()
  try {
    return await imports.get({ importId })
  } catch (error) {
    return isRefusal(error) ? notFound() : undefined
  }
}
