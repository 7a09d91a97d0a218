import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ScenarioListScreen } from '../../../../../features/scenario/scenario-list-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('scenario'))('page') }
}

export default function Page() {
  return <ScenarioListScreen />
}
