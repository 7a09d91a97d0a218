import { joinClasses } from './join-classes.ts'
import { levelSolidGround, type Rank } from './level.ts'

/** The level's colour across the top of a territory's page. Decoration: the level is also said by its label. */
export function TopBand({ rank }: { rank: Rank }) {
  return <div aria-hidden className={joinClasses('h-1.5', levelSolidGround[rank])} />
}
