import { expect, test } from '../fixtures.ts'
import { figureOf, readCsv } from './read-figures.ts'

test('le fichier à côté du tableau dit ce que dit le tableau, et tait ce qu’il tait', async ({ as }) => {
  const page = await as('hq')
  const section = page.getByRole('region', { name: 'France, par territoire' })
  const table = section.getByRole('table', { name: 'Chiffres par territoire' })
  await expect(table.getByRole('row').nth(1)).toBeVisible()
  const heads = await table.getByRole('columnheader').allInnerTexts()
  const at = (head: string) => heads.findIndex((one) => one.trim() === head)

  const { name, rows } = await readCsv(page, section)
  expect(name).toMatch(/^par-territoire-\d{4}-\d{2}-\d{4}-\d{2}\.csv$/)
  const [header = [], ...lines] = rows
  expect(header).toContain('Comptes rendus')
  const column = (head: string) => header.indexOf(head)

  const shown = await table
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
    .all()
  expect(shown.length).toBeGreaterThan(5)
  for (const row of shown) {
    const cells = await row.locator('th, td').allInnerTexts()
    const place = (cells[0] ?? '').trim()
    const line = lines.find((one) => one[0] === place)
    expect(line, place).toBeDefined()
    expect(Number(line?.[column('Comptes rendus')]), place).toBe(figureOf(cells[at('Comptes rendus')] ?? ''))
    const orders = (cells[at('Commandes')] ?? '').trim()
    if (orders === 'caché') {
      expect(line?.[column('Commandes')], place).toBe('')
      expect(line?.[column('Taux')], place).toBe('')
      expect(line?.[column('Caché')], place).toMatch(/il en faut \d+/)
    } else expect(Number(line?.[column('Commandes')]), place).toBe(figureOf(orders))
  }
})

test('un groupe trop petit est caché, et l’écran dit combien il faudrait', async ({ as }) => {
  const page = await as('hq')
  const section = page.getByRole('region', { name: 'France, par territoire' })
  const corse = section.getByRole('row').filter({ hasText: 'Corse' })
  await expect(corse).toContainText('caché')
  await expect(section.getByText(/Cachés, il faut 5 personnes pour comparer\s: .*Corse \(3\)/)).toBeVisible()

  // Nor does the address of the file, or opening the place itself, tell what the table hides.
  await corse.getByRole('link', { name: 'Corse' }).click()
  await expect(page.getByText(/^Corse, (?!par territoire)/)).toBeVisible()
  await page.getByRole('link', { name: 'Explorer' }).click()
  await page.getByLabel('Mesure').selectOption({ label: 'Commandes, parmi les comptes rendus' })
  await expect(page.getByText(/Cachés, il faut 5 personnes pour comparer/)).toBeVisible()
})

test('qui dirige une branche n’obtient pas le fichier du pays', async ({ as }) => {
  const page = await as('hq')
  const link = page.getByRole('region', { name: 'France, par territoire' }).getByRole('link', { name: 'CSV' })
  const address = (await link.getAttribute('href')) ?? ''
  expect((await page.request.get(address)).status()).toBe(200)
  const local = await as('local')
  const refused = await local.request.get(address)
  expect([403, 404]).toContain(refused.status())
  expect(await refused.text()).not.toContain('Bretagne')
})

test('in English, the page and its file are English: words, thousands and separators', async ({ as }) => {
  const page = await as('hq', { locale: 'en-GB' })
  await expect(page.getByRole('heading', { level: 1, name: /\d,\d{3} reports/ })).toBeVisible()
  const { name, rows } = await readCsv(page, page.getByRole('region', { name: 'France, by territory' }), ',')
  expect(name).toMatch(/^by-territory-/)
  expect(rows[0]?.slice(0, 3)).toEqual(['Territory', 'Code', 'Reports'])
  expect(rows.find(([place]) => place === 'Nouvelle-Aquitaine')?.[2]).toMatch(/^\d+$/)
})
