import { expect, test } from '../fixtures.ts'
import { fillReport, noteProspect, openCard, pastVisits, saveReport, unique } from '../report/phone-form.ts'
import { statOf } from './read-figures.ts'

test('un compte rendu accepté est compté au siège en quelques secondes, et décompté s’il est retiré', async ({
  as,
}) => {
  const desk = await as('hq')
  const figures = async () => {
    await desk.reload()
    await expect(desk.getByRole('heading', { level: 1, name: /comptes rendus/ })).toBeVisible()
    return { reports: await statOf(desk, 'Comptes rendus'), orders: await statOf(desk, 'Commandes') }
  }
  const before = await figures()
  expect(before.reports).toBeGreaterThan(1_000)

  const phone = await as('rep')
  const account = unique('Hôtel Compté')
  const note = unique('Signé')
  await noteProspect(phone, account)
  await fillReport(phone, { outcome: 'Commande', note })
  await saveReport(phone)
  await expect(phone.getByText('Accepté.')).toBeVisible()
  const after = { reports: before.reports + 1, orders: before.orders + 1 }
  await expect.poll(figures, { timeout: 60_000 }).toEqual(after)

  await openCard(phone, account)
  await pastVisits(phone, note).getByRole('link').tap()
  await phone.getByRole('button', { name: 'Retirer' }).tap()
  await expect(phone.getByText('Compte rendu retiré')).toBeVisible()
  await expect.poll(figures, { timeout: 60_000 }).toEqual(before)
})
