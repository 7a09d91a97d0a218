import { readFile } from 'node:fs/promises'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { closePlace } from '../territory/sector-page.ts'

test('chaque changement se lit en une phrase, se filtre par l’adresse et s’emporte en CSV', async ({
  as,
}) => {
  const page = await as('admin')
  const name = unique('Labourd')
  await page.goto('/admin/territories')
  await page.getByRole('button', { name: 'Ajouter dessous' }).click()
  await page.getByLabel('Nom du nouveau territoire, sous France').fill(name)
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click()
  await expect(page.getByText(`${name} ajouté sous France`)).toBeVisible()
  await page.getByRole('row', { name }).getByRole('link').click()
  await closePlace(page, name)
  await expect(page.getByText(`${name} fermé`)).toBeVisible()

  await page.getByRole('link', { name: 'Journal', exact: true }).click()
  const added = page.getByRole('row', { name: `a ajouté ${name} sous France` })
  const closed = page.getByRole('row', { name: `a fermé ${name}, sous France` })
  await expect(added).toContainText('Paul Vasseur')
  await expect(closed).toBeVisible()

  await added.getByRole('button', { name: 'Tout sur ce sujet' }).click()
  await expect(page.getByText(`Sur ${name}`)).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(3)
  await page.reload()
  await expect(page.getByRole('row')).toHaveCount(3)
  await page.getByLabel('À propos de').selectOption('champs')
  await expect(page.getByText('Aucune ligne')).toBeVisible()
  await page.getByLabel('À propos de').selectOption('territoires')
  await expect(closed).toBeVisible()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Exporter en CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^journal-\d{4}-\d\d-\d\d\.csv$/)
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toBe('\uFEFFQuand;Qui;Quoi')
  expect(lines[1]).toContain(`Paul Vasseur;a fermé ${name}, sous France`)

  await page.goto('/admin/audit?kind=audit')
  await expect(page.getByRole('row', { name: 'a exporté 2 lignes du journal' }).first()).toBeVisible()
})

test('the journal is in English for who reads English, and is the administrator’s alone', async ({ as }) => {
  const page = await as('admin', { locale: 'en-GB', at: '/admin/audit' })
  await expect(page.getByRole('heading', { level: 1, name: /^Who changed what/ })).toBeVisible()
  await expect(page.getByLabel('From')).toBeVisible()
  const manager = await as('local', { at: '/admin/audit' })
  await expect(manager.getByRole('heading', { level: 1, name: /^Qui a changé quoi/ })).toHaveCount(0)
  const refused = await manager.request.get('/api/audit/export')
  expect(refused.status()).toBe(403)
  // Who follows a link reads why, and is led back.
  await manager.goto('/api/audit/export')
  await expect(manager.getByRole('heading', { level: 1, name: 'Ce fichier n’est pas donné' })).toBeVisible()
  await manager.getByRole('link', { name: 'Revenir à la page' }).click()
  await expect(manager).toHaveURL(/\/manage/)
})
