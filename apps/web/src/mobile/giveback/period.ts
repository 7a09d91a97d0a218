export const PERIODS = ['month', 'quarter', 'year'] as const
export type Period = (typeof PERIODS)[number]

const MONTHS: Readonly<Record<Period, number>> = { month: 1, quarter: 3, year: 12 }

/** Whole months, the present one last: YYYY-MM bounds and the first day. */
export function periodBounds(
  period: Period,
  today: string,
): { readonly fromMonth: string; readonly toMonth: string; readonly fromDay: string } {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const index = year * 12 + month - MONTHS[period]
  const fromMonth = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
  return { fromMonth, toMonth: today.slice(0, 7), fromDay: `${fromMonth}-01` }
}
