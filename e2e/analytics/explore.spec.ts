import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'

const title = (page: Page) => page.getByRole('heading', { level: 1 })
const ranking = (page: Page) => page.getByRole('region', { name: 'Classement' })
const table = (page: Page) => page.getByRole('table', { name: 'Chiffres par territoire' })

test('le siège choisit une mesure, filtre, compare, descend et remonte ; l’adresse dit tout', async ({
  as,
}) => {
  const page = await as('hq', { at: '/hq/explorer' })
  await expect(title(page)).toContainText('%')
  const first = await title(page).textContent()
  await page.getByLabel('Mesure').selectOption({ label: 'Commandes, parmi les comptes rendus' })
  await expect(page.getByText(/^Comptes rendus qui finissent par une commande, /)).toBeVisible()
  // What stood there before fades until the new figures have come.
  await expect(title(page)).not.toHaveText(first ?? '')
  const whole = await title(page).textContent()

  await page.getByRole('button', { name: 'Filtre' }).click()
  await page.getByRole('button', { name: 'Visites', exact: true }).click()
  await page.getByRole('button', { name: 'Fermer' }).click()
  await expect(page.getByRole('button', { name: 'Retirer le filtre Type' })).toBeVisible()
  await expect(page).toHaveURL(/kind=visit/)
  await page.getByLabel('Comparé à').selectOption({ label: 'un an plus tôt' })
  await expect(page).toHaveURL(/c=year/)

  // Down by the ranking, to departments on a map of their own.
  await ranking(page).getByRole('link', { name: 'Nouvelle-Aquitaine' }).click()
  await expect(page.getByRole('group', { name: 'Valeurs par département' })).toBeVisible()
  await expect(table(page).getByRole('link', { name: 'Pyrénées-Atlantiques' })).toBeVisible()
  await page.getByRole('navigation', { name: 'Territoire' }).getByRole('link', { name: 'France' }).click()
  await expect(page.getByRole('group', { name: 'Valeurs par région' })).toBeVisible()
  await page.getByRole('button', { name: 'Retirer le filtre Type' }).click()
  await expect(title(page)).toHaveText(whole ?? '')
})

test('la carte se lit au clavier : une touche y mène, les flèches passent d’une région à l’autre', async ({
  as,
}) => {
  const page = await as('hq', { at: '/hq/explorer?m=outcome.order' })
  const map = page.getByRole('group', { name: 'Valeurs par région' })
  const shapes = map.getByRole('button')
  await expect(shapes.first()).toBeVisible()
  expect(await map.locator('g[tabindex="0"]').count()).toBe(1)
  await map.locator('g[tabindex="0"]').focus()
  const first = await page.locator(':focus').getAttribute('data-place')
  await page.keyboard.press('ArrowRight')
  expect(await page.locator(':focus').getAttribute('data-place')).not.toBe(first)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/[?&]t=/)
})

test('croisé avec les mois : chaque case dit son chiffre, et les cachées combien il faudrait', async ({
  as,
}) => {
  const page = await as('hq', { at: '/hq/explorer?m=outcome.order' })
  await page.getByLabel('Croiser avec').selectOption({ label: 'les mois' })
  const cross = page.getByRole('table', { name: 'Territoires croisés' })
  await expect(cross.getByRole('row', { name: /Nouvelle-Aquitaine/ })).toContainText(/\d+\s%/)
  await expect(cross.getByRole('row', { name: /Corse/ })).toContainText(/caché\s: 3 personnes, il en faut 5/)
})

