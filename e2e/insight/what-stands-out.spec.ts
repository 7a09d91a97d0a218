import { expect, test } from '../fixtures.ts'

const OVEN = /:\sFour\s» est associé à plus de commandes/

test('ce qui ressort : une phrase, sa preuve, et un avis qui la met en dernier', async ({ as }) => {
  const page = await as('local', { at: '/manage/insights' })
  const card = page.getByRole('article').filter({ hasText: OVEN })
  // Worked out by the worker, within moments of the first start.
  await expect(async () => {
    await page.reload()
    await expect(card).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await card.getByRole('button', { name: 'La preuve' }).click()
  await expect(card.getByRole('definition').first()).toHaveText(/\d sur \d.+\s%/)
  await expect(card).toContainText('dans le même territoire et le même trimestre')

  const useless = card.getByRole('button', { name: 'Pas utile' })
  await useless.click()
  await expect(useless).toHaveAttribute('aria-pressed', 'true')
  await page.reload()
  await expect(useless).toHaveAttribute('aria-pressed', 'true')
  await useless.click()
  await expect(useless).toHaveAttribute('aria-pressed', 'false')
})

test('sur le téléphone, les constats sont dans Pour moi, preuve comprise', async ({ as }) => {
  const page = await as('rep', { at: '/m/me' })
  const section = page.getByRole('region', { name: 'Ce qui ressort' })
  await expect(section.getByText(/est associé à/).first()).toBeVisible()
  await section.getByRole('button', { name: 'La preuve' }).first().click()
  await expect(section.getByText('barre : intervalle à 95 %')).toBeVisible()
})
