import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { change, createSector, DEPARTMENT, openInTree } from './sector-page.ts'

const place = (page: Page, name: string) => page.getByRole('treeitem', { name })
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const undo = (page: Page) => page.getByRole('status').getByRole('button', { name: 'Annuler' }).click()

test('un responsable coupe un sous-secteur par ville, ce qui passe est compté avant, et s’annule', async ({
  as,
}) => {
  const page = await as('local')
  await openInTree(page, 'Haut Béarn')
  await change(page, 'Couper en deux')
  const form = page.getByRole('region', { name: 'Couper Haut Béarn en deux' })
  const name = unique('Vallée de Barétous')
  await form.getByLabel('Nom du nouveau territoire').fill(name)
  await expect(form.getByRole('button', { name: 'Couper' })).toBeDisabled()
  await form.getByRole('checkbox').first().check()
  await expect(form.getByRole('list', { name: 'Ce qui suit' })).toContainText(
    /\d+ comptes? passe(nt)?, sur \d+/,
  )
  await form.getByRole('button', { name: 'Couper' }).click()
  await expect(heading(page, name)).toBeVisible()
  await expect(place(page, name)).toBeVisible()
  await undo(page)
  await expect(place(page, name)).toHaveCount(0)
})

test('deux sous-secteurs se réunissent, et se séparent de nouveau', async ({ as }) => {
  const page = await as('local')
  const [first, second] = [unique('Soule'), unique('Barousse')]
  await createSector(page, first)
  await createSector(page, second)
  await openInTree(page, first)
  await change(page, 'Réunir à un autre')
  await page.getByRole('searchbox', { name: 'Chercher un territoire' }).fill(second)
  await page.getByRole('button', { name: `À ${second}` }).click()
  await expect(page.getByRole('list', { name: 'Ce qui suit' })).toContainText('organisé comme alors')
  await page.getByRole('button', { name: `Réunir ${first} à ${second}` }).click()
  await expect(heading(page, second)).toBeVisible()
  await expect(page.getByText(`${first} est maintenant dans ${second}`)).toBeVisible()
  await expect(place(page, first)).toHaveCount(0)
  await undo(page)
  await expect(place(page, first)).toBeVisible()
  // A whole department is not a manager's to merge.
  await openInTree(page, DEPARTMENT)
  await expect(page.getByRole('button', { name: 'Nouveau sous-secteur' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Réunir à un autre', includeHidden: true })).toHaveCount(0)
})

test('un territoire glissé sur un autre s’y range, sur un voisin de son niveau propose de les réunir', async ({
  as,
}) => {
  const page = await as('admin', { at: '/admin/territories' })
  // The whole tree is in sight: a page that scrolls under the pointer drags what comes beneath it.
  await page.setViewportSize({ width: 1440, height: 2400 })
  await openInTree(page, 'Landes')
  const name = unique('Tursan')
  await page.getByRole('button', { name: 'Ajouter dessous' }).click()
  await page.getByLabel(/^Nom du nouveau territoire/).fill(name)
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click()
  await expect(place(page, name)).toBeVisible()

  await place(page, name).dragTo(place(page, 'Gironde'))
  await page.getByRole('button', { name: `Mettre ${name} sous Gironde` }).click()
  await expect(page.getByText(`${name} est maintenant sous Gironde`)).toBeVisible()
  await undo(page)
  await expect(page.getByRole('navigation', { name: 'Où vous êtes' })).toContainText('Landes')

  await place(page, 'Grand Dax').dragTo(place(page, name))
  await expect(page.getByRole('region', { name: 'Réunir Grand Dax à un autre territoire' })).toBeVisible()
  await expect(page.getByRole('button', { name: `Réunir Grand Dax à ${name}` })).toBeEnabled()
  await page.keyboard.press('Escape')
})

test('un responsable fait glisser un sous-secteur de l’un de ses départements à l’autre, et le remet', async ({
  as,
}) => {
  const page = await as('regional')
  await page.getByRole('button', { name: /Delmas/ }).click()
  // The whole tree is in sight: a page that scrolls under the pointer drags what comes beneath it.
  await page.setViewportSize({ width: 1440, height: 2400 })
  await openInTree(page, 'Landes')
  const name = unique('Born')
  await page.getByRole('button', { name: 'Nouveau sous-secteur' }).click()
  await page.getByLabel('Nouveau sous-secteur, Landes').fill(name)
  await page.getByRole('button', { name: 'Créer' }).click()
  await place(page, name).dragTo(place(page, 'Gironde'))
  await expect(page.getByRole('list', { name: 'Ce qui suit' })).toContainText('organisé comme alors')
  await page.getByRole('button', { name: `Mettre ${name} sous Gironde` }).click()
  await expect(page.getByText(`${name} est maintenant sous Gironde`)).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Où vous êtes' })).toContainText('Gironde')
  await undo(page)
  await expect(page.getByRole('navigation', { name: 'Où vous êtes' })).toContainText('Landes')

  // From the menu, only his own departments are offered.
  await change(page, 'Déplacer')
  await page.getByRole('searchbox', { name: 'Chercher un territoire' }).fill('Bretagne')
  await expect(page.getByText('Aucun territoire de ce nom ne convient.')).toBeVisible()
})
