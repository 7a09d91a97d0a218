import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AdministerScreen } from '../../../../features/territory/administer-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('territory'))('admin.page') }
}

export default function Page() {
  return <AdministerScreen />
}
