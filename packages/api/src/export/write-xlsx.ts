import type { Cell } from '@fieldback/domain/export/csv'
import { type ZipPart, zipped } from './write-zip.ts'

type Page = readonly (readonly Cell[])[]

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const SHEETS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** What a book is but for its cells. The first line is bold and stays in view; style 2 is a day. */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}"><sheets><sheet name="Fieldback" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${SHEETS}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
}

/**
 * A book of one sheet, made as it is fetched: the first line of the first page are its heads. Every text is a text: none is
 * ever run as a formula. Source: ECMA-376, part 1, 18.3.
 */
export function xlsxOf(pages: AsyncIterable<Page>): AsyncGenerator<Uint8Array> {
  const fixed = Object.entries(PARTS).map(([name, xml]): ZipPart => ({ name, chunks: once(HEAD + xml) }))
  return zipped([...fixed, { name: 'xl/worksheets/sheet1.xml', chunks: sheet(pages) }])
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}

async function* sheet(pages: AsyncIterable<Page>): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${SHEETS}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>`
  let isHead = true
  for await (const page of pages) {
    yield page
      .map((row) => {
        const cells = row.map((cell) => cellXml(cell, isHead)).join('')
        isHead = false
        return `<row>${cells}</row>`
      })
      .join('')
  }
  yield '</sheetData></worksheet>'
}

/** Without an address a cell stands behind the one before. */
function cellXml(cell: Cell, isHead: boolean): string {
  if (cell === null) return '<c/>'
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c><v>${cell}</v></c>` : '<c/>'
  const day = isHead ? null : dayNumber(cell)
  if (day !== null) return `<c s="2"><v>${day}</v></c>`
  return `<c t="inlineStr"${isHead ? ' s="1"' : ''}><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`
}

/** Letters of a cell. */
const TEXT_MOST = 32_767

/** No XML holds these, whatever stands for them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** "_x0041_" is how a book writes a letter by its number: meant as it stands, its underscore is written so itself. */
const xmlText = (text: string): string =>
  text
    .slice(0, TEXT_MOST)
    .replace(UNWRITABLE, '\uFFFD')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>]/g, (letter) => ESCAPES[letter] ?? letter)

const DAY_MS = 86_400_000
/** Day 0 as of 1 March 1900: before it a book counts a day that never was. */
const FIRST_DAY = Date.UTC(1899, 11, 30)

/** The number of a day, written YYYY-MM-DD; null when the text is none. */
function dayNumber(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const time = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(time) || time < Date.UTC(1900, 2, 1)) return null
  return new Date(time).toISOString().startsWith(text) ? (time - FIRST_DAY) / DAY_MS : null
}
