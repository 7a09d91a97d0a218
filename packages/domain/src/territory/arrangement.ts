import type { SectorAsk } from './sector-ask.ts'

/** Why nothing was done of what was asked. */
export type ArrangementCode =
  | 'FORBIDDEN'
  | 'TERRITORY_CLOSED'
  | 'SECTOR_GONE'
  | 'SECTOR_IN_USE'
  | 'UNDO_NOTHING'
  | 'TOO_LARGE'
  | 'UNAVAILABLE'

/** What was asked, and what became of it, as its asker and the managers of the branch read it. */
export type ToldArrangement = {
  readonly id: string
  readonly sectorId: string
  readonly territoryId: string
  readonly ask: SectorAsk['of']
  /** As the sub-sector is called after it. */
  readonly name: string
  readonly by: string
  readonly own: boolean
  /** Instant. */
  readonly at: string
  readonly state: 'waiting' | 'done' | 'refused'
  readonly code: ArrangementCode | null
  readonly moved: number
  /** Chosen, and left where a manager had arranged them, or somebody had taken them meanwhile. */
  readonly kept: number
  /** Another one took it back. */
  readonly undone: boolean
}
