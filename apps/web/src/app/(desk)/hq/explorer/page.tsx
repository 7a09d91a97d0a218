import { getTranslations } from 'next-intl/server'
import { ExplorerScreen } from '../../../../features/analytics/explorer-screen.tsx'

export async function generateMetadata() {
  const text = await getTranslations('analytics')
  return { title: text('tabs.explorer') }
}

export default function Page() {
  return <ExplorerScreen />
}
