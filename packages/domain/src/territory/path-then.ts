import { isWithin, type Path, pathIds } from './path.ts'

/** A branch was put elsewhere: the path of its top before and after. */
type Placed = { readonly from: Path; readonly to: Path }

/** `at`: an instant in milliseconds since 1970. */
export type BranchMove = Placed & { readonly at: number }

/** `lastDay`: YYYY-MM-DD, the last day that is counted as the tree was before. */
export type LineMove = Placed & { readonly lastDay: string }

/** The path of a territory before a branch was put elsewhere. */
export const back = (path: Path, { from, to }: Placed): Path =>
  isWithin(to, path) ? from + path.slice(to.length) : path

/** The path that a territory had at an instant, from the path it has now. `moves`: all since then at least, latest first. */
export const pathThen = (path: Path, moves: readonly BranchMove[], instant: number): Path =>
  moves.reduce((then, move) => (move.at > instant ? back(then, move) : then), path)

/** Territories from the root down to one, in the tree of today or in that of a day; none for an unknown one. */
export type LineOf = (territoryId: string, day?: string) => readonly string[]

/**
 * Lines of territories from the paths they have now. `moves`: all whose last day is not before the days that are asked
 * for, latest first.
 */
export function linesOf(paths: ReadonlyMap<string, Path>, moves: readonly LineMove[]): LineOf {
  const known = new Map<string, readonly string[]>()
  return (territoryId, day) => {
    // Days never go back from one move to the next: those that count after a day are the first ones of the list.
    const later = day === undefined ? 0 : moves.findLastIndex(({ lastDay }) => lastDay >= day) + 1
    const key = `${territoryId} ${later}`
    const line = known.get(key) ?? pathIds(moves.slice(0, later).reduce(back, paths.get(territoryId) ?? ''))
    known.set(key, line)
    return line
  }
}
