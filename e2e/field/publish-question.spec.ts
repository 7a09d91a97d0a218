import type { Page } from '@playwright/test'
import { enterByMail } from '../access/caught-mail.ts'
import { findRep } from '../access/seeded-people.ts'
import { expect, test } from '../fixtures.ts'
import { chip, question, reach, saveReport, unique } from '../report/phone-form.ts'

const SECTOR = 'Pays Basque'

test('une question publiée sur un sous-secteur est posée à ses commerciaux, et à personne d’autre', async ({
  as,
  browse,
}) => {
  const phone = await as('rep')
  const desk = await as('local')
  const sibling = await findRep(desk, (place) => place !== SECTOR && place !== 'Pyrénées-Atlantiques')
  const asked = unique('Vend-il du gâteau basque')
  await writeQuestion(desk, asked)
  await desk.getByRole('button', { name: 'Pastille' }).click()
  await desk.getByRole('button', { name: 'Publier' }).click()
  await expect(
    desk.getByText('Publié. Vos commerciaux verront la question à leur prochaine ouverture.'),
  ).toBeVisible()
  await expect(desk.getByRole('row').filter({ hasText: asked })).toContainText('Pastille')

  // Of the branch: asked at the next opening, with who asks and why, and its answer is on the card after.
  await phone.reload()
  await openFirstForm(phone)
  await chip(phone, 'Comment ça s’est fini ?', 'À revoir').tap()
  await reach(phone, asked)
  await question(phone, asked).getByRole('button', { name: 'sous-secteur, pourquoi cette question' }).tap()
  await expect(question(phone, asked)).toContainText(`Demandé par ${SECTOR}`)
  await expect(question(phone, asked)).toContainText('Pour proposer la bonne vitrine.')
  await chip(phone, asked, 'Oui').tap()
  await reach(phone, 'Enregistrer')
  await saveReport(phone)
  await expect(phone.getByText(`« ${asked} » ajouté à la fiche`)).toBeVisible()
  await expect(phone.getByText('Accepté.')).toBeVisible()

  // Of a sector beside it, and of another organisation: never.
  for (const other of [await entered(browse, sibling.address), await as('other-rep')]) {
    await openFirstForm(other)
    await reach(other, 'Enregistrer')
    await expect(other.getByText(asked)).toHaveCount(0)
  }

  // No longer asked once retired; the answer given stays.
  await desk.getByRole('link', { name: asked, exact: true }).click()
  await desk.getByRole('button', { name: 'Ne plus demander' }).click()
  await expect(desk.getByText('La question n’est plus posée. Ses réponses sont gardées.')).toBeVisible()
  await phone.goto('/m')
  await openFirstForm(phone)
  await reach(phone, 'Enregistrer')
  await expect(phone.getByText(asked)).toHaveCount(0)
})

test('sans retour, publier est impossible et l’écran dit ce qui manque', async ({ as }) => {
  const desk = await as('local')
  await writeQuestion(desk, unique('Question sans retour'))
  await expect(desk.getByText('Il manque un retour.')).toBeVisible()
  await expect(desk.getByRole('button', { name: 'Publier' })).toBeDisabled()
  // The draft is kept: leaving the page loses nothing.
  await desk.reload()
  await expect(desk.getByLabel('Ce que vous demandez')).toHaveValue(/Question sans retour/)
})

async function entered(browse: (look: { phone: boolean }) => Promise<Page>, address: string): Promise<Page> {
  const page = await browse({ phone: true })
  await enterByMail(page, address)
  return page
}

/** From the territory's page to the builder, with a yes-or-no question in it. */
async function writeQuestion(desk: Page, asked: string): Promise<void> {
  await desk.getByRole('treeitem', { name: SECTOR }).click()
  await expect(desk.getByRole('heading', { level: 1, name: SECTOR })).toBeVisible()
  await desk.getByRole('link', { name: 'Ajouter un champ' }).first().click()
  await desk.getByLabel('Ce que vous demandez').fill(asked)
  await desk.getByLabel('Réponse', { exact: true }).selectOption('oui ou non')
  await desk.getByLabel('Pourquoi vous le demandez').fill('Pour proposer la bonne vitrine.')
}

async function openFirstForm(phone: Page): Promise<void> {
  await phone.getByRole('link', { name: 'Compte rendu', exact: true }).tap()
  await phone.getByRole('main').getByRole('listitem').first().getByRole('link').tap()
  await expect(phone.getByRole('heading', { name: 'Comment ça s’est fini ?' })).toBeVisible()
}
