import type { Page } from '@playwright/test'
import { onceCounted } from '../analytics/read-figures.ts'
import { expect, test } from '../fixtures.ts'
import { chip, noteProspect, openCard, question, reach, saveReport, unique } from '../report/phone-form.ts'
import { retireQuestion } from './retire-question.ts'

const SECTOR = 'Pays Basque'

test('le siège tient une liste, une région y ajoute un élément, un commercial le nomme sans réseau, les figures aussi', async ({
  as,
}) => {
  test.slow()
  const [phone, local] = [await as('rep'), await as('local')]
  await local.getByRole('treeitem', { name: SECTOR }).click()
  await expect(local.getByRole('heading', { level: 1, name: SECTOR })).toBeVisible()
  const sector = new URL(local.url()).pathname.split('/').at(-1) ?? ''

  // Head office: a list, and its items pasted from a spreadsheet, one line refused and told.
  const [list, oven, cake] = [unique('Produits'), unique('Four à sole'), unique('Moule à gâteau basque')]
  const hq = await as('hq')
  await hq.goto('/manage/fields')
  await hq.getByRole('link', { name: 'Listes' }).click()
  await hq.getByRole('button', { name: 'Créer une liste' }).click()
  await hq.getByLabel('Nom de la liste').fill(list)
  await hq.getByRole('button', { name: 'Créer', exact: true }).click()
  await hq.getByRole('link', { name: list }).click()
  await hq.getByRole('button', { name: 'En coller plusieurs' }).click()
  await hq.getByLabel('Lignes').fill(`F1\t${oven}\tCuisson\nP1\tPétrin\tPâte\nP1\tPelle`)
  await hq.getByRole('button', { name: 'Voir ce que cela donne' }).click()
  await expect(hq.getByText('« P1 » vient deux fois.')).toBeVisible()
  await hq.getByRole('button', { name: 'Enregistrer 2 lignes' }).click()
  await expect(hq.getByRole('row').filter({ hasText: oven })).toContainText('Cuisson')
  const address = new URL(hq.url()).pathname

  // A region: its own item, beside those it inherits and does not change.
  const region = await as('regional')
  await region.getByRole('button', { name: 'Delmas Équipement' }).click()
  await expect(region.getByRole('heading', { level: 1, name: 'Nouvelle-Aquitaine' })).toBeVisible()
  await region.goto('/manage/fields')
  await region.getByRole('link', { name: 'Listes' }).click()
  await region.getByRole('link', { name: list }).click()
  const inherited = region.getByRole('row').filter({ hasText: oven })
  await expect(inherited).toContainText('France')
  await expect(inherited.getByText('Retirer')).toHaveCount(0)
  await region.getByRole('button', { name: 'Ajouter un élément' }).click()
  await region.getByLabel('Nom', { exact: true }).fill(cake)
  await region.getByRole('button', { name: 'Ajouter', exact: true }).click()
  await expect(region.getByRole('row').filter({ hasText: cake })).toContainText('Nouvelle-Aquitaine')

  const asked = unique('Quel produit l’intéresse')
  await ask(hq, { asked, list, sector })

  // The rep: the region's item among them, found and named without a network.
  const account = unique('Fournil des listes')
  await phone.goto('/m')
  await noteProspect(phone, account)
  await phone.reload()
  await phone.getByRole('link', { name: 'Commencer le compte rendu' }).tap()
  await chip(phone, 'Comment ça s’est fini ?', 'Devis').tap()
  await reach(phone, asked)
  await expect(question(phone, asked).getByRole('button', { name: oven })).toBeVisible()
  await phone.context().setOffline(true)
  await question(phone, asked).getByRole('button', { name: cake }).tap()
  await expect(question(phone, asked).getByRole('button', { name: `Retirer ${cake}` })).toBeVisible()
  await reach(phone, 'Enregistrer')
  await saveReport(phone)
  await phone.context().setOffline(false)
  await expect(phone.getByText('Accepté.')).toBeVisible({ timeout: 30_000 })
  await openCard(phone, account)
  await expect(phone.getByRole('region', { name: 'À savoir avant d’entrer' })).toContainText(cake)

  // The figures name it.
  await local.getByRole('link', { name: 'Analyses' }).click()
  await local.getByRole('link', { name: 'Explorer' }).click()
  await expect(local.getByLabel('Mesure')).toBeVisible()
  await onceCounted(local, async () => {
    await local.getByLabel('Mesure').selectOption({ label: `${asked} (${SECTOR})` })
    await expect(local.getByRole('table', { name: asked })).toContainText(cake, { timeout: 3_000 })
  })

  // Retired by its keeper, it is offered no more.
  await region.getByRole('button', { name: `Retirer ${cake}` }).click()
  await expect(region.getByText(`${cake} retiré`)).toBeVisible()
  await expect(region.getByRole('row').filter({ hasText: cake })).toHaveCount(0)
  await hq.goto(`${address}?at=${sector}`)
  await expect(hq.getByRole('row').filter({ hasText: oven })).toBeVisible()
  await expect(hq.getByRole('row').filter({ hasText: cake })).toHaveCount(0)
  await retireQuestion(local, asked)
})

type Asking = { readonly asked: string; readonly list: string; readonly sector: string }

async function ask(hq: Page, { asked, list, sector }: Asking): Promise<void> {
  await hq.goto(`/manage/fields/new?at=${sector}`)
  await hq.getByLabel('Ce que vous demandez').fill(asked)
  await hq.getByLabel('Réponse', { exact: true }).selectOption('un élément d’une liste')
  await hq.getByLabel('Pourquoi vous le demandez').fill('Pour préparer la démonstration.')
  await hq.getByRole('button', { name: 'Pastille' }).click()
  await expect(hq.getByText('Il manque la liste.')).toBeVisible()
  await hq.getByLabel('Liste', { exact: true }).selectOption(list)
  await expect(hq.getByText('3 éléments proposés')).toBeVisible()
  await hq.getByRole('button', { name: 'Publier' }).click()
  await expect(hq.getByRole('link', { name: asked, exact: true })).toBeVisible()
}
