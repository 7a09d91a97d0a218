import { DeskScreen } from '@fieldback/ui/desk-screen'
import { DeskRail } from '../../../client/desk-rail.tsx'

export default function Page() {
  return <DeskScreen rail={<DeskRail />}>{null}</DeskScreen>
}
