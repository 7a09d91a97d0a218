import type { Page } from '@playwright/test'
import { addressOf, expect, PASSWORD, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { askForLink } from './caught-mail.ts'

/** It was saved; others find the tree as it was. */
async function takenBack(admin: Page, name: string): Promise<void> {
  await expect(admin.getByText(`${name} ajouté sous`)).toBeVisible()
  // The form may still be closing, with a button of the same name.
  await admin.getByRole('status').getByRole('button', { name: 'Annuler' }).click()
  await expect(admin.getByText(`${name} fermé`)).toBeVisible()
}

test('une session finie au milieu d’un formulaire : ce qui est tapé reste, on se reconnecte sur place, c’est enregistré', async ({
  as,
}) => {
  const admin = await as('admin')
  const name = unique('Zone Session')
  await admin.goto('/admin/territories?do=add')
  await admin.getByLabel(/^Nom du nouveau territoire/).fill(name)
  await admin.context().clearCookies()
  await admin.getByLabel(/^Nom du nouveau territoire/).press('Enter')

  const again = admin.getByRole('dialog', { name: 'Reconnectez-vous' })
  await expect(again).toBeVisible()
  await again.getByRole('button', { name: 'Plus tard' }).click()
  await expect(admin.getByText('Votre session est terminée.').first()).toBeVisible()
  await expect(admin.getByLabel(/^Nom du nouveau territoire/)).toHaveValue(name)

  await admin.getByLabel(/^Nom du nouveau territoire/).press('Enter')
  await again.getByLabel('Adresse de travail').fill(addressOf('admin'))
  await again.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await again.getByRole('button', { name: 'Se connecter' }).click()
  await expect(again).toBeHidden()
  await takenBack(admin, name)
})

test('une session finie : un lien ouvert dans un autre onglet suffit, la première page reprend', async ({
  as,
}) => {
  const admin = await as('admin')
  const name = unique('Zone Onglet')
  await admin.goto('/admin/territories?do=add')
  await admin.getByLabel(/^Nom du nouveau territoire/).fill(name)
  await admin.context().clearCookies()
  await admin.getByLabel(/^Nom du nouveau territoire/).press('Enter')
  await expect(admin.getByRole('dialog', { name: 'Reconnectez-vous' })).toBeVisible()

  const other = await admin.context().newPage()
  await other.goto(await askForLink(other, addressOf('admin')))
  await other.getByRole('button', { name: 'Ouvrir Fieldback' }).click()
  await expect(other).toHaveURL(/\/admin/)
  await admin.bringToFront()
  await admin.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(admin.getByRole('dialog')).toBeHidden()
  await takenBack(admin, name)
})
