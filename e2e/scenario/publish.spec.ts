import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { closePlace } from '../territory/sector-page.ts'
import { addGesture, beginScenario, openGesture, projectRow } from './scenario-page.ts'

test('une date passée est refusée avec une phrase ; un scénario se programme, puis ne l’est plus', async ({
  as,
}) => {
  const page = await as('local')
  await beginScenario(page, unique('Programmé'))
  const name = unique('Soule')
  const dialog = await openGesture(page, 'Pyrénées-Atlantiques', 'Créer un territoire dessous')
  await dialog.getByLabel('Nom', { exact: true }).fill(name)
  await addGesture(dialog)
  await expect(projectRow(page, name)).toContainText('nouveau')
  await page.getByRole('button', { name: 'Programmer…' }).click()
  const day = page.getByLabel('À partir du')
  await day.fill('2020-01-01')
  await page.getByRole('button', { name: 'Programmer', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Quand l’appliquer' }).getByRole('alert')).toContainText(
    'Cette date est passée',
  )
  const later = `${new Date().getFullYear() + 1}-03-01`
  await day.fill(later)
  await page.getByRole('button', { name: 'Programmer', exact: true }).click()
  await expect(page.getByText(/Sera appliqué le 1er mars/)).toBeVisible()
  await page.getByRole('button', { name: 'Ne plus programmer' }).click()
  await expect(page.getByText(/Prendrait effet le 1er mars/)).toBeVisible()
  await page.getByRole('button', { name: 'Abandonner' }).click()
  await expect(page.getByText('Abandonné. Rien n’a changé.')).toBeVisible()
})

test('appliqué maintenant, l’arbre a changé d’un coup, et le scénario reste lisible', async ({ as }) => {
  const page = await as('admin')
  const scenario = unique('Tout de suite')
  const name = unique('Marsan')
  await beginScenario(page, scenario, 'Landes')
  const dialog = await openGesture(page, 'Landes', 'Créer un territoire dessous')
  await dialog.getByLabel('Nom', { exact: true }).fill(name)
  await addGesture(dialog)
  await expect(projectRow(page, name)).toContainText('nouveau')
  await page.getByRole('button', { name: 'Programmer…' }).click()
  await page.getByRole('button', { name: 'Appliquer ce geste' }).click()
  await expect(page.getByText('C’est fait : l’organisation a changé.')).toBeVisible()
  await expect(page.getByText(/^Appliqué le/)).toBeVisible()
  await page.goto('/manage/scenarios?show=settled')
  await expect(page.getByRole('link', { name: scenario })).toBeVisible()
  await page.goto('/admin/territories')
  await page.getByRole('searchbox', { name: 'Filtrer l’arbre' }).fill(name)
  await page.getByRole('treeitem', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await closePlace(page, name)
  await expect(page.getByText(`${name} fermé`)).toBeVisible()
})
