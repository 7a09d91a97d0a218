import type { Page } from '@playwright/test'
import { expectFits } from '../accessibility/small-targets.ts'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { change, closePlace, createSector, openInTree } from './sector-page.ts'

test('un territoire s’ajoute, reçoit un code, se ferme vide et se rouvre ; chaque pas s’annule', async ({
  as,
}) => {
  const page = await as('admin')
  await openTerritories(page)
  await openInTree(page, 'Landes')
  const name = unique('Chalosse')
  await add(page, name)
  await page.getByRole('status').getByRole('button', { name: 'Annuler' }).click()
  await expect(page.getByText(`${name} fermé`)).toBeVisible()

  const kept = unique('Marsan')
  await add(page, kept)
  await page.getByRole('row', { name: kept }).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: kept })).toBeVisible()
  await change(page, 'Code officiel')
  const code = `Z${Date.now() % 100_000_000}`
  await page.getByLabel(`Code officiel de ${kept}`).fill(code)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByText(`Code officiel ${code}`)).toBeVisible()
  await page.getByRole('status').getByRole('button', { name: 'Annuler' }).click()
  await expect(page.getByText('sans code officiel')).toBeVisible()

  await closePlace(page, kept)
  await expect(page.getByRole('heading', { level: 1, name: 'Landes' })).toBeVisible()
  await expect(page.getByText(`${kept} fermé`)).toBeVisible()
  await expect(page.getByRole('row', { name: kept })).toHaveCount(0)
  await page.getByRole('button', { name: `Rouvrir ${kept}` }).click()
  await expect(page.getByRole('row', { name: kept })).toBeVisible()
})

test('un code déjà pris ou mal écrit est dit à côté du code, avec qui le porte', async ({ as }) => {
  const admin = await as('admin', { at: '/admin/territories?do=add' })
  await admin.getByLabel(/^Nom du nouveau territoire/).fill('Zone Sans Code')
  const code = admin.getByLabel(/^Code officiel, si/)
  await code.fill('53')
  await code.press('Enter')
  await expect(code).toHaveAccessibleDescription(/^Bretagne porte déjà ce code\./)
  await code.fill('5 3')
  await code.press('Enter')
  await expect(code).toHaveAccessibleDescription('Un code s’écrit en lettres et en chiffres, sans espace.')
  await expect(admin.getByLabel(/^Nom du nouveau territoire/)).toHaveAccessibleDescription('')
  await expect(admin.getByLabel(/^Nom du nouveau territoire/)).toHaveValue('Zone Sans Code')
})

test('un territoire se met sous un autre et revient, jamais sous sa propre branche', async ({ as }) => {
  const page = await as('admin')
  await openTerritories(page)
  await openInTree(page, 'Landes')
  const name = unique('Tursan')
  await add(page, name)
  await page.getByRole('row', { name }).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  await page.getByRole('button', { name: 'Déplacer' }).click()
  await page.getByRole('searchbox', { name: 'Chercher un territoire' }).fill('gers')
  await page.getByRole('button', { name: 'Sous Gers' }).click()
  await expect(page.getByRole('list', { name: 'Ce qui suit' })).toContainText('organisé comme alors')
  await page.getByRole('button', { name: `Mettre ${name} sous Gers` }).click()
  await expect(page.getByText(`${name} est maintenant sous Gers`)).toBeVisible()
  const path = page.getByRole('navigation', { name: 'Où vous êtes' })
  await expect(path).toContainText('Occitanie')
  await expect(path).toContainText('Gers')
  await page.getByRole('status').getByRole('button', { name: 'Annuler' }).click()
  await expect(path).toContainText('Landes')
  await page.reload()
  await expect(path).toContainText('Nouvelle-Aquitaine')

  await openInTree(page, 'Landes')
  await page.getByRole('button', { name: 'Déplacer' }).click()
  await page.getByRole('searchbox', { name: 'Chercher un territoire' }).fill(name)
  await expect(page.getByText('Aucun territoire de ce nom ne convient.')).toBeVisible()
})

test('ce qui n’est pas vide dit ce qui s’y trouve, et le sommet ne se ferme pas', async ({ as }) => {
  const page = await as('admin')
  await openTerritories(page)
  await expect(page.getByRole('heading', { level: 1, name: 'France' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Fermer', exact: true, includeHidden: true })).toHaveCount(0)
  await openInTree(page, 'Pays Basque')
  await change(page, 'Fermer')
  const told = page.getByRole('region', { name: 'Pays Basque n’est pas vide' })
  await expect(told).toContainText(/\d+ comptes/)
  await expect(told).toContainText(/\d+ champs/)
  await expect(told.getByRole('link', { name: 'à nommer ailleurs' })).toBeVisible()
})

test('un responsable reprend le sous-secteur qu’il vient de créer, et ferme un sous-secteur vide', async ({
  as,
}) => {
  const page = await as('local')
  const name = unique('Barétous')
  await createSector(page, name)
  await page.getByRole('status').getByRole('button', { name: 'Annuler' }).click()
  await expect(page.getByText(`${name} fermé`)).toBeVisible()
  await createSector(page, name)
  await openInTree(page, name)
  await closePlace(page, name)
  await expect(page.getByRole('heading', { level: 1, name: 'Pyrénées-Atlantiques' })).toBeVisible()
  await expect(page.getByRole('treeitem', { name })).toHaveCount(0)
})

/** Heads that sort a table are made for the desk; on a phone its order is of no use. */
const HEADS = /^(Nom|Comptes|Personnes|Champs|Dessous) \(/

test('chaque écran de l’administrateur tient sur un téléphone, avec des noms et des cibles de 44 px', async ({
  as,
}) => {
  const page = await as('admin', { phone: true })
  for (const place of ['territories', 'territories?do=add', 'territories?do=code', 'organisation', 'audit']) {
    await page.goto(`/admin/${place}`)
    await expect(page.getByRole('heading', { level: 1 }), place).toHaveCount(1)
    await expect(page.getByRole('main').getByRole('button').first(), place).toBeVisible()
    await expectFits(page, place, { except: HEADS })
    for (const role of ['button', 'link', 'textbox', 'searchbox', 'combobox'] as const)
      await expect(page.getByRole(role, { name: /^$/ }), `${place}: a ${role} without a name`).toHaveCount(0)
  }
})

test('the tree and the settings read in English, on a small screen too', async ({ as }) => {
  const page = await as('admin', { locale: 'en-GB', phone: true, at: '/admin/territories' })
  await expect(page.getByRole('heading', { level: 1, name: 'France' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add below' })).toBeVisible()
  await page.goto('/admin/organisation')
  const finest = page.getByLabel('Level 4, in English')
  await expect(finest).toHaveValue('Sub-sector')
  await finest.fill('Round')
  await expect(page.getByRole('complementary', { name: 'Preview' })).toContainText('Round')
  await finest.fill('local')
  await expect(page.getByText('Two levels would bear the name “local”.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save the names' })).toBeDisabled()
})

async function openTerritories(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Territoires', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'France' })).toBeVisible()
}

async function add(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Ajouter dessous' }).click()
  await page.getByLabel('Nom du nouveau territoire, sous Landes').fill(name)
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click()
  await expect(page.getByText(`${name} ajouté sous Landes`)).toBeVisible()
}
