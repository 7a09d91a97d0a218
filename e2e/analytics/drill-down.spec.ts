import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { statOf } from './read-figures.ts'

const WAY = ['Nouvelle-Aquitaine', 'Pyrénées-Atlantiques', 'Pays Basque'] as const

test('du pays au sous-secteur : chaque nom ouvre ce qu’il y a dessous, et les chiffres s’emboîtent', async ({
  as,
}) => {
  const page = await as('hq')
  await expect(page.getByRole('heading', { level: 1, name: /comptes rendus/ })).toBeVisible()
  let above = await statOf(page, 'Comptes rendus')
  for (const name of WAY) {
    const row = page
      .getByRole('table', { name: 'Chiffres par territoire' })
      .getByRole('row')
      .filter({ hasText: name })
    await row.getByRole('link', { name, exact: true }).click()
    await expect(page.getByRole('navigation', { name: 'Territoire' })).toContainText(name)
    await expect(shown(page, name)).toBeVisible()
    await expect.poll(() => statOf(page, 'Comptes rendus')).toBeLessThan(above)
    above = await statOf(page, 'Comptes rendus')
    expect(above).toBeGreaterThan(0)
  }
  // Back up by the path.
  await page.getByRole('navigation', { name: 'Territoire' }).getByRole('link', { name: WAY[0] }).click()
  await expect(shown(page, WAY[0])).toBeVisible()
})

/** The line under the title that says of where and when the figures are. */
const shown = (page: Page, place: string) => page.getByText(new RegExp(`^${place}, (?!par territoire)`))

test('période, pas et mesure sont dans l’adresse : ils survivent à un rechargement et se donnent à un collègue', async ({
  as,
}) => {
  const page = await as('hq')
  await page.getByLabel('Période').selectOption({ label: '12 derniers mois' })
  await page.getByRole('radiogroup', { name: 'Pas' }).getByText('Mois').click()
  await expect.poll(() => statOf(page, 'Comptes rendus')).toBeGreaterThan(15_000)
  const year = await statOf(page, 'Comptes rendus')
  await page.reload()
  await expect(page.getByLabel('Période')).toHaveValue('12')
  await expect(page.getByRole('radio', { name: 'Mois' })).toBeChecked()
  await expect.poll(() => statOf(page, 'Comptes rendus')).toBe(year)

  await page.getByRole('link', { name: 'Explorer' }).click()
  await page.getByLabel('Mesure').selectOption({ label: 'Concurrent en place (Nouvelle-Aquitaine)' })
  await page.getByLabel('Réponse').selectOption({ label: 'Sofour' })
  await expect(page.getByText(/^Concurrent en place\s: Sofour, /)).toBeVisible()
  const sent = page.url()
  expect(sent).toContain('from=')

  // A colleague with the same rights reads the same.
  const colleague = await as('hq', { at: sent })
  // The figures of the answer before stand in the title until its own have come.
  const title = (reader: Page) => reader.getByRole('heading', { level: 1 })
  await expect(async () => {
    await expect(title(colleague)).toHaveText((await title(page).textContent()) ?? '', { timeout: 3_000 })
  }).toPass({ timeout: 30_000 })
  await expect(colleague.getByLabel('Réponse')).toHaveValue('sofour')
})

test('les chiffres sont dans la page avant que son script ne tourne', async ({ as }) => {
  const page = await as('hq')
  await page.route('**/_next/static/**/*.js', (route) => route.abort())
  await page.goto('/hq', { waitUntil: 'domcontentloaded' })
  expect(await statOf(page, 'Comptes rendus')).toBeGreaterThan(1_000)
  await expect(
    page.getByRole('table', { name: 'Chiffres par territoire' }).getByText(WAY[0], { exact: true }),
  ).toBeVisible()
})
