import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'

export type Client = {
  code: string
  name: string
  street: string
  postcode: string
  town: string
  phone: string
  email: string
  sector: string
}

const TITLES = [
  'Code client',
  'Raison sociale',
  'Adresse',
  'CP',
  'Commune',
  'Tél.',
  'Courriel',
  'Secteur',
  'Remarque',
]
const CONSONANTS = 'bdfglmnprstv'
const VOWELS = 'aeiou'

const pick = (letters: string) => letters[Math.floor(Math.random() * letters.length)] ?? ''

/** A word that no other client bears: close names in one town would look like one another. */
const word = () => Array.from({ length: 5 }, () => pick(CONSONANTS) + pick(VOWELS)).join('')

/** Clients of this run, all in one sector, as a French company writes them: accents, national phones, a reference each. */
export function makeClients(count: number, sector: string): Client[] {
  const run = Math.random().toString(36).slice(2, 7).toUpperCase()
  const line = 1_000 + Math.floor(Math.random() * 9_000 - count)
  return Array.from({ length: count }, (_, n) => ({
    code: `${run}-${String(n + 1).padStart(4, '0')}`,
    name: `Épicerie ${word()} ${word()}`,
    street: `${n + 1} rue du Général-Leclerc`,
    postcode: '64250',
    town: 'Itxassou',
    phone: `05 47 ${String(10 + (n % 80))} ${String(line + n).slice(0, 2)} ${String(line + n).slice(2)}`,
    email: `${word()}@${run.toLowerCase()}.example`,
    sector,
  }))
}

/** A cell with the separator, a quotation mark or a line's end goes between quotation marks. */
const quoted = (cell: string, separator: string) =>
  cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

export const toCsv = (rows: readonly (readonly string[])[], separator = ';'): string =>
  `${rows.map((row) => row.map((cell) => quoted(cell, separator)).join(separator)).join('\r\n')}\r\n`

export const clientRows = (clients: readonly Client[]): string[][] => [
  TITLES,
  ...clients.map((one) => [
    one.code,
    one.name,
    one.street,
    one.postcode,
    one.town,
    one.phone,
    one.email,
    one.sector,
    'Livrer le matin ; sonner',
  ]),
]

/** As a French spreadsheet of Windows saves it: one byte a letter. */
export const windowsFile = (name: string, text: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text, 'latin1'),
})

export const utf8File = (name: string, text: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`\uFEFF${text}`, 'utf8'),
})

/** Follows a link to a file and reads it as a spreadsheet would: rows of cells. */
export async function downloadRows(page: Page, link: string, separator = ';'): Promise<string[][]> {
  const begun = page.waitForEvent('download')
  await page.getByRole('link', { name: link }).click()
  const file = await begun
  expect(file.suggestedFilename()).toMatch(/\.csv$/)
  const text = await readFile(await file.path(), 'utf8')
  expect(text.startsWith('\uFEFF'), 'a byte-order mark, so that accents survive a double click').toBe(true)
  return text
    .slice(1)
    .split('\r\n')
    .filter(Boolean)
    .map((line) =>
      [...line.matchAll(new RegExp(`(?:^|${separator})(?:"((?:[^"]|"")*)"|([^${separator}]*))`, 'g'))].map(
        ([, within, plain]) => (within === undefined ? (plain ?? '') : within.replaceAll('""', '"')),
      ),
    )
}
