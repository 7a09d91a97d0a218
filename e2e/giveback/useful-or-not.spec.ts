import type { Page } from '@playwright/test'
import { expect } from '../fixtures.ts'
import { accepted, fillReport, noteProspect, outbox, saveReport, unique } from '../report/phone-form.ts'
import { kept, test } from '../sync/own-phone.ts'

const given = (page: Page) => page.locator('section').filter({ has: page.getByText('Ce que ça vous rend') })
const useful = (page: Page) => given(page).getByRole('button', { name: 'Utile', exact: true })
const useless = (page: Page) => given(page).getByRole('button', { name: 'Pas utile' })

/** As if what was told had been told more than a month ago: it may be told again. */
const rest = (page: Page) =>
  page.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith('fieldback.told.')) localStorage.removeItem(key)
  })

/** Files a visit of an account, long after the one before; answers what it gives back, in a sentence. */
async function visit(page: Page, card: string, note: string): Promise<string> {
  await page.goto(card)
  await rest(page)
  return visitAgain(page, note)
}

/** The same of the account whose card is open, at once. */
async function visitAgain(page: Page, note: string): Promise<string> {
  await fillReport(page, { outcome: 'À revoir', note })
  await saveReport(page)
  return (await given(page).locator('p').nth(1).textContent()) ?? ''
}

test('hors réseau, un retour jugé inutile cède sa place à la visite suivante, et la reprend quand l’avis est retiré', async ({
  phone,
  as,
}) => {
  await phone.signIn()
  const first = await phone.open('/m')
  await noteProspect(first, unique('Ferme Aux Avis'))
  const { pathname } = new URL(first.url())
  await kept(first)
  await phone.kill()
  await phone.line.cut()

  const page = await phone.open(pathname)
  const card = page.url()
  await visit(page, card, 'Première visite')
  // From the second visit on, the same answers give the same return.
  const before = await visit(page, card, 'Deuxième visite')
  await page.goto(card)
  expect(await visitAgain(page, 'Encore une visite'), 'what was just told rests').not.toBe(before)
  expect(await visit(page, card, 'Troisième visite')).toBe(before)
  await useless(page).tap()
  await expect(useless(page)).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText('Noté : il passera après les autres.')).toBeVisible()

  const other = await visit(page, card, 'Quatrième visite')
  expect(other).not.toBe(before)
  await expect(useless(page)).toHaveAttribute('aria-pressed', 'false')
  await useful(page).tap()
  await expect(useful(page)).toHaveAttribute('aria-pressed', 'true')
  await page.goto(new URL('/m/me', card).href)
  const ledger = page.getByRole('region', { name: 'Donnant-donnant' })
  // What was shown is counted by the server; on the first days of a month nothing may have been yet.
  await expect(ledger.getByText(/1 jugé utile/)).toBeVisible()

  // Sent, it is on another phone too; taken back there, it is on neither.
  await phone.line.mend()
  await phone.signIn()
  const sent = await phone.open('/m/outbox')
  await expect(sent.getByText('Tout est accepté. Rien n’attend sur ce téléphone.')).toBeVisible()
  const second = await as('rep', { at: '/m/me' })
  await expect(
    second.getByRole('region', { name: 'Donnant-donnant' }).getByText(/1 jugé utile/),
  ).toBeVisible()
  await second.getByRole('region', { name: 'Jugés pas utiles' }).getByRole('button').first().tap()
  await expect(second.getByRole('region', { name: 'Jugés pas utiles' })).toHaveCount(0)
  await expect(outbox(second)).toHaveText(accepted)
  // The first phone learns it at its next exchange.
  await expect(async () => {
    await sent.goto(new URL('/m/me', card).href)
    await expect(sent.getByRole('region', { name: 'Donnant-donnant' })).toBeVisible()
    await expect(sent.getByRole('region', { name: 'Jugés pas utiles' })).toHaveCount(0, { timeout: 2_000 })
  }).toPass()
})
