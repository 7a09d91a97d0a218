import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import {
  accepted,
  chip,
  noteProspect,
  openCard,
  outbox,
  reach,
  saveReport,
  unique,
} from '../report/phone-form.ts'

const SEGMENT = 'Contacts qui parlent basque'
/** A spreadsheet runs what begins so. */
const FORMULA = /^"?[=+\-@\t]/

test('« Contacts qui parlent basque » : la liste, et des fichiers des seuls joignables, sans formule', async ({
  as,
}) => {
  const page = await as('rep')
  await openSegment(page)
  const reachable = await countOn(page, /^Liste, \d+ lignes?$/)
  expect(reachable).toBeGreaterThan(5)
  const list = await readFileOf(page, /^Liste, /)
  expect(list.name).toBe('contacts-qui-parlent-basque.csv')
  expect(list.rows).toHaveLength(reachable)
  const [phone, email] = [list.header.indexOf('Téléphone'), list.header.indexOf('E-mail')]
  for (const row of list.rows) {
    expect(`${row[phone]}${row[email]}`, row.join(';')).not.toBe('')
    for (const cell of row) expect(cell).not.toMatch(FORMULA)
  }

  // The source of a mail merge: each has an address to write to.
  const withEmail = await countOn(page, /^Publipostage, /)
  const merge = await readFileOf(page, /^Publipostage, /)
  expect(merge.name).toBe('contacts-qui-parlent-basque-publipostage.csv')
  expect(merge.rows).toHaveLength(withEmail)
  for (const row of merge.rows) expect(row[merge.header.indexOf('E-mail')]).toContain('@')
})

test('une réponse donnée en visite entre dans la liste ; qui ne veut pas de messages sort des fichiers', async ({
  as,
}) => {
  const page = await as('rep')
  const account = unique('Fromagerie Segment')
  const last = unique('=HYPERLINK').replace(' ', '')
  await noteProspect(page, account)
  await page.getByRole('link', { name: 'Ajouter' }).tap()
  await page.getByLabel('Prénom').fill('Maddi')
  await page.getByLabel('Nom', { exact: true }).fill(last)
  await page.getByLabel('Téléphone').fill('06 33 33 33 33')
  await page.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(page.getByRole('link', { name: `Appeler Maddi ${last}` })).toBeVisible()
  await page.getByRole('link', { name: /le compte rendu$/ }).tap()
  await chip(page, 'Comment ça s’est fini ?', 'Devis').tap()
  await reach(page, 'Parle basque')
  await chip(page, 'Parle basque', 'Oui').tap()
  await reach(page, 'Enregistrer')
  await saveReport(page)
  await expect(page.getByText('« Parle basque » ajouté à la fiche')).toBeVisible()
  await expect(outbox(page)).toHaveText(accepted)

  await openSegment(page)
  const names = (await readFileOf(page, /^Liste, /)).rows.flat()
  expect(names).toContain(`'${last}`)
  expect(names).not.toContain(last)

  await openCard(page, account)
  await page
    .getByRole('link', { name: `Maddi ${last}` })
    .first()
    .tap()
  await page.getByText('Ne veut pas recevoir de messages').tap()
  await page.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(page.getByText('pas de messages')).toBeVisible()
  await openSegment(page)
  const others = page.getByRole('region', { name: 'Sans coordonnées, ou pas de messages' })
  await expect(others.getByRole('listitem').filter({ hasText: last })).toContainText(
    'ne veut pas de messages',
  )
  expect((await readFileOf(page, /^Liste, /)).rows.flat()).not.toContain(`'${last}`)
})

async function openSegment(page: Page): Promise<void> {
  await page.goto('/m/me')
  await page.getByRole('link', { name: new RegExp(SEGMENT) }).tap()
  await expect(page.getByRole('heading', { level: 1, name: SEGMENT })).toBeVisible()
}

const countOn = async (page: Page, button: RegExp): Promise<number> =>
  Number((await page.getByRole('button', { name: button }).textContent())?.replaceAll(/\D/g, ''))

/** Takes a file of the list as a spreadsheet would read it. */
async function readFileOf(
  page: Page,
  button: RegExp,
): Promise<{ name: string; header: string[]; rows: string[][] }> {
  const begun = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).tap()
  const file = await begun
  const text = await readFile(await file.path(), 'utf8')
  expect(text.startsWith('\uFEFF'), 'a byte-order mark, so that accents survive a double click').toBe(true)
  const [header = [], ...rows] = text
    .slice(1)
    .split('\r\n')
    .filter(Boolean)
    .map((line) => line.split(';'))
  return { name: file.suggestedFilename(), header, rows }
}
