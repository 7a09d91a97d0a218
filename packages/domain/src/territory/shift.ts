import type { Path } from './path.ts'
import { linesChanged } from './placement.ts'

/** What is counted at some tops is counted once more (1) or once less (-1) at a territory. */
export type Shift = {
  readonly tops: readonly string[]
  readonly at: readonly { readonly id: string; readonly times: 1 | -1 }[]
}

/**
 * What moves of branches change in the counts of the territories above them, branches with the same way together. Paths
 * are those of the tops before the first move and after the last; no branch held another before.
 */
export function shiftsOf(
  placed: readonly { readonly id: string; readonly from: Path; readonly to: Path }[],
): Shift[] {
  const shifts = new Map<string, { tops: string[]; at: Shift['at'] }>()
  for (const { id, from, to } of placed) {
    const { left, joined } = linesChanged(from, to)
    const key = `${left} ${joined}`
    const known = shifts.get(key)
    if (known) known.tops.push(id)
    else if (left.length + joined.length > 0)
      shifts.set(key, {
        tops: [id],
        at: [
          ...left.map((at) => ({ id: at, times: -1 as const })),
          ...joined.map((at) => ({ id: at, times: 1 as const })),
        ],
      })
  }
  return [...shifts.values()]
}
