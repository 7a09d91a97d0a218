import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { change, closePlace, createSector, openInTree } from '../territory/sector-page.ts'
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

test('un geste se programme à une date : passée, elle est refusée ; à venir, la page du territoire le dit, et il s’annule', async ({
  as,
}) => {
  const page = await as('local')
  const name = unique('Barétous')
  await createSector(page, name)
  await openInTree(page, name)
  await change(page, 'Fermer')
  const form = page.getByRole('region', { name: `Fermer ${name}` })
  await form.getByText('À une date…').click()
  await form.getByLabel('À partir du').fill('2020-01-01')
  const plan = form.getByRole('button', { name: `Programmer : Fermer ${name}` })
  await plan.click()
  await expect(form.getByText(/^Cette date est passée/)).toBeVisible()
  await form.getByLabel('À partir du').fill('9999-12-31')
  await plan.click()
  await expect(form.getByText(/^Cette date est trop lointaine/)).toBeVisible()
  const year = new Date().getFullYear() + 1
  await form.getByLabel('À partir du').fill(`${year}-01-04`)
  await plan.click()
  await expect(page.getByText(`Programmé au 4 janvier ${year}.`)).toBeVisible()

  const planned = page.getByRole('region', { name: 'Programmé' })
  await expect(planned).toContainText(`Le 4 janvier ${year} : ${name} fermé`)
  const scenario = `Fermer ${name}, le 4 janvier ${year}`
  await planned.getByRole('button', { name: `Annuler : ${scenario}` }).click()
  await expect(planned).toHaveCount(0)
  await page.getByRole('status').getByRole('button', { name: 'Annuler' }).click()
  await expect(planned).toBeVisible()
  await planned.getByRole('link', { name: 'Voir le scénario' }).click()
  await expect(page.getByRole('heading', { level: 1, name: scenario })).toBeVisible()
  await page.goBack()
  await planned.getByRole('button', { name: `Annuler : ${scenario}` }).click()
  await expect(planned).toHaveCount(0)
  await closePlace(page, name)
  await expect(page.getByText(`${name} fermé`)).toBeVisible()
})
