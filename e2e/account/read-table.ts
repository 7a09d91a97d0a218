import { readFile } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import type { Page } from '@playwright/test'

/** Lines by the words of their heads. */
type Table = { readonly name: string; readonly rows: readonly Readonly<Record<string, string>>[] }

/** Follows a link to a file and keeps it. */
async function download(page: Page, link: string): Promise<{ name: string; bytes: Buffer }> {
  const begun = page.waitForEvent('download')
  await page.getByRole('link', { name: link }).click()
  const file = await begun
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

export async function downloadCsv(page: Page, link: string): Promise<Table> {
  const { name, bytes } = await download(page, link)
  return { name, rows: byHead(csvRows(bytes.toString('utf8').replace(/^\uFEFF/, ''))) }
}

/** `formulas`: whether any cell of the book is one that a spreadsheet would run. */
export async function downloadXlsx(page: Page, link: string): Promise<Table & { formulas: boolean }> {
  const { name, bytes } = await download(page, link)
  const sheet = entryOf(bytes, 'xl/worksheets/sheet1.xml')
  return { name, rows: byHead(sheetRows(sheet)), formulas: /<f[\s>/]/.test(sheet) }
}

const byHead = ([heads = [], ...lines]: string[][]): Record<string, string>[] =>
  lines.map((line) => Object.fromEntries(heads.map((head, at) => [head, line[at] ?? ''])))

/** RFC 4180, separated by semicolons. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^;\r\n]*))(;|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '')
    if (end === '\r\n') rows.push([])
  }
  return rows.filter((row) => row.length > 1)
}

const TEXTS: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Each cell of a sheet stands behind the one before. */
const sheetRows = (sheet: string): string[][] =>
  [...sheet.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<c(?:\s[^>]*?)?(?:\/>|>(.*?)<\/c>)/gs)].map(([, inside = '']) => {
      const texts = [...inside.matchAll(/<[tv](?:\s[^>]*)?>(.*?)<\/[tv]>/gs)].map(([, text = '']) => text)
      return texts.join('').replace(/&(\w+);/g, (_, name) => TEXTS[name] ?? '')
    }),
  )

/** One file of a zip archive, found through its directory at the end. */
function entryOf(zip: Buffer, wanted: string): string {
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [named, extra, comment] = [28, 30, 32].map((of) => zip.readUInt16LE(at + of)) as [
      number,
      number,
      number,
    ]
    const name = zip.toString('utf8', at + 46, at + 46 + named)
    if (name === wanted) {
      const local = zip.readUInt32LE(at + 42)
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20))
      return (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString('utf8')
    }
    at += 46 + named + extra + comment
  }
  throw new Error(`no ${wanted} in the book`)
}
