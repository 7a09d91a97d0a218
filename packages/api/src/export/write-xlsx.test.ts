import type { Cell } from '@fieldback/domain/export/csv'
import { describe, expect, it } from 'vitest'
import { openTable } from '../import/read/open-table.ts'
import { xlsxOf } from './write-xlsx.ts'

async function* paged(...pages: readonly (readonly Cell[])[][]) {
  yield* pages
}

async function written(...pages: readonly (readonly Cell[])[][]): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of xlsxOf(paged(...pages))) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** As an import reads it. */
async function readBack(book: Buffer): Promise<string[][]> {
  const rows: string[][] = []
  const table = await openTable(async () => piece(book))
  for await (const { cells } of table.rows()) rows.push([...cells])
  return rows
}
async function* piece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

describe('a book', () => {
  it('holds texts, numbers and days as what they are, page after page', async () => {
    const book = await written(
      [['Jour', 'Compte', 'Fours']],
      [['2026-11-30', 'Crêperie Ô', 2]],
      [['2026-02-31', null, -3.5]],
    )
    expect(await readBack(book)).toEqual([
      ['Jour', 'Compte', 'Fours'],
      ['2026-11-30', 'Crêperie Ô', '2'],
      ['2026-02-31', '', '-3.5'],
    ])
  })
  it('runs nothing that somebody typed: hostile words stay words', async () => {
    const hostile = [
      '=1+1',
      '+cmd|calc',
      '@SUM(A1)',
      '<b>&amp;"</t></is>',
      '_x0041_',
      'a\u202Eb',
      'deux\nlignes',
    ]
    const book = await written([hostile.map(() => 'x')], [hostile])
    expect((await readBack(book))[1]).toEqual(hostile)
    expect(book.includes('<f>')).toBe(false)
  })
  it('leaves out what no book can hold, and no more than a cell takes', async () => {
    const [, row] = await readBack(
      await written([['x', 'y']], [['a\u0000\u0008b\uD800c', 'é'.repeat(40_000)]]),
    )
    expect(row?.[0]).toBe('a\uFFFD\uFFFDb\uFFFDc')
    expect(row?.[1]).toHaveLength(32_767)
  })
  it('ends the reading of its lines when nobody fetches it any more', async () => {
    let bytes = 0
    await new Promise<void>((ended) => {
      async function* endless() {
        try {
          for (let line = 0; ; line++) yield [[`${line} ${Math.sin(line)}`]]
        } finally {
          ended()
        }
      }
      const fetched = async () => {
        for await (const chunk of xlsxOf(endless())) {
          bytes += chunk.length
          if (bytes > 200_000) return
        }
      }
      void fetched()
    })
    expect(bytes).toBeGreaterThan(200_000)
  })
  it('fails as the reading of its lines fails', async () => {
    async function* broken() {
      yield [['x']]
      throw new Error('the session ended')
    }
    const read = async () => {
      for await (const _ of xlsxOf(broken()));
    }
    await expect(read()).rejects.toThrow('the session ended')
  })
})
