import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NewImportScreen } from '../../../../../features/import/new-import-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('import'))('new.page') }
}

export default function Page() {
  return <NewImportScreen />
}
