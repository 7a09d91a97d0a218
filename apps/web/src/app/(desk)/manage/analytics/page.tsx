import { getTranslations } from 'next-intl/server'
import { OverviewScreen } from '../../../../features/analytics/overview-screen.tsx'
import { overviewStart } from '../../../../server/analytics-start.ts'

export async function generateMetadata() {
  const text = await getTranslations('analytics')
  return { title: text('tabs.overview') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Page({ searchParams }: Props) {
  return <OverviewScreen start={await overviewStart(searchParams)} />
}
