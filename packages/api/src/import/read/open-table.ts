import { IMPORT_MAX } from '@fieldback/domain/import/import'
import { openCsv } from './csv.ts'
import { ImportFailed } from './import-failed.ts'
import type { OpenFile, Table, TableRow } from './table.ts'
import { openXlsx } from './xlsx.ts'

const ZIP = [0x50, 0x4b]
/** What people send by mistake: PDF, the old format of Excel. */
const OTHERS = [
  [0x25, 0x50, 0x44, 0x46],
  [0xd0, 0xcf, 0x11, 0xe0],
]

/** A file as a table, by what it is and not by what it is called. Fails with ImportFailed. */
export async function openTable(open: OpenFile): Promise<Table> {
  const head = await headOf(open)
  if (OTHERS.some((mark) => startsWith(head, mark))) throw new ImportFailed('FILE_NOT_TABLE')
  return startsWith(head, ZIP) ? openXlsx(open) : openCsv(open)
}

async function headOf(open: OpenFile): Promise<Uint8Array> {
  for await (const chunk of await open()) if (chunk.byteLength > 0) return chunk
  throw new ImportFailed('FILE_EMPTY')
}

const startsWith = (head: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => head[at] === byte)

/** Counts the lines of a table that may have too many, before any is kept: TOO_MANY_LINES. */
export async function refuseTooMany(table: Table): Promise<void> {
  if (!table.mayExceed) return
  let lines = 0
  for await (const _ of table.rows()) {
    lines += 1
    if (lines > IMPORT_MAX.lines + 1) throw new ImportFailed('TOO_MANY_LINES')
  }
}

/** A line as it is kept: nothing that a database of UTF-8 cannot hold, no empty cells at its end. Bounds are checked. */
export function keptCells({ cells }: TableRow): string[] {
  let end = cells.length
  while (end > 0 && (cells[end - 1] ?? '').trim() === '') end -= 1
  if (end > IMPORT_MAX.columns) throw new ImportFailed('TOO_MANY_COLUMNS')
  return cells.slice(0, end).map((cell) => {
    if (cell.length > IMPORT_MAX.cell) throw new ImportFailed('CELL_TOO_LONG')
    return cell
      .replaceAll('\u0000', '')
      .replace(/\p{Surrogate}/gu, '\uFFFD')
      .trim()
  })
}
