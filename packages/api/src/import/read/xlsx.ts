import { posix } from 'node:path'
import { IMPORT_MAX } from '@fieldback/domain/import/import'
import { type NumberShape, numberShape } from '@fieldback/domain/import/sheet-cell'
import { ImportFailed } from './import-failed.ts'
import { type Book, sheetRows } from './sheet-rows.ts'
import type { OpenFile, Table } from './table.ts'
import { type Archive, openArchive } from './unzip.ts'
import { readWholeXml } from './xml.ts'

/** What a book says of itself is small: larger parts are refused before they are read. */
const PART_MAX = 16 * 1024 * 1024
/** Texts are held in memory, all of them. */
const STRINGS_MAX = 128 * 1024 * 1024
/** The shortest line of a sheet, `<row><c><v>1</v></c></row>`. */
const ROW_BYTES_LEAST = 26

type Sheet = { readonly name: string; readonly part: string; readonly hidden: boolean }

/**
 * The first sheet with data of an XLSX book. Only the parts of the archive are read: nothing outside is ever fetched, and
 * of a formula the value kept beside it is taken.
 */
export async function openXlsx(open: OpenFile): Promise<Table> {
  const archive = await openArchive(open)
  const { sheets, from1904 } = await readBook(archive)
  const book: Book = { strings: await readStrings(archive), shapes: await readShapes(archive), from1904 }
  for (const sheet of [...sheets.filter(({ hidden }) => !hidden), ...sheets.filter(({ hidden }) => hidden)]) {
    const rows = () => sheetRows(archive.read(sheet.part), book)
    if (await holdsSomething(rows())) {
      const mayExceed = archive.sizeOf(sheet.part) > IMPORT_MAX.lines * ROW_BYTES_LEAST
      return { format: { sheet: sheet.name.slice(0, 100) }, mayExceed, rows }
    }
  }
  throw new ImportFailed('FILE_EMPTY')
}

async function holdsSomething(rows: ReturnType<typeof sheetRows>): Promise<boolean> {
  for await (const { cells } of rows) if (cells.some((cell) => cell.trim() !== '')) return true
  return false
}

async function readBook(archive: Archive): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  const book = 'xl/workbook.xml'
  const relations = new Map<string, string>()
  if (!archive.has(book) || !archive.has('xl/_rels/workbook.xml.rels'))
    throw new ImportFailed('FILE_NOT_TABLE')
  await readWholeXml(archive.read('xl/_rels/workbook.xml.rels', PART_MAX), {
    opened(name, { Id, Target, TargetMode }) {
      if (name !== 'Relationship' || TargetMode === 'External' || !Id || !Target) return
      relations.set(Id, Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target))
    },
  })
  const sheets: Sheet[] = []
  let from1904 = false
  await readWholeXml(archive.read(book, PART_MAX), {
    opened(element, attributes) {
      if (element === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (element !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
      const part = relations.get(id ?? '')
      if (part !== undefined && archive.has(part))
        sheets.push({
          name: attributes.name ?? '',
          part,
          hidden: (attributes.state ?? 'visible') !== 'visible',
        })
    },
  })
  return { sheets, from1904 }
}

async function readStrings(archive: Archive): Promise<string[]> {
  const part = 'xl/sharedStrings.xml'
  if (!archive.has(part)) return []
  const strings: string[] = []
  let [text, inText, inPhonetic] = ['', false, false]
  await readWholeXml(archive.read(part, STRINGS_MAX), {
    opened(name) {
      if (name === 'si') text = ''
      if (name === 't') inText = true
      if (name === 'rPh') inPhonetic = true
    },
    text(piece) {
      // One letter more than a cell may hold is enough to refuse it where it is used.
      if (inText && !inPhonetic && text.length <= IMPORT_MAX.cell) text += piece.slice(0, IMPORT_MAX.cell + 1)
    },
    closed(name) {
      if (name === 't') inText = false
      if (name === 'rPh') inPhonetic = false
      if (name === 'si') strings.push(text)
    },
  })
  return strings
}

async function readShapes(archive: Archive): Promise<NumberShape[]> {
  const part = 'xl/styles.xml'
  if (!archive.has(part)) return []
  const codes = new Map<number, string>()
  const shapes: NumberShape[] = []
  let inCells = false
  await readWholeXml(archive.read(part, PART_MAX), {
    opened(name, { numFmtId, formatCode }) {
      const id = Number(numFmtId ?? 0)
      if (name === 'numFmt' && formatCode !== undefined) codes.set(id, formatCode)
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) shapes.push(numberShape(id, codes.get(id) ?? null))
    },
    closed(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return shapes
}
