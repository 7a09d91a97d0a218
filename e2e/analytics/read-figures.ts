import { readFile } from 'node:fs/promises'
import { expect, type Locator, type Page } from '@playwright/test'

/** 1 042 or −4 as a number. */
export const figureOf = (text: string): number => Number(text.replaceAll(/[^\d−-]/g, '').replace('−', '-'))

/** The figure under a title: "Comptes rendus". */
export async function statOf(page: Page, term: string): Promise<number> {
  const stat = page.locator('dl > div').filter({ has: page.getByText(term, { exact: true }) })
  return figureOf((await stat.locator('dd').first().textContent()) ?? '')
}

/** What was just reported is counted a moment later: opens the page anew until it shows. */
export const onceCounted = (page: Page, look: () => Promise<void>): Promise<void> =>
  expect(async () => {
    await page.reload()
    await look()
  }).toPass({ timeout: 60_000 })

/** Follows the CSV link of a section and reads the file as a spreadsheet would. */
export async function readCsv(
  page: Page,
  section: Locator,
  separator = ';',
): Promise<{ name: string; rows: string[][] }> {
  const begun = page.waitForEvent('download')
  await section.getByRole('link', { name: 'CSV' }).first().click()
  const file = await begun
  const text = await readFile(await file.path(), 'utf8')
  expect(text.startsWith('\uFEFF'), 'a byte-order mark, so that accents survive a double click').toBe(true)
  const lines = text.slice(1).split('\r\n').filter(Boolean)
  return { name: file.suggestedFilename(), rows: lines.map((line) => line.split(separator)) }
}
