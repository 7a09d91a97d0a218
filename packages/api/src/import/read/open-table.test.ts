import { describe, expect, it } from 'vitest'
import { bookOf, zipOf } from './make-xlsx.fixture.ts'
import { keptCells, openTable, refuseTooMany } from './open-table.ts'
import type { OpenFile } from './table.ts'

const file =
  (bytes: Uint8Array | string, piece = 7): OpenFile =>
  async () =>
    pieces(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, piece)

async function* pieces(bytes: Uint8Array, piece: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += piece) yield bytes.subarray(at, at + piece)
}

async function cellsOf(open: OpenFile): Promise<string[][]> {
  const rows: string[][] = []
  const table = await openTable(open)
  await refuseTooMany(table)
  for await (const row of table.rows()) rows.push(keptCells(row))
  return rows
}
const failure = async (open: OpenFile) => {
  const failed = await cellsOf(open).then(
    () => null,
    (error: unknown) => error,
  )
  return (failed as { failure?: { code: string } } | null)?.failure?.code ?? failed
}

describe('a text of cells', () => {
  it('is read in UTF-8, with its mark or without, and cut anywhere', async () => {
    for (const mark of ['', '\uFEFF'])
      for (const piece of [1, 2, 3, 1_000])
        expect(await cellsOf(file(`${mark}Nom;Ville\nCrêperie Ô;Œuf-sur-Ançe\n`, piece))).toEqual([
          ['Nom', 'Ville'],
          ['Crêperie Ô', 'Œuf-sur-Ançe'],
        ])
  })
  it('is read in Windows-1252 when it is no UTF-8: accents, œ, €', async () => {
    const bytes = Buffer.from([0x4e, 0x6f, 0x6d, 0x3b, 0x50, 0x0a, 0xe9, 0x9c, 0x3b, 0x80, 0x0a])
    expect(await cellsOf(file(bytes))).toEqual([
      ['Nom', 'P'],
      ['éœ', '€'],
    ])
    expect((await openTable(file(bytes))).format).toEqual({ encoding: 'windows-1252', separator: ';' })
  })
  it('is read in UTF-16 by its mark, in either order', async () => {
    const little = Buffer.from('\uFEFFNom\tÉté\n1\t2', 'utf16le')
    const big = Buffer.from(little).swap16()
    for (const bytes of [little, big])
      expect(await cellsOf(file(bytes, 3))).toEqual([
        ['Nom', 'Été'],
        ['1', '2'],
      ])
  })
  it.each([';', ',', '\t', '|'])('finds its separator: %j', async (separator) => {
    const text = `a${separator}b${separator}c\n"x;,\t|""y"${separator}2${separator}3\n`
    expect(await cellsOf(file(text))).toEqual([
      ['a', 'b', 'c'],
      ['x;,\t|"y', '2', '3'],
    ])
  })
  it('may hold line breaks inside quotes, and lines ended in any way', async () => {
    expect(await cellsOf(file('a;b\r\n"un\r\ndeux";x\r\n'))).toEqual([
      ['a', 'b'],
      ['un\r\ndeux', 'x'],
    ])
    expect(await cellsOf(file('a;b\r1;2\r'))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
    expect(await cellsOf(file('a;b\r\n1;2\n3;4'))).toHaveLength(3)
  })
  it('keeps the numbers of its lines where some hold nothing', async () => {
    const table = await openTable(file('a;b\n\n;\n1;2\n'))
    const numbers: number[] = []
    for await (const { number, cells } of table.rows())
      if (cells.some((cell) => cell !== '')) numbers.push(number)
    expect(numbers).toEqual([1, 4])
  })
  it('loses the apostrophes that our own files put before formulas, and runs none', async () => {
    expect(await cellsOf(file("a;b;c\n'=1+1;'+33 6;l'été\n=1+1;x;'\n"))).toEqual([
      ['a', 'b', 'c'],
      ['=1+1', '+33 6', "l'été"],
      ['=1+1', 'x', "'"],
    ])
  })
  it('a quote in the middle of a cell is a quote', async () => {
    expect(await cellsOf(file('a;b\nTube 12";x\n'))).toEqual([
      ['a', 'b'],
      ['Tube 12"', 'x'],
    ])
  })
  it('a quote that is never closed is told as such, in a short file and in a long one', async () => {
    expect(await failure(file('a;b\n"1;2\n3;4\n'))).toBe('QUOTE_OPEN')
    expect(await failure(file(`a;b\n"1;2\n${'3;4\n'.repeat(700_000)}`, 65_536))).toBe('QUOTE_OPEN')
  })
  it('200 columns are read, 201 are not', async () => {
    const line = (n: number) => Array.from({ length: n }, (_, i) => `c${i}`).join(';')
    expect((await cellsOf(file(line(200), 999)))[0]).toHaveLength(200)
    expect(await failure(file(line(201), 999))).toBe('TOO_MANY_COLUMNS')
    expect((await cellsOf(file(`${line(200)};;;`, 999)))[0]).toHaveLength(200)
  })
  it('a cell of 10,000 letters is read, one more is not, nor one without end', async () => {
    expect((await cellsOf(file(`a;b\n${'x'.repeat(10_000)};y`, 999)))[1]?.[0]).toHaveLength(10_000)
    expect(await failure(file(`a;b\n${'x'.repeat(10_001)};y`, 999))).toBe('CELL_TOO_LONG')
    expect(await failure(file(`a;b\n${'x'.repeat(2_100_000)};y`, 65_536))).toBe('CELL_TOO_LONG')
  })
  it('without anything is empty; pictures, PDF and the old format of Excel are no table', async () => {
    expect(await failure(file(''))).toBe('FILE_EMPTY')
    expect(await failure(file('%PDF-1.7 ...'))).toBe('FILE_NOT_TABLE')
    expect(await failure(file(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])))).toBe('FILE_NOT_TABLE')
    expect(await failure(file(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])))).toBe('FILE_NOT_TABLE')
  })
  it('of two million lines is refused in seconds, and memory stays flat', async () => {
    const line = Buffer.from('Fromagerie;64250\n'.repeat(4_000))
    const open: OpenFile = async () =>
      (async function* () {
        for (let i = 0; i < 500; i++) yield line
      })()
    const before = process.memoryUsage().rss
    const start = performance.now()
    expect(await failure(open)).toBe('TOO_MANY_LINES')
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })
})

