import { expect, test } from '../fixtures.ts'
import { accepted, noteProspect, openCard, outbox, unique } from '../report/phone-form.ts'

test('le téléphone d’un contact se corrige sur la fiche, et l’appel part au bon numéro', async ({ as }) => {
  const page = await as('rep')
  const name = unique('Hôtel Contact Corrigé')
  await noteProspect(page, name)
  await page.getByRole('link', { name: 'Ajouter' }).tap()
  await page.getByLabel('Prénom').fill('Peio')
  await page.getByLabel('Nom', { exact: true }).fill('Mendiboure')
  await page.getByLabel('Téléphone').fill('06 01 02 03 04')
  await page.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(page.getByText('Peio Mendiboure enregistré')).toBeVisible()
  const call = page.getByRole('link', { name: 'Appeler Peio Mendiboure' })
  await expect(call).toHaveAttribute('href', 'tel:+33601020304')

  await page.getByRole('link', { name: /^Peio Mendiboure/ }).tap()
  await page.getByLabel('Téléphone').fill('06 11 22 33 44')
  await page.getByLabel('E-mail').fill('peio@mendiboure.test')
  await page.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(call).toHaveAttribute('href', 'tel:+33611223344')
  await expect(outbox(page)).toHaveText(accepted)

  const other = await as('rep')
  await openCard(other, name)
  await expect(other.getByRole('link', { name: 'Appeler Peio Mendiboure' })).toHaveAttribute(
    'href',
    'tel:+33611223344',
  )
  await expect(other.getByRole('link', { name: 'Écrire à Peio Mendiboure' })).toHaveAttribute(
    'href',
    'mailto:peio@mendiboure.test',
  )
})
