import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'

export type SortDirection = 'ascending' | 'descending'

export type Column<Row> = {
  key: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  /** Figures stand at the right. */
  figure?: boolean | undefined
  /** Names its row; the first column when none says so. */
  rowHead?: boolean | undefined
  sortable?: boolean | undefined
  /** Any CSS width. */
  width?: string | undefined
}

export type TableGroup<Row> = { key: string; head: ReactNode; aside?: ReactNode; rows: readonly Row[] }

export type DataTableProps<Row> = {
  /** Says what the table holds; read aloud, not shown (the section's title is). */
  caption: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** Either rows, or groups of rows. */
  rows?: readonly Row[] | undefined
  groups?: readonly TableGroup<Row>[] | undefined
  sort?: { key: string; direction: SortDirection } | undefined
  /** A tap on a sortable head: the caller decides the new order (and writes it in the address). */
  onSort?: ((key: string, direction: SortDirection) => void) | undefined
  /** The row of the place being looked at. */
  currentKey?: string | undefined
  /** Shown in place of rows when there are none: Empty. */
  empty?: ReactNode
}

const edge = 'px-3 first:pl-0 last:pr-0'

/** The other way when already sorted by this column; figures begin with the largest. */
export const nextDirection = (
  column: { key: string; figure?: boolean | undefined },
  sort: Sort,
): SortDirection => {
  if (sort?.key === column.key) return sort.direction === 'ascending' ? 'descending' : 'ascending'
  return column.figure ? 'descending' : 'ascending'
}
type Sort = { key: string; direction: SortDirection } | undefined

function Head<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>
  sort: Sort
  onSort: DataTableProps<Row>['onSort']
}) {
  const active = sort?.key === column.key
  const Arrow = sort?.direction === 'ascending' ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      aria-sort={column.sortable ? (active ? sort.direction : 'none') : undefined}
      style={column.width ? { width: column.width } : undefined}
      className={joinClasses(
        'h-8 whitespace-nowrap font-medium text-caption text-ink-2',
        column.sortable && onSort && 'max-lg:h-11',
        edge,
        column.figure ? 'text-right' : 'text-left',
      )}
    >
      {column.sortable && onSort ? (
        <button
          type="button"
          onClick={() => onSort(column.key, nextDirection(column, sort))}
          className={joinClasses(
            'touch inline-flex items-center gap-0.5 font-medium hover:text-ink max-lg:h-11 max-lg:min-w-11',
            column.figure && 'justify-end',
          )}
        >
          {column.head}
          {active && <Arrow size={13} />}
        </button>
      ) : (
        column.head
      )}
    </th>
  )
}

function Body<Row>(props: DataTableProps<Row> & { shown: readonly Row[] }) {
  const { columns, rowKey, currentKey, shown } = props
  const headed = columns.find((column) => column.rowHead) ?? columns[0]
  return shown.map((row) => {
    const key = rowKey(row)
    return (
      <tr
        key={key}
        aria-current={key === currentKey ? 'true' : undefined}
        className="border-line border-t aria-[current]:bg-canvas"
      >
        {columns.map((column) => {
          const Cell = column === headed ? 'th' : 'td'
          return (
            <Cell
              key={column.key}
              scope={column === headed ? 'row' : undefined}
              className={joinClasses(
                'h-11 py-1 [&>*]:align-middle',
                edge,
                column === headed && 'font-medium',
                column.figure ? 'whitespace-nowrap text-right' : 'text-left',
              )}
            >
              {column.cell(row)}
            </Cell>
          )
        })}
      </tr>
    )
  })
}

function GroupHead({ head, aside, span }: { head: ReactNode; aside: ReactNode; span: number }) {
  return (
    <tr className="border-line-2 border-t">
      <th colSpan={span} scope="rowgroup" className="h-10 text-left font-strong">
        <span className="flex items-center justify-between gap-4">
          <span className="flex items-center gap-2">{head}</span>
          <span className="font-regular text-ink-2">{aside}</span>
        </span>
      </th>
    </tr>
  )
}

/** Head 32 (44 where fingers sort), rows 44, hairlines, no zebra. Scrolls sideways inside itself where there is little room. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, groups, rows = [], sort, onSort, empty } = props
  const none = groups ? groups.every((group) => group.rows.length === 0) : rows.length === 0
  if (none && empty) return <>{empty}</>
  return (
    <div className="scroll-hint @container relative -mx-1 overflow-x-auto px-1">
      <table className="w-full border-collapse text-small tabular-nums @max-3xl:min-w-max">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        {groups ? (
          groups.map((group) => (
            <tbody key={group.key}>
              <GroupHead head={group.head} aside={group.aside} span={columns.length} />
              <Body {...props} shown={group.rows} />
            </tbody>
          ))
        ) : (
          <tbody>
            <Body {...props} shown={rows} />
          </tbody>
        )}
      </table>
    </div>
  )
}
