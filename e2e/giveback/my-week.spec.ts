import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { fillReport, loaded, outbox, saveReport, unique } from '../report/phone-form.ts'

const figure = (page: Page, term: string) =>
  page
    .getByRole('region', { name: 'Ma semaine' })
    .locator('dl > div')
    .filter({ hasText: term })
    .locator('dd')
    .first()

const openForMe = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Pour moi' }).tap()
  await expect(page.getByRole('heading', { name: 'Ma semaine' })).toBeVisible()
}

/** A year of one answer, beside the region: both lines named, both counted. */
const readTrend = async (page: Page): Promise<void> => {
  const trend = page.locator('section').filter({ hasText: 'ces 30 derniers jours' }).last()
  await trend.getByRole('button', { name: 'La preuve' }).tap()
  const counted = '[\\d\\s]+ sur [\\d\\s]+'
  await expect(trend.getByText(new RegExp(`^Chez vous, par 30 jours\\s: ${counted}$`))).toBeVisible()
  await expect(
    trend.getByText(new RegExp(`^Nouvelle-Aquitaine, par mois\\s: ${counted} \\(chiffres du `)),
  ).toBeVisible()
}

test('Pour moi tient sa semaine et donne des exemples gagnés ailleurs, sans réseau aussi', async ({ as }) => {
  const phone = await as('rep')
  await loaded(phone)
  await openForMe(phone)
  await readTrend(phone)
  const [visits, orders] = [
    Number(await figure(phone, 'Visites').innerText()),
    Number(await figure(phone, 'Commandes').innerText()),
  ]

  await phone.getByRole('link', { name: 'Aujourd’hui' }).tap()
  const next = phone.getByRole('article').first()
  const name = await next.getByRole('heading').first().innerText()
  await next.getByRole('link', { name: 'Lire la fiche' }).tap()
  await fillReport(phone, { outcome: 'Commande', note: unique('Deux fours') })
  await phone.context().setOffline(true)
  await saveReport(phone)

  await phone.getByRole('link', { name: 'Aujourd’hui' }).last().tap()
  await openForMe(phone)
  await expect(figure(phone, 'Visites')).toHaveText(String(visits + 1))
  await expect(figure(phone, 'Commandes')).toHaveText(String(orders + 1))
  await readTrend(phone)

  // Examples are of others than the one to visit next, and open as they were written.
  const won = phone.getByRole('region', { name: 'Gagné chez des comptes comparables' })
  await expect(won.getByText(/^À voir bientôt\s: /)).not.toContainText(name)
  await phone.context().setOffline(false)
  await won.getByRole('link').first().tap()
  await expect(phone.getByText('Commande', { exact: true }).first()).toBeVisible()
  await phone.goto('/m')
  await expect(outbox(phone)).toHaveText('tout est accepté')
})
