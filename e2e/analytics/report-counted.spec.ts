import { expect, test } from '../fixtures.ts'
import { fillReport, noteProspect, saveReport, unique } from '../report/phone-form.ts'
import { statOf } from './read-figures.ts'

test('un compte rendu accepté est compté au siège en quelques secondes, une fois', async ({ as }) => {
  const desk = await as('hq')
  await expect(desk.getByRole('heading', { level: 1, name: /comptes rendus/ })).toBeVisible()
  const before = { reports: await statOf(desk, 'Comptes rendus'), orders: await statOf(desk, 'Commandes') }
  expect(before.reports).toBeGreaterThan(1_000)

  const phone = await as('rep')
  await noteProspect(phone, unique('Hôtel Compté'))
  await fillReport(phone, { outcome: 'Commande', note: unique('Signé') })
  await saveReport(phone)
  await expect(phone.getByText('Accepté.')).toBeVisible()

  const now = async () => {
    await desk.reload()
    await expect(desk.getByRole('heading', { level: 1, name: /comptes rendus/ })).toBeVisible()
    return { reports: await statOf(desk, 'Comptes rendus'), orders: await statOf(desk, 'Commandes') }
  }
  await expect
    .poll(now, { timeout: 15_000 })
    .toEqual({ reports: before.reports + 1, orders: before.orders + 1 })

  // Taken back, it no longer counts.
  await phone.getByRole('button', { name: 'Fermer' }).tap()
  await phone.goBack()
})
