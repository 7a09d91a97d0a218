import type { Page } from '@playwright/test'
import { addressOf, expect, PASSWORD, signIn, test, tryPassword } from '../fixtures.ts'
import { askForLink, enterBy } from './caught-mail.ts'
import { inviteSomebody } from './invite-somebody.ts'

type Ways = { readonly password: boolean; readonly link: boolean }

async function setWays(admin: Page, { password, link }: Ways): Promise<void> {
  await admin.goto('/admin/organisation')
  const rules = admin.getByRole('region', { name: 'Comment on entre' })
  await rules.getByLabel('Un mot de passe').setChecked(password)
  await rules.getByLabel('Un lien reçu par e-mail').setChecked(link)
  const save = rules.getByRole('button', { name: 'Enregistrer' })
  if (await save.isDisabled()) return
  await save.click()
  await expect(admin.getByText('C’est noté. La prochaine connexion suivra ces règles.')).toBeVisible()
}

test('la façon d’entrer que l’organisation n’ouvre pas est refusée, et l’autre est dite', async ({
  as,
  browse,
}) => {
  const admin = await as('admin')
  try {
    await setWays(admin, { password: true, link: false })
    const page = await browse()
    await page.goto(await askForLink(page, addressOf('local')))
    await page.getByRole('button', { name: 'Ouvrir Fieldback' }).click()
    await expect(page.getByText('Cette organisation demande d’entrer avec un mot de passe.')).toBeVisible()
    // Who belongs to another organisation too is told there, and still enters the other.
    const both = await browse()
    await enterBy(both, await askForLink(both, addressOf('regional')))
    await both.getByRole('button', { name: 'Delmas Équipement' }).click()
    await expect(both.getByText('Cette organisation demande d’entrer avec un mot de passe.')).toBeVisible()
    await both.getByRole('button', { name: 'Atelier Mercier' }).click()
    await expect(both).toHaveURL(/\/manage\/t\//)
    // An invitation still lets in, and leads to choosing a password first.
    const { link } = await inviteSomebody(admin, { role: 'Responsable', place: 'Landes' })
    const invited = await browse()
    await enterBy(invited, link)
    await expect(invited).toHaveURL(/\/account$/)
    await expect(
      invited.getByText('demande d’entrer avec un mot de passe. Choisissez le vôtre'),
    ).toBeVisible()

    await setWays(admin, { password: false, link: true })
    const other = await browse()
    await other.goto('/signin')
    await tryPassword(other, addressOf('local'), PASSWORD)
    await expect(
      other.getByText('Cette organisation demande d’entrer par le lien reçu par e-mail'),
    ).toBeVisible()
    // Who was inside stays inside.
    await admin.goto('/admin')
    await expect(admin.getByRole('heading', { level: 1 })).toContainText('Qui peut entrer')
  } finally {
    await setWays(admin, { password: true, link: true })
  }
  const back = await browse()
  await signIn(back, addressOf('local'), PASSWORD)
  await expect(back).toHaveURL(/\/manage\/t\//)
})

test('il reste toujours une façon d’entrer, et une durée entre un et quatre-vingt-dix jours', async ({
  as,
}) => {
  const admin = await as('admin', { at: '/admin/organisation' })
  const rules = admin.getByRole('region', { name: 'Comment on entre' })
  await rules.getByLabel('Un mot de passe').uncheck()
  await rules.getByLabel('Un lien reçu par e-mail').uncheck()
  await rules.getByLabel('Sur un poste').fill('91')
  await rules.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(rules.getByText('Il en faut au moins une.')).toBeVisible()
  await expect(rules.getByText('De 1 à 90 jours.')).toBeVisible()
  await admin.reload()
  await expect(rules.getByLabel('Un mot de passe')).toBeChecked()
  await expect(rules.getByLabel('Sur un poste')).toHaveValue('30')
})
