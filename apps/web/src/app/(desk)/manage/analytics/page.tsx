import { getTranslations } from 'next-intl/server'
import { OverviewScreen } from '../../../../features/analytics/overview-screen.tsx'
import { Board } from '../../../../features/view/board.tsx'
import { overviewStart } from '../../../../server/analytics-start.ts'
import { boardStart } from '../../../../server/view-start.ts'

export async function generateMetadata() {
  const text = await getTranslations('analytics')
  return { title: text('tabs.overview') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Page({ searchParams }: Props) {
  const [start, told] = await Promise.all([overviewStart(searchParams), boardStart()])
  return <OverviewScreen start={start} board={<Board told={told} />} />
}
