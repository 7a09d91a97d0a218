import { visible } from '../analytics/group-size.ts'

/** One month of a place above the reader's: the people and the answers that are not his own. */
export type MonthBeyond = { readonly people: number; readonly n: number }

/**
 * The months of a place above that may be told to somebody without rights there, in their order: those with five other
 * people and eight other answers. The year is told too, and the months that are left out could be found by taking the
 * others away: with fewer than five people behind them all, the month of the fewest people is left out with them.
 */
export function toldMonths<Month extends MonthBeyond>(months: readonly Month[]): Month[] {
  const told = months.filter((month) => visible(month, false).visible)
  const apart = months.filter((month) => month.n > 0 && !told.includes(month))
  const isGroup = apart.some((month) => visible({ ...month, n: Number.POSITIVE_INFINITY }, false).visible)
  if (apart.length === 0 || isGroup) return told
  const fewest = told.toSorted((a, b) => a.people - b.people).at(0)
  return told.filter((month) => month !== fewest)
}
