import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { CompareScreen } from '../../../../../../features/scenario/compare-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('scenario'))('compare.page') }
}

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}) {
  const { a, b } = await searchParams
  if (typeof a !== 'string' || typeof b !== 'string') notFound()
  return <CompareScreen scenarioId={a} otherId={b} />
}
