import { readFile } from 'node:fs/promises'
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

test('« Contacts qui parlent basque » : la liste, et un fichier des seuls joignables, sans formule', async ({
  as,
}) => {
  const page = await as('rep')
  await page.getByRole('link', { name: 'Pour moi' }).tap()
  await page.getByRole('link', { name: /Contacts qui parlent basque/ }).tap()
  await expect(page.getByRole('heading', { level: 1, name: 'Contacts qui parlent basque' })).toBeVisible()
  const csv = page.getByRole('button', { name: /^Liste, \d+ lignes?$/ })
  const reachable = Number((await csv.textContent())?.replaceAll(/\D/g, ''))
  expect(reachable).toBeGreaterThan(5)

  const begun = page.waitForEvent('download')
  await csv.tap()
  const file = await begun
  expect(file.suggestedFilename()).toBe('contacts-qui-parlent-basque.csv')
  const text = await readFile(await file.path(), 'utf8')
  expect(text.startsWith('\uFEFF')).toBe(true)
  const [header = [], ...rows] = text
    .slice(1)
    .split('\r\n')
    .filter(Boolean)
    .map((line) => line.split(';'))
  expect(rows).toHaveLength(reachable)
  const [phone, email] = [header.indexOf('Téléphone'), header.indexOf('E-mail')]
  expect(phone).toBeGreaterThan(-1)
  for (const row of rows) {
    expect(`${row[phone]}${row[email]}`, row.join(';')).not.toBe('')
    for (const cell of row) expect(cell).not.toMatch(/^"?[=+\-@\t]/)
  }
})

test('une réponse donnée en visite entre dans la liste ; qui ne veut pas de messages n’en sort pas un numéro', async ({
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

  await page.goto('/m/me')
  await page.getByRole('link', { name: /Contacts qui parlent basque/ }).tap()
  const cells = await listed(page)
  expect(cells).toContain(`'${last}`)
  expect(cells).not.toContain(last)

  await openCard(page, account)
  await page
    .getByRole('link', { name: `Maddi ${last}` })
    .first()
    .tap()
  await page.getByText('Ne veut pas recevoir de messages').tap()
  await page.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(page.getByText('pas de messages')).toBeVisible()
  await page.goto('/m/me')
  await page.getByRole('link', { name: /Contacts qui parlent basque/ }).tap()
  const others = page.getByRole('region', { name: 'Sans coordonnées, ou pas de messages' })
  await expect(others.getByRole('listitem').filter({ hasText: last })).toContainText(
    'ne veut pas de messages',
  )
  expect(await listed(page)).not.toContain(`'${last}`)
})

/** The cells of the file that the list gives. */
async function listed(page: import('@playwright/test').Page): Promise<string[]> {
  const begun = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Liste, \d+ lignes?$/ }).tap()
  const text = await readFile(await (await begun).path(), 'utf8')
  return text.split(/\r\n|;/)
}
