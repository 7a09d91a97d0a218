import { GROUP_MIN } from './group-size.ts'

/** A territory of a whole: how many people are behind it, and its cases; without any it is told as empty, whoever is there. */
export type Part = { readonly id: string; readonly people: number; readonly n: number }

/**
 * The group that is hidden too where small ones are, so that none of them is had by taking the others from the total: the smallest of those
 * that are not; null where none needs to be. What is left of the total is then of two groups at least, and of five people. `whole`:
 * people behind the total; those that are in none of the groups told are behind what is left of it.
 */
export function keptBack(parts: readonly Part[], whole: number): string | null {
  const told = parts.filter(({ people, n }) => n === 0 || people >= GROUP_MIN)
  const hidden = parts.length - told.length
  const left = whole - told.reduce((sum, { people }) => sum + people, 0)
  if (hidden === 0 || (hidden > 1 && left >= GROUP_MIN)) return null
  const shown = told.filter(({ n }) => n > 0)
  return shown.toSorted((a, b) => a.people - b.people || (a.id < b.id ? -1 : 1))[0]?.id ?? null
}
