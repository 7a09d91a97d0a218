import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ImportListScreen } from '../../../../features/import/import-list-screen.tsx'

type Props = { searchParams: Promise<{ kind?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('import'))('list.page') }
}

export default async function Page({ searchParams }: Props) {
  const { kind } = await searchParams
  // A guide that says what is to be imported goes straight to the file.
  if (typeof kind === 'string') redirect(`/admin/imports/new?${new URLSearchParams({ kind })}`)
  return <ImportListScreen />
}
