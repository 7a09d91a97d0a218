import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { accepted, noteProspect, outbox, unique } from '../report/phone-form.ts'
import { downloadCsv, downloadXlsx } from './read-table.ts'

const ACCOUNTS = 'Comptes : télécharger'
const CONTACTS = 'Contacts : télécharger'

test('les comptes et les contacts d’une branche s’exportent en CSV et pour Excel : rien n’y est une formule', async ({
  as,
}) => {
  const phone = await as('rep')
  const name = unique('=1+1 Fournil; "Ibarra"')
  await noteProspect(phone, name)
  await phone.getByRole('link', { name: 'Ajouter' }).tap()
  await phone.getByLabel('Prénom').fill('@SUM(A1)')
  await phone.getByLabel('Nom', { exact: true }).fill('-Ibarra')
  await phone.getByLabel('Téléphone').fill('06 01 02 03 04')
  await phone.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(outbox(phone)).toHaveText(accepted)

  const desk = await as('local')
  await openExport(desk)
  const csv = await downloadCsv(desk, `${ACCOUNTS} le CSV`)
  expect(csv.name).toMatch(/^comptes-\d{4}-\d\d-\d\d\.csv$/)
  expect(csv.rows.find(({ Compte }) => Compte === `'${name}`)).toMatchObject({
    Territoire: 'Pays Basque',
    Sorte: 'prospect',
  })
  const book = await downloadXlsx(desk, `${ACCOUNTS} pour Excel`)
  expect(book.name).toMatch(/^comptes-\d{4}-\d\d-\d\d\.xlsx$/)
  expect(book.formulas).toBe(false)
  expect(book.rows.find(({ Compte }) => Compte === name)).toMatchObject({ Territoire: 'Pays Basque' })
  expect(book.rows).toHaveLength(csv.rows.length)

  const people = await downloadCsv(desk, `${CONTACTS} le CSV`)
  const met = { Prénom: '@SUM(A1)', Nom: '-Ibarra', Territoire: 'Pays Basque' }
  expect(people.rows.find(({ Compte }) => Compte === `'${name}`)).toMatchObject({
    ...met,
    Prénom: `'${met.Prénom}`,
    Nom: `'${met.Nom}`,
    Téléphone: expect.stringMatching(/^06\s01\s02\s03\s04$/),
  })
  const peopleBook = await downloadXlsx(desk, `${CONTACTS} pour Excel`)
  expect(peopleBook.formulas).toBe(false)
  expect(peopleBook.rows.find(({ Compte }) => Compte === name)).toMatchObject(met)
  expect(peopleBook.rows).toHaveLength(people.rows.length)
})

test('qui dirige une branche n’exporte qu’elle : ni les comptes d’à côté, ni le fichier du pays', async ({
  as,
}) => {
  const hq = await as('hq')
  await openExport(hq)
  const whole = await downloadCsv(hq, `${ACCOUNTS} le CSV`)
  const link = hq.getByRole('link', { name: `${ACCOUNTS} le CSV` })
  const address = (await link.getAttribute('href')) ?? ''

  const local = await as('local')
  await openExport(local)
  await expect(local.getByRole('treeitem', { name: 'Pays Basque' })).toBeVisible()
  const names = await local.getByRole('treeitem').allInnerTexts()
  const branch = new Set(names.map((name) => name.split('\n')[0]))
  const { rows } = await downloadCsv(local, `${ACCOUNTS} le CSV`)
  expect(branch).toContain('Pays Basque')
  expect(rows.map(({ Territoire }) => Territoire)).toContain('Pays Basque')
  expect(rows.filter(({ Territoire }) => !branch.has(Territoire))).toEqual([])
  expect(whole.rows.filter(({ Territoire }) => !branch.has(Territoire)).length).toBeGreaterThan(rows.length)

  const refused = await local.request.get(address)
  expect([403, 404]).toContain(refused.status())
  expect(await refused.text()).not.toContain('Bretagne')
})

async function openExport(desk: Page): Promise<void> {
  await desk.goto('/manage/accounts')
  await desk.getByRole('button', { name: 'Exporter', exact: true }).click()
  await expect(desk.getByRole('link', { name: `${ACCOUNTS} le CSV` })).toBeVisible()
}
