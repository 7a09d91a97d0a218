'use client'
import type { ImportDetail, ImportLine } from '@fieldback/domain/import/import'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { usedColumns } from './mapping.ts'
import { useWords, type Words } from './use-words.ts'

/** More columns than that are not read side by side; the file holds them all. */
const COLUMNS_SHOWN = 24
const CELL_SHOWN = 120

export type LineTableProps = {
  readonly detail: ImportDetail
  readonly lines: readonly ImportLine[]
  readonly caption: string
}

/** Lines of the file as they were read: what is wrong or in doubt comes first, then the cells that are used. */
export function LineTable({ detail, lines, caption }: LineTableProps) {
  const words = useWords()
  const { text, formats } = words
  const some = (has: (line: ImportLine) => boolean) => lines.some(has)
  const columns: Column<ImportLine>[] = [
    { key: 'line', head: text('lines.line'), width: '64px', cell: ({ line }) => formats.number(line) },
    ...(some(({ faults }) => faults.length > 0) ? [faultColumn(detail, words)] : []),
    ...(some(({ matches }) => matches.length > 0) ? [matchColumn(words)] : []),
    ...(some(({ kept }) => kept !== null) ? [keptColumn(words)] : []),
    ...cellColumns(detail, words),
  ]
  return <DataTable caption={caption} columns={columns} rows={lines} rowKey={({ line }) => String(line)} />
}

const faultColumn = ({ fields }: ImportDetail, { text, fault }: Words): Column<ImportLine> => ({
  key: 'faults',
  head: text('lines.faults'),
  cell: ({ faults }) => (
    <ul className="w-72 max-w-[60vw] whitespace-normal py-1 font-medium">
      {faults.map((one) => (
        <li key={`${one.code} ${one.target}`}>{fault(one, fields)}</li>
      ))}
    </ul>
  ),
})

const matchColumn = ({ text, match, why }: Words): Column<ImportLine> => ({
  key: 'matches',
  head: text('lines.matches'),
  cell: ({ matches }) => (
    <ul className="w-72 max-w-[60vw] whitespace-normal py-1">
      {matches.map((one) => (
        <li key={one.id}>
          {match(one)}
          <span className="block text-caption text-ink-2">{why(one)}</span>
        </li>
      ))}
    </ul>
  ),
})

const keptColumn = ({ text }: Words): Column<ImportLine> => ({
  key: 'kept',
  head: text('lines.kept'),
  cell: ({ kept }) => kept && <span className="whitespace-nowrap font-medium">{text(`kept.${kept}`)}</span>,
})

const cellColumns = ({ mapping, fields }: ImportDetail, { target }: Words): Column<ImportLine>[] =>
  usedColumns(mapping)
    .slice(0, COLUMNS_SHOWN)
    .map(({ target: key, column }) => ({
      key,
      head: target(key, fields),
      cell: ({ cells }) => {
        const cell = cells[column] ?? ''
        return (
          <span className="inline-block max-w-60 truncate text-ink-2" title={cell.slice(0, CELL_SHOWN * 5)}>
            {cell.slice(0, CELL_SHOWN)}
          </span>
        )
      },
    }))
