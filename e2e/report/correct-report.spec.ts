import { expect, test } from '../fixtures.ts'
import {
  accepted,
  chip,
  fillReport,
  noteProspect,
  openCard,
  outbox,
  pastVisits,
  saveReport,
  unique,
} from './phone-form.ts'

test('corriger, retirer, puis annuler le retrait : la fiche dit toujours où en est le compte rendu', async ({
  as,
}) => {
  const page = await as('rep')
  const name = unique('Fromagerie Etchart')
  const note = unique('Rappeler avant les fêtes')
  await noteProspect(page, name)
  await fillReport(page, { outcome: 'Devis', note })
  await saveReport(page)
  await expect(page.getByText('Accepté.')).toBeVisible()

  await page.getByRole('link', { name: 'Corriger' }).tap()
  await chip(page, 'Comment ça s’est fini ?', 'Commande').tap()
  await saveReport(page)
  await expect(page.getByText('Accepté.')).toBeVisible()
  await openCard(page, name)
  await expect(pastVisits(page, note)).toHaveCount(1)
  await expect(pastVisits(page, note)).toContainText('Commande.')

  await pastVisits(page, note).getByRole('link').tap()
  await page.getByRole('button', { name: 'Retirer' }).tap()
  await expect(page.getByText('Compte rendu retiré')).toBeVisible()
  await expect(page.getByText('Retiré', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Annuler' }).tap()
  await expect(page.getByText('Retiré', { exact: true })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Retirer' })).toBeVisible()
  await expect(outbox(page)).toHaveText(accepted)

  // What this phone says is what the server holds: another phone of the same rep reads the same.
  const other = await as('rep')
  await openCard(other, name)
  await expect(pastVisits(other, note)).toContainText('Commande.')
  await expect(pastVisits(other, note)).not.toContainText('Retiré')
})

test('un compte rendu retiré le reste, sur un autre téléphone aussi', async ({ as }) => {
  const page = await as('rep')
  const name = unique('Traiteur Larralde')
  const note = unique('Mauvais client')
  await noteProspect(page, name)
  await fillReport(page, { outcome: 'Sans suite', note })
  await saveReport(page)
  await expect(page.getByText('Accepté.')).toBeVisible()
  await openCard(page, name)
  await pastVisits(page, note).getByRole('link').tap()
  await page.getByRole('button', { name: 'Retirer' }).tap()
  await expect(page.getByText('Retiré', { exact: true })).toBeVisible()
  await expect(outbox(page)).toHaveText(accepted)

  const other = await as('rep')
  await openCard(other, name)
  await expect(pastVisits(other, note)).toContainText('Retiré')
})
