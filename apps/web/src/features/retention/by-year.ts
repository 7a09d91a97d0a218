type MonthOf = { readonly month: string; readonly n: number }

/** Months that hold something, in their order, put together by years: the first and the last of each, and their sum. */
export function byYear(months: readonly MonthOf[]) {
  const years = new Map<string, { year: string; from: string; to: string; n: number }>()
  for (const { month, n } of months) {
    const year = month.slice(0, 4)
    const known = years.get(year)
    years.set(year, { year, from: known?.from ?? month, to: month, n: (known?.n ?? 0) + n })
  }
  return [...years.values()]
}
