import { addDays } from '../agenda/day.ts'
import { groupBy } from '../analytics/group-by.ts'
import type { DayRange } from '../analytics/period.ts'
import { type Path, pathIds } from './path.ts'
import { back, type LineMove } from './path-then.ts'

/** Days, both included, on which reports filed at a territory counted where it is meant. */
export type Stretch = DayRange & { readonly territoryId: string }

/**
 * Where reports of some days lie that count somewhere as organised then: of each territory, the days on which its line was one that `counts`.
 * `paths`: of all that may have lain there, as they are now. `moves`: as for linesOf.
 */
export function stretchesIn(
  counts: (line: readonly string[]) => boolean,
  paths: ReadonlyMap<string, Path>,
  { moves, days }: { readonly moves: readonly LineMove[]; readonly days: DayRange },
): Stretch[] {
  const inside = (path: Path): boolean => counts(pathIds(path))
  const eras = [...groupBy(moves, ({ lastDay }) => lastDay)]
  const stretches: Stretch[] = []
  for (const [territoryId, now] of paths) {
    let path = now
    // The last day of the stretch that is followed back; null: it lay elsewhere.
    let to = inside(now) ? days.to : null
    const begins = (from: string) => {
      if (to !== null && from <= to) stretches.push({ territoryId, from, to })
      to = null
    }
    for (const [lastDay, movedThen] of eras) {
      path = movedThen.reduce(back, path)
      const there = inside(path)
      if (to !== null && !there) begins(later(addDays(lastDay, 1), days.from))
      else if (to === null && there) to = earlier(lastDay, days.to)
    }
    begins(days.from)
  }
  return stretches
}

const earlier = (a: string, b: string): string => (a < b ? a : b)
const later = (a: string, b: string): string => (a > b ? a : b)
