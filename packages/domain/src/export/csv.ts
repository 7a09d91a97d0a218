/** Text is written as text, a number as a number, null as an empty cell. */
export type Cell = string | number | null

/** French spreadsheets separate by semicolons and write 3,5; English ones by commas and write 3.5. */
export type CsvLocale = 'fr' | 'en'

const BOM = '\uFEFF'

/**
 * Text that a spreadsheet would run as a formula gets an apostrophe in front.
 * Source: OWASP, "CSV Injection" (= + - @ tab, carriage return, line feed).
 */
const neutral = (text: string): string => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)

const numberText = (value: number, locale: CsvLocale): string => {
  if (!Number.isFinite(value)) return ''
  return locale === 'fr' ? String(value).replace('.', ',') : String(value)
}

/**
 * RFC 4180 text: CRLF, quotes doubled. Begins with a byte-order mark in both locales, so that accents survive
 * a double click. Numbers are never neutralised, so a negative one stays a number.
 */
export function toCsv(rows: readonly (readonly Cell[])[], locale: CsvLocale): string {
  const separator = locale === 'fr' ? ';' : ','
  const write = (cell: Cell): string => {
    if (cell === null) return ''
    const text = typeof cell === 'number' ? numberText(cell, locale) : neutral(cell)
    return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return BOM + rows.map((row) => `${row.map(write).join(separator)}\r\n`).join('')
}
