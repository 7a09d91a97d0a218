import { expect, test } from '../fixtures.ts'
import {
  accepted,
  chip,
  loaded,
  noteProspect,
  outbox,
  reach,
  saveReport,
  unique,
} from '../report/phone-form.ts'

test('un rappel posé pour aujourd’hui attend sur Aujourd’hui, se coche, et se reprend', async ({ as }) => {
  const page = await as('rep')
  const name = unique('Boulangerie À Rappeler')
  const reason = unique('Hésite entre deux fours')
  await noteProspect(page, name)
  await page.getByRole('link', { name: 'À rappeler' }).tap()
  await page.getByRole('button', { name: 'Un autre jour' }).tap()
  await page.getByLabel('Un autre jour').fill(await today(page))
  await page.getByRole('textbox', { name: 'Pour quoi ?' }).fill(reason)
  await page.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(outbox(page)).toHaveText(accepted)

  await page.goto('/m')
  const due = page
    .getByRole('region', { name: 'À rappeler' })
    .getByRole('listitem')
    .filter({ hasText: reason })
  await expect(due).toContainText(name)
  await due.getByRole('button', { name: 'C’est fait' }).tap()
  await expect(page.getByText('Rappel coché')).toBeVisible()
  await expect(due).toBeHidden()
  await page.getByRole('button', { name: 'Annuler' }).tap()
  await expect(due).toBeVisible()
  await due.getByRole('button', { name: 'C’est fait' }).tap()
  await expect(due).toBeHidden()
  await expect(outbox(page)).toHaveText(accepted)

  const other = await as('rep')
  await loaded(other)
  await expect(outbox(other)).toHaveText(accepted)
  await expect(other.getByText(reason)).toHaveCount(0)
})

test('un rappel se pose dans le compte rendu, en deux touches', async ({ as }) => {
  const page = await as('rep')
  await noteProspect(page, unique('Traiteur Demain Matin'))
  await page.getByRole('link', { name: 'Commencer le compte rendu' }).tap()
  await chip(page, 'Comment ça s’est fini ?', 'Devis').tap()
  await reach(page, 'À rappeler ?')
  await chip(page, 'À rappeler ?', 'Demain').tap()
  await expect(page.getByRole('textbox', { name: 'Pour quoi ?' })).toHaveValue('Suite de la visite')
  await reach(page, 'Enregistrer')
  await saveReport(page)
  await expect(page.getByText(/^À rappeler le /)).toBeVisible()
  await expect(outbox(page)).toHaveText(accepted)
})

/** The phone's own day, as its date field writes it. */
const today = (page: import('@playwright/test').Page): Promise<string> =>
  page.evaluate(() => {
    const now = new Date()
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
  })
