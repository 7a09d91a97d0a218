/**
 * A path is the ids from the root to a territory, each followed by "/": "fr/na/64/pb/".
 * Compared byte by byte (COLLATE "C"), so a branch is one range.
 */
export type Path = string

export const childPath = (parent: Path, id: string): Path => `${parent}${id}/`

export const pathIds = (path: Path): string[] => path.split('/').slice(0, -1)

/** Of the territory above; empty at the root. */
export const parentPath = (path: Path): Path => path.slice(0, path.lastIndexOf('/', path.length - 2) + 1)

/** Whether `path` is `branch` itself or below it. */
export const isWithin = (branch: Path, path: Path): boolean => path.startsWith(branch)

/** The range [from, to) that holds a branch: "0" is the byte after "/". */
export const branchRange = (branch: Path): { from: Path; to: Path } => ({
  from: branch,
  to: `${branch.slice(0, -1)}0`,
})

/** Drops branches that lie inside another of the list; the union stays the same. */
export function outermost(branches: readonly Path[]): Path[] {
  const sorted = [...new Set(branches)].sort((a, b) => (a < b ? -1 : 1))
  const kept: Path[] = []
  for (const branch of sorted) {
    const last = kept.at(-1)
    if (last === undefined || !isWithin(last, branch)) kept.push(branch)
  }
  return kept
}
