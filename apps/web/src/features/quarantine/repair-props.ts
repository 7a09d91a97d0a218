import type { AsideTold } from '@fieldback/api/quarantine/read'
import type { Repair } from '@fieldback/domain/quarantine/repair'

export type RepairProps = {
  readonly item: AsideTold
  readonly given: Repair
  readonly onGive: (more: Repair) => void
}
