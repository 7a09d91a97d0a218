import { Readable } from 'node:stream'
import { IMPORT_MAX } from '@fieldback/domain/import/import'
import { guessSeparator, withoutApostrophe } from '@fieldback/domain/import/table-text'
import { CsvError, parse } from 'csv-parse'
import { ImportFailed } from './import-failed.ts'
import type { OpenFile, Table, TableRow } from './table.ts'

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const HEAD = 64 * 1024
const LF = 0x0a
const CR = 0x0d

/** A text of cells: its encoding and separator are found, and nothing of it is held but the line at hand. */
export async function openCsv(open: OpenFile): Promise<Table> {
  const { encoding, breaks } = await survey(open)
  const separator = guessSeparator(await headOf(open, encoding))
  return {
    format: { encoding, separator },
    // Quoted line breaks are none of lines: only a text with many breaks is worth counting.
    mayExceed: breaks > IMPORT_MAX.lines,
    rows: () => rowsOf(open, encoding, separator),
  }
}

/** One pass over the bytes: what they are, and how many lines they hold at most. */
async function survey(open: OpenFile): Promise<{ encoding: Encoding; breaks: number }> {
  const strict = new TextDecoder('utf-8', { fatal: true })
  let marked: Encoding | null = null
  let utf8 = true
  let first = true
  let [lf, cr] = [0, 0]
  for await (const chunk of await open()) {
    if (first) marked = byMark(chunk)
    first = false
    lf += countOf(chunk, LF)
    cr += countOf(chunk, CR)
    if (marked?.startsWith('utf-16')) continue
    if (chunk.includes(0)) throw new ImportFailed('FILE_NOT_TABLE')
    utf8 &&= decodes(strict, chunk, true)
  }
  if (first) throw new ImportFailed('FILE_EMPTY')
  utf8 &&= decodes(strict, new Uint8Array(), false)
  return { encoding: marked ?? (utf8 ? 'utf-8' : 'windows-1252'), breaks: Math.max(lf, cr) }
}

function byMark(chunk: Uint8Array): Encoding | null {
  const [a, b, c] = chunk
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : null
}

function countOf(chunk: Uint8Array, byte: number): number {
  let count = 0
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) count += 1
  return count
}

function decodes(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array, stream: boolean): boolean {
  try {
    decoder.decode(chunk, { stream })
    return true
  } catch {
    return false
  }
}

async function* textOf(open: OpenFile, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of await open()) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

async function headOf(open: OpenFile, encoding: Encoding): Promise<string> {
  let head = ''
  for await (const text of textOf(open, encoding)) {
    head += text
    if (head.length >= HEAD) break
  }
  return head.slice(0, HEAD)
}

/** Letters of the longest line that fits the bounds; a quote that is never closed would otherwise take in the whole file. */
const LINE_MAX = IMPORT_MAX.columns * IMPORT_MAX.cell

async function* rowsOf(open: OpenFile, encoding: Encoding, separator: string): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LINE_MAX,
  })
  const source = Readable.from(textOf(open, encoding))
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let number = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1
      yield { number, cells: record.map(withoutApostrophe) }
    }
  } catch (error) {
    throw error instanceof CsvError ? new ImportFailed(codeOf(error)) : error
  } finally {
    source.destroy()
    parser.destroy()
  }
}

/** A quote left open takes the lines that follow into one; a text without end is one line. */
function codeOf({ code, lines, records }: CsvError & { lines?: number; records?: number }) {
  if (code === 'CSV_MAX_RECORD_SIZE')
    return Number(lines) - Number(records) > 1 ? 'QUOTE_OPEN' : 'CELL_TOO_LONG'
  return code === 'CSV_QUOTE_NOT_CLOSED' ? 'QUOTE_OPEN' : 'FILE_NOT_TABLE'
}
