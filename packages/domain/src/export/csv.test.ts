import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cell, toCsv } from './csv.ts'

/** A strict RFC 4180 reader, so that what is written is judged by something else than the writer. */
function read(csv: string, separator: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let i = csv.startsWith('\uFEFF') ? 1 : 0
  while (i < csv.length) {
    let text = ''
    if (csv[i] === '"') {
      for (i += 1; !(csv[i] === '"' && csv[i + 1] !== '"'); i += 1) {
        if (i >= csv.length) throw new Error('unclosed quote')
        text += csv[i]
        if (csv[i] === '"') i += 1
      }
      i += 1
    } else {
      while (csv[i] !== separator && csv[i] !== '\r') {
        if (csv[i] === '"' || csv[i] === '\n' || i >= csv.length) throw new Error(`bare ${csv[i]}`)
        text += csv[i]
        i += 1
      }
    }
    row.push(text)
    if (csv[i] === separator) i += 1
    else {
      if (csv.slice(i, i + 2) !== '\r\n') throw new Error('no line end')
      i += 2
      rows.push(row)
      row = []
    }
  }
  return rows
}

const body = (rows: Cell[][], locale: 'fr' | 'en' = 'fr') => toCsv(rows, locale).slice(1)

describe('csv', () => {
  it('French: byte-order mark, semicolons, CRLF, decimal comma', () => {
    expect(
      toCsv(
        [
          ['Société', 'Part'],
          ['Harispe', 0.5],
        ],
        'fr',
      ),
    ).toBe('\uFEFFSociété;Part\r\nHarispe;0,5\r\n')
  })
  it('English: commas and decimal points', () => {
    expect(toCsv([['Harispe', 0.5]], 'en')).toBe('\uFEFFHarispe,0.5\r\n')
  })
  it('separator, quote and line end inside a text are quoted', () => {
    expect(body([['a;b', 'dit "oui"', 'deux\r\nlignes', 'a,b']])).toBe(
      '"a;b";"dit ""oui""";"deux\r\nlignes";a,b\r\n',
    )
  })
  it.each(['=', '+', '-', '@', '\t', '\r', '\n'])(
    'a text beginning with %j is never run as a formula',
    (first) => {
      expect(read(toCsv([[`${first}1+1`]], 'fr'), ';')).toEqual([[`'${first}1+1`]])
    },
  )
  it('a negative number stays a number', () => {
    expect(body([[-12.5, '-12,5']])).toBe("-12,5;'-12,5\r\n")
  })
  it('null, NaN and infinity are empty', () => {
    expect(body([[null, Number.NaN, Number.POSITIVE_INFINITY]])).toBe(';;\r\n')
  })
  it('any text reads back as it was, save the apostrophe put before a formula', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', '=', ';', ',', '"', '\r', '\n', '\t', ' ', '@'),
    })
    fc.assert(
      fc.property(
        fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
        fc.constantFrom('fr' as const, 'en' as const),
        (rows, locale) => {
          const back = read(toCsv(rows, locale), locale === 'fr' ? ';' : ',')
          expect(back).toEqual(
            rows.map((row) => row.map((cell) => (/^[=@\t\r\n]/.test(cell) ? `'${cell}` : cell))),
          )
        },
      ),
    )
  })
})
