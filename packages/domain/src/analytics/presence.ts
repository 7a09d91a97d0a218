import { monthsOf, type Period } from './period.ts'

/** Years that one row of presence holds. */
const YEARS = 5

/** Eras from the first of some periods to the last, with the months of each period in each era as bits. */
export type Eras = {
  readonly first: number
  readonly last: number
  /** By period, then by era from `first`. */
  readonly months: readonly (readonly bigint[])[]
}

/** How presence keeps the months of periods: an era is year / 5, a month its bit (year % 5) * 12 + month - 1. */
export function erasOf(periods: readonly Period[]): Eras {
  const marked = periods.map(bitsByEra)
  const eras = marked.flatMap((bits) => [...bits.keys()])
  const [first, last] = [Math.min(...eras), Math.max(...eras)]
  const months = marked.map((bits) =>
    Array.from({ length: last - first + 1 }, (_, at) => bits.get(first + at) ?? 0n),
  )
  return { first, last, months }
}

function bitsByEra(period: Period): Map<number, bigint> {
  const eras = new Map<number, bigint>()
  for (const month of monthsOf(period)) {
    const [year = 0, at = 1] = month.split('-').map(Number)
    const era = Math.floor(year / YEARS)
    eras.set(era, (eras.get(era) ?? 0n) | (1n << BigInt((year % YEARS) * 12 + at - 1)))
  }
  return eras
}
