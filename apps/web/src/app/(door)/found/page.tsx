import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { FoundScreen } from '../../../features/access/found-screen.tsx'
import { findFounding } from '../../../server/founding.ts'

type Params = { searchParams: Promise<{ token?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('founding')
  return { title: text('page') }
}

export default async function Page({ searchParams }: Params) {
  const { token } = await searchParams
  const given = typeof token === 'string' ? token.slice(0, 100) : ''
  return <FoundScreen token={given} state={given === '' ? 'unknown' : await findFounding(given)} />
}
