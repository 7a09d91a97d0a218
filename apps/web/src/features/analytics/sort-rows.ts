import type { PlaceFigure } from '@fieldback/api/analytics/figure'
import type { Sort } from '@fieldback/domain/analytics/address'

type Row = PlaceFigure & { readonly visits?: number; readonly reportsBefore?: number }

/** What a row is ordered by; null for what is hidden or not there, which comes last either way. */
export type SortableRow = Readonly<
  Record<'n' | 'change' | 'visits' | 'k' | 'rate' | 'people', number | null> & { name: string }
>

const sortableOf = ({ place, n, k, rate, people, visits, reportsBefore }: Row): SortableRow => ({
  name: place.name,
  n,
  k,
  rate: rate?.share ?? null,
  people,
  visits: visits ?? null,
  change: reportsBefore ? n - reportsBefore : null,
})

const isKey = (key: string, row: SortableRow): key is keyof SortableRow => key in row

/** Rows in the order asked for; what is hidden last, equals by name. */
export function sortRows<R extends Row>(rows: readonly R[], { key, direction }: Sort): R[] {
  const sign = direction === 'ascending' ? 1 : -1
  return rows
    .map((row) => ({ row, by: sortableOf(row) }))
    .sort((a, b) => {
      const byName = a.by.name.localeCompare(b.by.name)
      if (!isKey(key, a.by)) return byName
      const [x, y] = [a.by[key], b.by[key]]
      if (typeof x === 'string' || typeof y === 'string') return sign * byName
      if (x === null || y === null) return x === y ? byName : x === null ? 1 : -1
      return sign * (x - y) || byName
    })
    .map(({ row }) => row)
}
