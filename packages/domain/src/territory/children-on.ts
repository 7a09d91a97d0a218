import { type Path, pathIds } from './path.ts'
import type { LineMove } from './path-then.ts'

/** Both included, YYYY-MM-DD. */
type Days = { readonly from: string; readonly to: string }

/** The territories just below one over some days: those that were there on all of them, and on some only. */
export type ChildrenOn = { readonly whole: readonly string[]; readonly part: readonly string[] }

const parentIn = (path: Path): string | null => pathIds(path).at(-2) ?? null

/** `present`: those just below it now. `moves`: all whose last day is not before the first of the days, latest first. */
export function childrenOn(
  parentId: string,
  present: readonly string[],
  { moves, days }: { readonly moves: readonly LineMove[]; readonly days: Days },
): ChildrenOn {
  const own = new Map<string, LineMove[]>()
  for (const move of moves.toReversed()) {
    const id = pathIds(move.to).at(-1) ?? ''
    own.set(id, [...(own.get(id) ?? []), move])
  }
  const parentsOf = (id: string, now: string | null): Set<string | null> => {
    const parents = new Set<string | null>()
    let after = ''
    for (const { lastDay, from } of own.get(id) ?? []) {
      if (after < lastDay && after < days.to && lastDay >= days.from) parents.add(parentIn(from))
      after = lastDay
    }
    if (after < days.to) parents.add(now)
    return parents
  }
  const here = new Set(present)
  const known = [...new Set([...present, ...own.keys()])].map((id) => {
    const last = own.get(id)?.at(-1)
    return { id, parents: parentsOf(id, here.has(id) ? parentId : last ? parentIn(last.to) : null) }
  })
  const there = known.filter(({ parents }) => parents.has(parentId))
  return {
    whole: there.filter(({ parents }) => parents.size === 1).map(({ id }) => id),
    part: there.filter(({ parents }) => parents.size > 1).map(({ id }) => id),
  }
}