test('un chiffre organisé comme alors mène à autant de comptes rendus, et la liste dit de quand est le découpage', async ({
  as,
}) => {
  const page = await as('local', { at: '/manage/analytics/explorer?m=outcome.order&basis=then' })
  const row = table(page).getByRole('row').filter({ hasText: 'comptes rendus' }).last()
  const link = row.getByRole('link', { name: /comptes rendus/ })
  const said = Number((await link.textContent())?.replace(/\D/g, ''))
  await link.click()
  await expect(page.getByText('Organisé comme alors', { exact: false })).toBeVisible()
  const more = page.getByRole('button', { name: 'Voir plus ancien' })
  const lines = page.getByRole('table').getByRole('row')
  await expect(async () => {
    if (await more.isVisible()) await more.click()
    expect(await lines.count()).toBe(said + 1)
  }).toPass()
})

test('le classeur et l’image sortent de la page, avec leur titre', async ({ as }) => {
  const page = await as('hq', { at: '/hq/explorer?m=outcome.order' })
  const section = ranking(page)
  await expect(section.getByRole('listitem').first()).toBeVisible()
  const book = page.waitForEvent('download')
  await section.getByRole('link', { name: 'XLSX' }).click()
  const file = await book
  expect(file.suggestedFilename()).toMatch(/^par-territoire-.*\.xlsx$/)
  // A zip, as every book is.
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK')

  const picture = page.waitForEvent('download')
  await section.getByRole('button', { name: 'Image' }).click()
  const image = await picture
  expect(image.suggestedFilename()).toBe('classement.png')
  const bytes = await readFile(await image.path())
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  expect(bytes.length).toBeGreaterThan(10_000)
})

test('une vue gardée, épinglée et partagée : le responsable y lit les chiffres de sa branche, pas ceux du pays', async ({
  as,
}) => {
  const name = unique('Commandes du trimestre')
  const page = await as('hq', { at: '/hq/explorer?m=outcome.order' })
  await expect(title(page)).toContainText('%')
  await page.getByRole('button', { name: 'Garder la vue' }).click()
  const form = page.getByRole('form', { name: 'Garder la vue' })
  await form.getByLabel('Nom').fill(name)
  await form.getByLabel('Partagée avec').selectOption({ label: 'France' })
  await form.getByRole('button', { name: 'Garder', exact: true }).click()
  await expect(page.getByText(`« ${name} » est gardée.`)).toBeVisible()

  await page.goto('/hq')
  const tile = page.getByRole('region', { name: 'Mes vues' }).getByRole('link', { name })
  await expect(tile).toContainText('France')
  await tile.click()
  await expect(page).toHaveURL(/\/hq\/explorer\?/)

  const local = await as('local', { at: '/manage/analytics' })
  const views = local.getByRole('region', { name: 'Mes vues' })
  await views.getByRole('button', { name: 'Gérer' }).click()
  const line = views.getByRole('listitem').filter({ hasText: name })
  await expect(line).toContainText('partagée avec France')
  // Somebody else's: pinned and sent, not changed.
  await expect(line.getByRole('button', { name: 'Retirer' })).toHaveCount(0)
  await line.getByRole('button', { name: 'Épinglée' }).click()
  const pinned = views.getByRole('link', { name })
  await expect(pinned).toContainText('Pyrénées-Atlantiques')
  await expect(pinned).toContainText('Ouverte sur votre branche')
  await pinned.click()
  await expect(local).toHaveURL(/\/manage\/analytics\/explorer\?/)
  await expect(local.getByText(/^Comptes rendus qui finissent par une commande, /)).toBeVisible()
  await expect(local.getByRole('link', { name: 'Nouvelle-Aquitaine' })).toHaveCount(0)

  // Its keeper takes it away, and puts it back.
  await page.goto('/hq')
  const mine = page.getByRole('region', { name: 'Mes vues' })
  await mine.getByRole('button', { name: 'Gérer' }).click()
  await mine
    .getByRole('listitem')
    .filter({ hasText: 'À vous' })
    .filter({ hasText: name })
    .getByRole('button', { name: 'Retirer' })
    .click()
  await expect(mine.getByRole('link', { name })).toHaveCount(0)
  await page.getByRole('button', { name: 'Annuler' }).click()
  await expect(mine.getByRole('link', { name })).toBeVisible()
})
