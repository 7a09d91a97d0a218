import { enterByMail } from '../access/caught-mail.ts'
import { findRep } from '../access/seeded-people.ts'
import { reopenToday } from '../agenda/first-picture.ts'
import { expect, test } from '../fixtures.ts'
import { accepted, fillReport, loaded, openCard, outbox, saveReport, unique } from '../report/phone-form.ts'
import { DEPARTMENT, openInTree } from '../territory/sector-page.ts'

test('un objectif arrive au téléphone avec sa raison, se refuse d’un mot sans réseau, et avance d’une visite', async ({
  as,
  browse,
}) => {
  const desk = await as('local')
  const rep = await findRep(desk, (place) => place !== 'Pays Basque' && place !== DEPARTMENT)
  await openInTree(desk, rep.place)
  await desk.getByRole('link', { name: 'Objectifs' }).click()
  await expect(desk.getByRole('heading', { level: 1, name: /^Objectifs, / })).toBeVisible()
  await desk.getByRole('treeitem', { name: rep.place }).first().click()
  await expect(desk.getByRole('heading', { level: 1, name: `Objectifs, ${rep.place}` })).toBeVisible()
  await desk.getByRole('button', { name: 'Nouvel objectif' }).click()
  const form = desk.getByRole('form', { name: 'Ce que vous demandez' })
  await form.getByText('Clients', { exact: true }).click()
  await expect(form.getByRole('status')).toContainText(/\d+ comptes? concernés?/)
  const why = unique('La foire est le 12, les commandes se décident avant')
  await form.getByLabel(/^Pourquoi, en une phrase/).fill(why)
  await form.getByRole('button', { name: 'Fixer cet objectif' }).click()
  const card = desk.getByRole('article').filter({ hasText: why })
  await expect(card).toContainText(/\d+ vus sur \d+/)

  const phone = await browse({ phone: true })
  await enterByMail(phone, rep.address)
  await loaded(phone)
  await expect(phone.getByText(new RegExp(`^${why} \\(`)).first()).toBeVisible()
  // Opened again, the day is drawn with it at once, and nothing moves once the rest has been read.
  const { first, now, moved } = await reopenToday(phone)
  expect(first).toContain(why)
  expect(now).toBe(first)
  expect(moved).toBeLessThan(0.01)
  await phone.getByRole('link', { name: 'Lire la fiche' }).tap()
  const asked = phone.getByRole('region', { name: 'Objectifs' })
  await expect(asked).toContainText(why)
  const account = await phone.getByRole('heading', { level: 1 }).innerText()

  await phone.context().setOffline(true)
  const word = unique('Fermé pour travaux')
  await asked.getByRole('button', { name: 'Je ne le prends pas' }).tap()
  await asked.getByLabel('Pourquoi, en un mot').fill(word)
  await asked.getByRole('button', { name: 'C’est dit' }).tap()
  await expect(asked).toContainText(`Vous ne le prenez pas : « ${word} »`)
  await phone.context().setOffline(false)
  await phone.evaluate(() => dispatchEvent(new Event('online')))
  await expect(outbox(phone)).toHaveText(accepted)
  await desk.reload()
  await card.getByText(/mot de qui ne prend pas/).click()
  await expect(card).toContainText(word)
  await expect(card).toContainText('1 pas pris')

  // Under "For me" he reads how far he is, and takes it on again.
  await phone.goto('/m/me')
  const own = phone.getByRole('region', { name: 'Objectifs' }).getByRole('article').filter({ hasText: why })
  await expect(own).toContainText(/\d+ vus? sur \d+ · 1 que vous ne prenez pas/)
  await own.getByText('Le compte que vous ne prenez pas').tap()
  await own.getByRole('button', { name: 'Je le reprends' }).tap()
  await expect(own).not.toContainText('que vous ne prenez pas')

  await openCard(phone, account)
  await fillReport(phone, { outcome: 'Devis', note: unique('Vu') })
  await saveReport(phone)
  await openCard(phone, account)
  await expect(phone.getByRole('region', { name: 'Objectifs' })).toHaveCount(0)

  await card.getByRole('button', { name: 'Arrêter' }).click()
  await expect(desk.getByText('L’objectif est arrêté')).toBeVisible()
  await expect(card.getByText('Arrêté', { exact: true })).toBeVisible()
})
