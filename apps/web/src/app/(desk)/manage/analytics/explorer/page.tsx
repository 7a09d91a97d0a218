import { ExplorerScreen } from '../../../../../features/analytics/explorer-screen.tsx'

export default function Page() {
  return <ExplorerScreen />
}
