import { getTranslations } from 'next-intl/server'
import { ExplorerScreen } from '../../../../../features/analytics/explorer-screen.tsx'
import { SaveView } from '../../../../../features/view/save-view.tsx'
import { explorerStart } from '../../../../../server/analytics-start.ts'

export async function generateMetadata() {
  const text = await getTranslations('analytics')
  return { title: text('tabs.explorer') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Page({ searchParams }: Props) {
  return <ExplorerScreen start={await explorerStart(searchParams)} actions={<SaveView />} />
}
