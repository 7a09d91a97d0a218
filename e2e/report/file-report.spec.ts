import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import {
  accepted,
  chip,
  loaded,
  outbox,
  pastVisits,
  question,
  reach,
  saveReport,
  unique,
} from './phone-form.ts'

const TAPS_MOST = 12

test('d’Aujourd’hui au retour : douze touches au plus, et le compte rendu est sur la fiche', async ({
  as,
}) => {
  const page = await as('rep')
  // What still arrives may bring a visit that comes before.
  await loaded(page)
  const next = page.getByRole('article')
  const name = (await next.getByRole('heading').textContent()) ?? ''
  await countTaps(page)

  const read = next.getByRole('link', { name: 'Lire la fiche' })
  // Another account may bear the same name.
  const card = await read.getAttribute('href')
  await read.tap()
  await page.getByRole('link', { name: /^(Commencer|Reprendre) le compte rendu$/ }).tap()
  // Who was met is known already when only one person is.
  const who = question(page, 'Qui avez-vous vu ?')
  await expect(who).toBeVisible()
  if ((await who.getByRole('button', { pressed: true }).count()) === 0)
    await who.getByRole('button', { pressed: false }).nth(1).tap()
  await chip(page, 'Comment ça s’est fini ?', 'Commande').tap()
  await chip(page, 'Humeur du client', 'Bonne').tap()
  await chip(page, 'Concurrent en place', 'Aucun').tap()
  await chip(page, 'Produits évoqués', 'Four').tap()
  await reach(page, 'À retenir')
  const note = unique('Le four chauffe mal le matin')
  await page.getByRole('textbox', { name: 'À retenir' }).tap()
  await page.keyboard.insertText(note)
  await reach(page, 'Enregistrer')
  await saveReport(page)

  // The return is there with the save, whatever the network does.
  await expect(page.getByText('Ce que ça vous rend')).toBeVisible()
  const fingers = await taps(page)
  expect(fingers).toBeGreaterThan(5)
  expect(fingers).toBeLessThanOrEqual(TAPS_MOST)

  await expect(page.getByText('Accepté.')).toBeVisible()
  await expect(outbox(page)).toHaveText(accepted)

  await page.goto('/m/accounts')
  await page.getByRole('searchbox', { name: 'Nom, ville, contact ou numéro' }).fill(name)
  await page.locator(`main a[href="${card}"]`).tap()
  await expect(pastVisits(page, note)).toHaveCount(1)
  await expect(pastVisits(page, note)).toContainText('Commande.')
})

type Counted = { fingers?: number }

/** Counts what the finger does, whatever the test calls. */
async function countTaps(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counted = window as Counted
    counted.fingers = 0
    addEventListener('pointerdown', () => (counted.fingers = (counted.fingers ?? 0) + 1), true)
  })
}

const taps = (page: Page): Promise<number> =>
  page.evaluate(() => (window as Counted).fingers ?? Number.POSITIVE_INFINITY)
