import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SettingsScreen } from '../../../../features/org/settings-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('org'))('settings.page') }
}

export default function Page() {
  return <SettingsScreen />
}