const row = (r: number, cells: string) => `<row r="${r}">${cells}</row>`
const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`

describe('a book', () => {
  it('gives shared, inline and computed texts, yes and no, and nothing for a fault', async () => {
    const sheet =
      row(1, '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>') +
      row(
        2,
        `${text('A2', 'Été')}<c r="B2" t="str"><f>HYPERLINK("http://x","y")</f><v>y</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#REF!</v></c><c r="E2"><f>1+1</f></c>`,
      )
    const strings =
      '<si><t>Nom</t></si><si><r><t>Vil</t></r><r><t>le</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'
    expect(await cellsOf(file(bookOf({ sheets: [sheet], strings }), 100))).toEqual([
      ['Nom', 'Ville'],
      ['Été', 'y', '1'],
    ])
  })
  it('turns dates into ISO days, in either calendar, and pads what is shown padded', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="00000"/><numFmt numFmtId="166" formatCode="0.00&quot; day&quot;"/></numFmts>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>'
    const sheet = row(
      1,
      [46_350, 46_350.75, 46_350, 1_000, 2.5]
        .map((v, i) => `<c r="${'ABCDE'[i]}1" s="${i}"><v>${v}</v></c>`)
        .join(''),
    )
    expect(await cellsOf(file(bookOf({ sheets: [sheet], styles }), 100))).toEqual([
      ['46350', '2026-11-24', '2026-11-24', '01000', '2.5'],
    ])
    expect((await cellsOf(file(bookOf({ sheets: [sheet], styles, from1904: true }), 100)))[0]?.[1]).toBe(
      '2030-11-25',
    )
  })
  it('is read at its first sheet with data that is not hidden', async () => {
    const sheets = [row(1, text('A1', ' ')), row(1, text('A1', 'caché')), row(1, text('A1', 'vu'))]
    const open = file(bookOf({ sheets, hidden: [1] }), 100)
    expect(await cellsOf(open)).toEqual([['vu']])
    expect((await openTable(open)).format).toEqual({ sheet: 'Feuille 3' })
    expect(await failure(file(bookOf({ sheets: [''] }), 100))).toBe('FILE_EMPTY')
  })
  it('takes no room for a format on its last column, and refuses a text there', async () => {
    expect(
      await cellsOf(file(bookOf({ sheets: [row(1, `${text('A1', 'x')}<c r="XFD1" s="1"/>`)] }), 100)),
    ).toEqual([['x']])
    expect(await failure(file(bookOf({ sheets: [row(1, text('XFD1', 'x'))] }), 100))).toBe('TOO_MANY_COLUMNS')
  })
  it('that inflates beyond what it says, or beyond the bound, is refused before it fills the memory', async () => {
    const zeros = Buffer.alloc(600 * 1024 * 1024, 0x20)
    const bomb = bookOf({
      sheets: [row(1, text('A1', 'x'))],
      more: [{ name: 'xl/media/a.bin', body: zeros }],
    })
    expect(bomb.byteLength).toBeLessThan(1024 * 1024)
    expect(await failure(file(bomb, 65_536))).toBe('FILE_INFLATES')
    const rows = row(1, text('A1', 'x')) + ' '.repeat(20 * 1024 * 1024)
    const lie = bookOf({ sheets: [] })
    expect(lie.byteLength).toBeGreaterThan(0)
    const lying = zipOf([
      { name: 'xl/workbook.xml', body: '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>' },
      {
        name: 'xl/_rels/workbook.xml.rels',
        body: '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      },
      {
        name: 'xl/worksheets/sheet1.xml',
        body: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
        claims: 500,
      },
    ])
    expect(await failure(file(lying, 65_536))).toBe('FILE_NOT_TABLE')
    const strings = bookOf({ sheets: [row(1, text('A1', 'x'))], strings: ' '.repeat(130 * 1024 * 1024) })
    expect(await failure(file(strings, 65_536))).toBe('FILE_INFLATES')
  })
  it('with entities or a document type is refused, whatever they would become', async () => {
    const bomb =
      '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    expect(await failure(file(bookOf({ sheets: [bomb] }), 100))).toBe('FILE_NOT_TABLE')
    const outside = bomb.replace('"aaaaaaaaaa"', 'SYSTEM "file:///etc/passwd"')
    expect(await failure(file(bookOf({ sheets: [outside] }), 100))).toBe('FILE_NOT_TABLE')
    expect(await failure(file(bookOf({ sheets: [row(1, text('A1', '&unknown;'))] }), 100))).toBe(
      'FILE_NOT_TABLE',
    )
  })
  it('damaged, or an archive of something else, is no table', async () => {
    const whole = bookOf({ sheets: [row(1, text('A1', 'x'))] })
    expect(await failure(file(whole.subarray(0, whole.byteLength - 30), 100))).toBe('FILE_NOT_TABLE')
    expect(await failure(file(zipOf([{ name: 'word/document.xml', body: '<x/>' }]), 100))).toBe(
      'FILE_NOT_TABLE',
    )
  })
  it('of too many lines is refused', async () => {
    const many = '<row><c><v>1</v></c></row>'.repeat(500_002)
    expect(await failure(file(bookOf({ sheets: [many] }), 65_536))).toBe('TOO_MANY_LINES')
  })
})
