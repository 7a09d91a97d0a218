import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ScenarioScreen } from '../../../../../../features/scenario/scenario-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('scenario'))('page') }
}

export default async function Page({ params }: { params: Promise<{ scenarioId: string }> }) {
  return <ScenarioScreen scenarioId={(await params).scenarioId} />
}
