import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { addressOf, expect, PASSWORD, test, tryPassword } from '../fixtures.ts'
import { chip, fillReport, noteProspect, reach, saveReport, unique } from './phone-form.ts'

/** Follows a link to a file and reads it. */
async function fileBehind(page: Page, link: string): Promise<{ name: string; text: string }> {
  const begun = page.waitForEvent('download')
  await page.getByRole('link', { name: link }).click()
  const file = await begun
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

test('un responsable trouve un compte rendu, lit ce qui a été corrigé, et l’exporte ; la session finie, il se reconnecte et retrouve sa vue', async ({
  as,
}) => {
  const phone = await as('rep')
  const name = unique('Crèmerie Lizarazu')
  await noteProspect(phone, name)
  await fillReport(phone, { outcome: 'Devis', note: '=SOMME(A1) à relire' })
  await saveReport(phone)
  await expect(phone.getByText('Accepté.')).toBeVisible()
  await phone.getByRole('link', { name: 'Corriger' }).tap()
  await chip(phone, 'Comment ça s’est fini ?', 'Commande').tap()
  await reach(phone, 'Enregistrer')
  await saveReport(phone)
  await expect(phone.getByText('Accepté.')).toBeVisible()

  const desk = await as('local')
  await desk
    .getByRole('navigation', { name: 'Espaces' })
    .getByRole('link', { name: 'Comptes rendus' })
    .click()
  await expect(
    desk.getByRole('heading', { level: 1, name: 'Pyrénées-Atlantiques : les comptes rendus' }),
  ).toBeVisible()
  await desk.getByRole('searchbox', { name: 'Début du nom du compte' }).fill(name)
  const row = desk.getByRole('row').filter({ hasText: name })
  await expect(row).toContainText('Commande')
  await expect(desk.getByRole('row')).toHaveCount(2)
  await row.getByRole('link', { name }).click()

  await expect(desk.getByRole('heading', { level: 1, name: `Visite chez ${name}` })).toBeVisible()
  const corrections = desk.getByRole('region', { name: 'Corrections' })
  await expect(corrections).toContainText('Avant : Devis')
  await expect(corrections).toContainText('Après : Commande')
  await expect(desk.getByText('=SOMME(A1) à relire')).toBeVisible()

  await desk.getByRole('link', { name: 'Tous les comptes rendus de ce compte' }).click()
  await desk.getByRole('button', { name: 'Exporter les réponses' }).click()
  await expect(desk.getByText('1 compte rendu partira')).toBeVisible()
  const book = await fileBehind(desk, 'Télécharger pour Excel')
  expect(book.name).toMatch(/^comptes-rendus-\d{4}-\d\d-\d\d\.xlsx$/)
  expect(book.text).toMatch(/^PK/)
  const { name: fileName, text } = await fileBehind(desk, 'Télécharger le CSV')
  expect(fileName).toMatch(/^comptes-rendus-\d{4}-\d\d-\d\d\.csv$/)
  expect(text).toMatch(/^\uFEFFJour;Quoi;Fin;/)
  expect(text).toContain(`;${name};`)
  expect(text).toContain(";'=SOMME(A1) à relire")

  const view = new URL(desk.url())
  await desk.context().clearCookies()
  await desk.getByRole('link', { name: 'Télécharger le CSV' }).click()
  await expect(desk).toHaveURL(/\/signin\?/)
  await expect(desk.getByText('Votre session est terminée.')).toBeVisible()
  await tryPassword(desk, addressOf('local'), PASSWORD)
  await expect(desk).toHaveURL(view.href)
  await expect(desk.getByRole('row').filter({ hasText: name })).toBeVisible()
})

test('la session finie, le fichier d’un tableau mène aussi à la connexion, et non à du code', async ({
  as,
}) => {
  const page = await as('hq')
  const section = page.getByRole('region', { name: 'France, par territoire' })
  await expect(section.getByRole('link', { name: 'CSV' })).toBeVisible()
  // What the page still reads would ask him to sign in by itself.
  await page.waitForLoadState('networkidle')
  await page.context().clearCookies()
  await section.getByRole('link', { name: 'CSV' }).click()
  await expect(page).toHaveURL(/\/signin\?.*to=%2Fhq/)
  await page.goto('/api/report/export?at=nothing')
  await expect(page).toHaveURL(/\/signin\?/)
  await expect(page.getByText('Votre session est terminée.')).toBeVisible()
})
