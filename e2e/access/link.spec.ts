import { addressOf, expect, test } from '../fixtures.ts'
import { askForLink } from './caught-mail.ts'

test('le lien reçu par e-mail ouvre la session une fois, pas deux', async ({ browse }) => {
  const page = await browse()
  const link = await askForLink(page, addressOf('hq'))
  await page.goto(link)
  await page.getByRole('button', { name: 'Ouvrir Fieldback' }).click()
  await expect(page).toHaveURL(/\/hq/)

  const again = await browse()
  await again.goto(link)
  await again.getByRole('button', { name: 'Ouvrir Fieldback' }).click()
  await expect(again.getByText('Ce lien a déjà servi, ou son temps est passé.')).toBeVisible()
  await again.goto('/hq')
  await expect(again).toHaveURL(/\/signin/)
})

test('un lien fabriqué ne dit rien et n’ouvre rien', async ({ browse }) => {
  const page = await browse()
  await page.goto('/link?token=cmVuZGV6LW1vaS1jZS1xdWUtamUtdm91cy1kb25uZQ')
  await page.getByRole('button', { name: 'Ouvrir Fieldback' }).click()
  await expect(page.getByText('Ce lien a déjà servi, ou son temps est passé.')).toBeVisible()
  await page.getByRole('link', { name: 'Demander un autre lien' }).click()
  await expect(page.getByRole('heading', { name: 'Bonjour' })).toBeVisible()
})
