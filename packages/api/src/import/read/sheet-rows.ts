import { IMPORT_MAX } from '@fieldback/domain/import/import'
import { columnOf, type NumberShape, sheetNumber, unescaped } from '@fieldback/domain/import/sheet-cell'
import { ImportFailed } from './import-failed.ts'
import type { TableRow } from './table.ts'
import { readXml, type XmlHandler } from './xml.ts'

/** What the cells of a sheet refer to. */
export type Book = {
  readonly strings: readonly string[]
  readonly shapes: readonly NumberShape[]
  readonly from1904: boolean
}

/** The lines of a sheet as it is read: those of one chunk are held, no more. */
export async function* sheetRows(
  chunks: AsyncIterable<Uint8Array>,
  book: Book,
): AsyncGenerator<TableRow, void, void> {
  const rows: TableRow[] = []
  for await (const _ of readXml(
    chunks,
    sheetReader(book, (row) => rows.push(row)),
  )) {
    yield* rows
    rows.length = 0
  }
  yield* rows
}

type CellAtWork = { column: number; type: string; style: number; value: string; inline: string }

function sheetReader(book: Book, keep: (row: TableRow) => void): XmlHandler {
  let number = 0
  let cells: string[] = []
  let column = 0
  let cell: CellAtWork | null = null
  let reading: 'value' | 'inline' | null = null
  return {
    opened(name, attributes) {
      if (name === 'row') {
        const said = Number(attributes.r ?? 0)
        number = Number.isSafeInteger(said) && said > number ? said : number + 1
        cells = []
        column = 0
      } else if (name === 'c') {
        column = columnOf(attributes.r ?? '') ?? column
        cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '', inline: '' }
        column += 1
      } else if (name === 'v') reading = 'value'
      else if (name === 't') reading = 'inline'
    },
    text(piece) {
      if (cell === null || reading === null) return
      cell[reading] += piece
      if (cell[reading].length > LETTERS_MAX) throw new ImportFailed('CELL_TOO_LONG')
    },
    closed(name) {
      if (name === 'v' || name === 't') reading = null
      else if (name === 'c' && cell !== null) {
        place(cells, cell.column, textOf(cell, book))
        cell = null
      } else if (name === 'row') keep({ number, cells })
    },
  }
}

/** Escapes are longer than what they stand for. */
const LETTERS_MAX = IMPORT_MAX.cell * 7

/** A cell that holds nothing takes no place: a format put on column XFD makes no line of 16,384 cells. */
function place(cells: string[], column: number, text: string): void {
  if (text.trim() === '') return
  if (column >= IMPORT_MAX.columns) throw new ImportFailed('TOO_MANY_COLUMNS')
  while (cells.length < column) cells.push('')
  cells[column] = text
}

function textOf({ type, value, inline, style }: CellAtWork, { strings, shapes, from1904 }: Book): string {
  switch (type) {
    case 's':
      return unescaped(strings[Number(value)] ?? '')
    case 'inlineStr':
      return unescaped(inline)
    case 'str':
      return unescaped(value)
    case 'e':
      return ''
    case 'd':
      return value.slice(0, 10)
    case 'b':
      return value
    default:
      return sheetNumber(value, shapes[style] ?? { as: 'number' }, from1904)
  }
}
