import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SetupScreen } from '../../../../features/org/setup-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('orgSetup'))('page') }
}

export default function Page() {
  return <SetupScreen />
}
