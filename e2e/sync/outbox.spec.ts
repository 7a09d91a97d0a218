import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import {
  accepted,
  fillReport,
  noteProspect,
  openCard,
  outbox,
  pastVisits,
  saveReport,
  unique,
} from '../report/phone-form.ts'

/** What the phone sends and fetches finds no network, until it is given back. */
async function cutOff(page: Page): Promise<() => Promise<void>> {
  await page.route('**/api/sync/*', (route) => route.abort('internetdisconnected'))
  return async () => {
    await page.unroute('**/api/sync/*')
    await page.evaluate(() => dispatchEvent(new Event('online')))
  }
}

test('ce qui attend s’ouvre, s’exporte, se jette et se remet, puis arrive une fois', async ({ as }) => {
  const page = await as('rep')
  const name = unique('Boulangerie Boîte')
  const note = unique('Four à changer')
  await noteProspect(page, name)
  const giveBack = await cutOff(page)
  await fillReport(page, { outcome: 'Commande', note })
  await saveReport(page)
  await outbox(page).tap()
  await page.getByRole('button', { name: new RegExp(name) }).tap()
  await expect(page.getByRole('list', { name: 'Ce que vous avez saisi' })).toContainText(note)
  await page.goBack()

  const begun = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Exporter ce qui attend' }).tap()
  const file = await readFile(await (await begun).path(), 'utf8')
  expect(file).toContain(`<dd>${note}</dd>`)
  const data = JSON.parse(file.match(/<script type="application\/json"[^>]*>([\s\S]*)<\/script>/)?.[1] ?? '')
  expect(
    data.operations.map(({ operation }: { operation: { body: { note: string } } }) => operation.body.note),
  ).toEqual([note])

  await page.getByRole('button', { name: new RegExp(name) }).tap()
  await page.getByRole('button', { name: 'Jeter' }).tap()
  const thrown = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Jeté' }) })
  await expect(thrown).toContainText(name)
  await giveBack()
  await expect(page.getByText('Envoi en cours')).toHaveCount(0)
  await page.reload()
  await thrown.getByRole('button', { name: 'Remettre' }).tap()
  await expect(thrown).toHaveCount(0)
  await page.getByRole('link', { name: 'Aujourd’hui' }).tap()
  await expect(outbox(page)).toHaveText(accepted)

  const other = await as('rep')
  await openCard(other, name)
  await expect(pastVisits(other, note)).toHaveCount(1)
})

test('deux personnes corrigent le même numéro : le commercial voit les deux et choisit', async ({ as }) => {
  const page = await as('rep')
  const name = unique('Fromagerie Deux Voix')
  await noteProspect(page, name)
  const other = await as('rep')
  await openCard(other, name)
  const correct = async (phone: Page, number: string) => {
    await phone.getByRole('button', { name: 'Corriger' }).tap()
    await phone.getByLabel('Téléphone', { exact: true }).fill(number)
    await phone.getByRole('button', { name: 'Enregistrer' }).tap()
  }
  const giveBack = await cutOff(page)
  await correct(page, '05 59 00 00 01')
  await expect(outbox(page)).toHaveText(/sur ce téléphone/)
  // Who sends first has no conflict.
  const sent = other.waitForResponse('**/api/sync/push')
  await correct(other, '05 59 00 00 02')
  await sent
  await giveBack()
  await expect(outbox(page)).toHaveText(/à compléter/)
  await outbox(page).tap()
  const met = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Changé aussi par un autre' }) })
  await expect(met).toContainText('05 59 00 00 01')
  await expect(met).toContainText('05 59 00 00 02')
  await expect(met).toContainText('Vous, sur un autre appareil')
  await met.getByRole('button', { name: 'Remettre l’autre' }).tap()
  await expect(met).toHaveCount(0)
  await page.getByRole('link', { name: 'Aujourd’hui' }).tap()
  await expect(outbox(page)).not.toHaveText(/sur ce téléphone/)
  await openCard(page, name)
  await expect(page.locator('a[href="tel:+33559000002"]').first()).toBeVisible()
})
