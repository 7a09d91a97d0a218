import { expect, test } from '../fixtures.ts'
import { accepted, openCard, outbox, unique } from '../report/phone-form.ts'

test('un prospect se note par son nom, et celui qui existe déjà est montré à temps', async ({ as }) => {
  const page = await as('rep')
  const name = unique('Fromagerie du Port Vieux')
  await page.getByRole('link', { name: 'Comptes' }).tap()
  await page.getByRole('searchbox', { name: 'Nom, ville, contact ou numéro' }).fill(name)
  await expect(page.getByText('Notez-le comme prospect : le nom est déjà prêt.')).toBeVisible()
  await page.getByRole('button', { name: 'Nouveau prospect' }).tap()
  await expect(page.getByLabel('Nom', { exact: true }).first()).toHaveValue(name)
  await page.getByLabel('Code postal').fill('64200')
  await page.getByLabel('Ville').fill('Biarritz')
  await page.getByLabel('Téléphone').fill('05 59 00 12 34')
  await page.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByText(/prospect$/).first()).toBeVisible()
  await expect(outbox(page)).toHaveText(accepted)

  // The same again, written otherwise: the likely twin is shown, and nothing is forbidden.
  await page.goto('/m/accounts/new')
  await expect(page.getByText('Peut-être déjà connu')).toBeHidden()
  await page.getByLabel('Nom', { exact: true }).first().fill(name.toUpperCase())
  await page.getByLabel('Code postal').fill('64200')
  await page.getByLabel('Ville').fill('BIARRITZ')
  await expect(page.getByText('Peut-être déjà connu')).toBeVisible()
  await page.getByRole('link', { name: new RegExp(`${name}.*même nom, même endroit`) }).tap()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  const other = await as('rep')
  await openCard(other, name)
  await expect(other.getByText('05 59 00 12 34')).toBeVisible()
})

test('sans nom, le reste est gardé et c’est dit', async ({ as }) => {
  const page = await as('rep')
  await page.getByRole('link', { name: 'Comptes' }).tap()
  await page.getByRole('button', { name: 'Nouveau prospect' }).tap()
  await page.getByLabel('Ville').fill('Bidart')
  await page.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(page.getByText('Il manque le nom. Le reste est gardé.')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Ville')).toHaveValue('Bidart')
})
