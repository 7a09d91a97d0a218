import { expect, test } from '../fixtures.ts'

test('qui appartient à deux organisations choisit, puis change, sans rien mêler', async ({ as }) => {
  const page = await as('regional')
  await expect(page).toHaveURL(/\/choose$/)
  await expect(page.getByRole('heading', { name: 'Où allez-vous ?' })).toBeVisible()
  await page.getByRole('button', { name: 'Delmas Équipement' }).click()
  await expect(page).toHaveURL(/\/manage\/t\//)
  await expect(page.getByRole('heading', { level: 1, name: 'Nouvelle-Aquitaine' })).toBeVisible()
  const there = page.url()

  await page.getByRole('button', { name: 'Votre compte' }).click()
  await page.getByRole('button', { name: 'Atelier Mercier' }).click()
  await expect(page).not.toHaveURL(there)
  await expect(page).toHaveURL(/\/manage\/t\//)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('Pays Basque')).toHaveCount(0)
  // The address of the first organisation's territory says nothing in the second.
  await page.goto(there)
  await expect(page.getByText('Ce territoire ne s’ouvre pas')).toBeVisible()
  await expect(page.getByText('Nouvelle-Aquitaine')).toHaveCount(0)
})
