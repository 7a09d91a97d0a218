import { type Cell, type CsvLocale, toCsv } from '@fieldback/domain/export/csv'
import { xlsxOf } from './write-xlsx.ts'

export type FileFormat = 'csv' | 'xlsx'

/** A file by the chunk. */
export type Chunks = AsyncGenerator<string | Uint8Array>

/** A table in a format, made as it is fetched; the first line of the first page are its heads. */
export function tableFile(
  format: FileFormat,
  pages: AsyncGenerator<readonly (readonly Cell[])[]>,
  locale: CsvLocale,
): Chunks {
  return format === 'xlsx' ? xlsxOf(pages) : csvOf(pages, locale)
}

async function* csvOf(
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
  locale: CsvLocale,
): AsyncGenerator<string> {
  let first = true
  for await (const page of pages) {
    const text = toCsv(page, locale)
    // The byte-order mark belongs to the beginning of the file alone.
    yield first ? text : text.slice(1)
    first = false
  }
}
