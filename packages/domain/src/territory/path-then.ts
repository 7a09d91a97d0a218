import { isWithin, type Path } from './path.ts'

/** A branch was put elsewhere: the path of its top before and after, at an instant in milliseconds since 1970. */
export type BranchMove = { readonly at: number; readonly from: Path; readonly to: Path }

/** The path that a territory had at an instant, from the path it has now. `moves`: all since then at least, latest first. */
export const pathThen = (path: Path, moves: readonly BranchMove[], instant: number): Path =>
  moves.reduce(
    (then, { at, from, to }) => (at > instant && isWithin(to, then) ? from + then.slice(to.length) : then),
    path,
  )
