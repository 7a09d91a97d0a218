import { getTranslations } from 'next-intl/server'
import { OverviewScreen } from '../../../features/analytics/overview-screen.tsx'

export async function generateMetadata() {
  const text = await getTranslations('analytics')
  return { title: text('tabs.overview') }
}

export default function Page() {
  return <OverviewScreen />
}
