import { GROUP_MIN } from './group-size.ts'

/** A part of a whole: how many people are behind it, and its cases; without any it is told as empty, whoever is there. */
export type Part = { readonly id: string; readonly people: number; readonly n: number }

/** Parts whose total is told, and how many people are behind it. */
export type Line = { readonly ids: readonly string[]; readonly whole: number }

/**
 * The parts that are hidden too where small ones are, so that none of those is had by taking the others of a line from its total. What is left
 * of a total is then of two parts at least, and of five people; those who are in none of the parts told are behind what is left of it. Of
 * a line the smallest that is told goes first; where all are hidden, nothing is left to take away.
 */
export function keptBackIn(parts: readonly Part[], lines: readonly Line[]): ReadonlySet<string> {
  const byId = new Map(parts.map((part) => [part.id, part]))
  const kept = new Set<string>()
  const isHidden = ({ id, people, n }: Part): boolean => n > 0 && (people < GROUP_MIN || kept.has(id))
  // What is hidden for the sake of one line may be the only one that is in another.
  for (let settled = false; !settled; ) {
    settled = true
    for (const { ids, whole } of lines) {
      const next = nextOf(
        ids.flatMap((id) => byId.get(id) ?? []),
        { whole, isHidden },
      )
      if (next === undefined) continue
      kept.add(next.id)
      settled = false
    }
  }
  return kept
}

function nextOf(
  parts: readonly Part[],
  { whole, isHidden }: { readonly whole: number; readonly isHidden: (part: Part) => boolean },
): Part | undefined {
  const hidden = parts.filter(isHidden)
  const told = parts.filter((part) => !isHidden(part))
  const left = whole - told.reduce((sum, { people }) => sum + people, 0)
  const enough = left >= GROUP_MIN || hidden.some(({ people }) => people >= GROUP_MIN)
  if (hidden.length === 0 || (hidden.length > 1 && enough)) return undefined
  return told
    .filter(({ n }) => n > 0)
    .toSorted((a, b) => a.people - b.people || (a.id < b.id ? -1 : 1))
    .at(0)
}

/** The same of one line that holds all of the parts: one at most is hidden; null: none. */
export const keptBack = (parts: readonly Part[], whole: number): string | null =>
  [...keptBackIn(parts, [{ ids: parts.map(({ id }) => id), whole }])][0] ?? null
