import type { Locator, Page } from '@playwright/test'
import { expect, signIn, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { found, foundingLink } from './founding-link.ts'

const SECRET = 'cerise tambour nuage lampe'

/** An organisation of one's own, looked at on two desks at once. */
async function twoDesks(browse: () => Promise<Page>): Promise<{ one: Page; two: Page; email: string }> {
  const one = await browse()
  const email = `deux.${Date.now().toString(36)}@two.fieldback.test`
  await one.goto(foundingLink())
  await found(one, { name: unique('Maison Deux'), email, password: SECRET })
  await one.waitForURL(/admin\/setup/)
  const two = await browse()
  await signIn(two, email, SECRET)
  return { one, two, email }
}

/** A form that was refused takes nothing until it has read what it is to be compared with. */
async function saveAgain(field: Locator): Promise<void> {
  const form = field.page().locator('form').filter({ has: field })
  await expect(form.locator('button[type="submit"]')).toBeEnabled()
  await field.press('Enter')
}

test('deux administrateurs changent la même chose : le second voit ce que le premier a mis, rien ne se perd', async ({
  browse,
}) => {
  const { one, two, email } = await twoDesks(() => browse())
  const told = (now: string) => two.getByText(`Quelqu’un l’a changé entre-temps. C’est maintenant : ${now}.`)

  // The organisation's name.
  await Promise.all([one.goto('/admin/organisation'), two.goto('/admin/organisation')])
  const name = (page: Page) => page.getByLabel('Nom de l’organisation')
  await expect(name(two)).toBeVisible()
  await name(one).fill('Maison Un')
  await name(one).press('Enter')
  await expect(one.getByText('L’organisation s’appelle Maison Un')).toBeVisible()
  await name(two).fill('Maison Deux')
  await name(two).press('Enter')
  await expect(told('Maison Un')).toBeVisible()
  await expect(name(two)).toHaveValue('Maison Deux')
  await saveAgain(name(two))
  await expect(two.getByText('L’organisation s’appelle Maison Deux')).toBeVisible()
  await expect(told('Maison Un')).toBeHidden()
  await expect(two.getByRole('button', { name: 'Enregistrer les noms' })).toBeDisabled()

  // Levels: what the second did not touch is what the first made of it.
  await one.getByLabel('Niveau 2, en français').fill('Zone')
  await one.getByRole('button', { name: 'Enregistrer les noms' }).click()
  await expect(one.getByText('Niveaux renommés')).toBeVisible()
  await two.getByLabel('Niveau 3, en français').fill('Agence')
  await two.getByRole('button', { name: 'Enregistrer les noms' }).click()
  await expect(two.getByText('Quelqu’un l’a changé entre-temps. Regardez')).toBeVisible()
  await expect(two.getByLabel('Niveau 2, en français')).toHaveValue('Zone')
  await expect(two.getByLabel('Niveau 3, en français')).toHaveValue('Agence')
  await two.getByRole('button', { name: 'Enregistrer les noms' }).click()
  await expect(two.getByText('Niveaux renommés')).toBeVisible()
  await one.reload()
  await expect(one.getByLabel('Niveau 2, en français')).toHaveValue('Zone')
  await expect(one.getByLabel('Niveau 3, en français')).toHaveValue('Agence')

  // A person: his name and his language.
  for (const page of [one, two]) {
    await page.goto(`/admin?q=${email}`)
    await page.getByRole('link', { name: 'Claire Aubert' }).click()
    await expect(page.getByLabel('Prénom et nom')).toHaveValue('Claire Aubert')
  }
  await one.getByLabel('Prénom et nom').fill('Claire Aubert-Lasserre')
  await one.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(one.getByRole('heading', { level: 1, name: 'Claire Aubert-Lasserre' })).toBeVisible()
  await two.getByLabel('Prénom et nom').fill('C. Aubert')
  await two.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(told('Claire Aubert-Lasserre')).toBeVisible()
  await expect(two.getByLabel('Prénom et nom')).toHaveValue('C. Aubert')

  // A territory's name.
  for (const page of [one, two]) {
    await page.goto('/admin/territories?do=rename')
    await expect(page.getByLabel('Nouveau nom')).toBeVisible()
  }
  await one.getByLabel('Nouveau nom').fill('Hexagone')
  await one.getByLabel('Nouveau nom').press('Enter')
  await expect(one.getByRole('heading', { level: 1, name: 'Hexagone' })).toBeVisible()
  await two.getByLabel('Nouveau nom').fill('Métropole')
  await two.getByLabel('Nouveau nom').press('Enter')
  await expect(told('Hexagone')).toBeVisible()
  await saveAgain(two.getByLabel('Nouveau nom'))
  await expect(two.getByRole('heading', { level: 1, name: 'Métropole' })).toBeVisible()
})
