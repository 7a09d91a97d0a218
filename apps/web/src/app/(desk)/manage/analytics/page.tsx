import { OverviewScreen } from '../../../../features/analytics/overview-screen.tsx'

export default function Page() {
  return <OverviewScreen />
}
