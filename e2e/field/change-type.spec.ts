import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import {
  accepted,
  chip,
  noteProspect,
  openCard,
  outbox,
  question,
  reach,
  saveReport,
  unique,
} from '../report/phone-form.ts'
import { retireQuestion } from './retire-question.ts'

// A free text is read by who stands where it is asked, not above.
const PLACE = 'Pyrénées-Atlantiques'

test('une question en texte devient un choix : ce qui a été répondu se convertit, n’est pas redemandé, et tout se défait', async ({
  as,
}) => {
  const [rep, local] = [await as('rep'), await as('local')]
  const asked = unique('Farine du moment')
  await publishText(local, asked)
  const [known, unclear] = [unique('Fournil Su'), unique('Fournil Flou')]
  await answer(rep, known, asked, 'ble tendre')
  await answer(rep, unclear, asked, 'celle du voisin')

  // Every answer is shown with what it becomes; the one that is not guessed is said.
  await local.goto('/manage/fields')
  await local.getByRole('link', { name: asked, exact: true }).click()
  await local.getByRole('link', { name: 'Changer le type de réponse' }).click()
  await expect(local.getByRole('heading', { level: 1, name: 'Changer le type de réponse' })).toBeVisible()
  await local.getByLabel('Réponse', { exact: true }).selectOption('un choix')
  await local.getByLabel('Choix 1', { exact: true }).fill('Blé')
  await local.getByLabel('Choix 2', { exact: true }).fill('Seigle')
  const real = local.getByRole('region', { name: 'Sur les vraies réponses' })
  await expect(real).toContainText('sur 2 réponses')
  await expect(real).toContainText('« celle du voisin » (1)')
  await local.getByLabel('Devient, pour « ble tendre »').selectOption('Blé')
  await expect(real).not.toContainText('ble tendre')
  await local.getByRole('button', { name: 'Changer le type', exact: true }).click()
  await expect(local.getByText(/^C’est fait\./)).toBeVisible()
  await expect(local.getByRole('row').filter({ hasText: asked })).toContainText('blé, seigle')
  // Earlier answers are counted meanwhile, and the page says what was found without being opened again.
  await expect(local.getByRole('listitem').filter({ hasText: asked })).toContainText(
    '2 réponses d’avant, dont 1',
  )

  // On the phone the converted answer is known and not asked again; the other is asked, as a choice.
  await rep.goto('/m')
  await openCard(rep, known)
  await expect(rep.getByText('Blé').first()).toBeVisible()
  await startReport(rep)
  await reach(rep, 'Enregistrer')
  await expect(question(rep, asked)).toHaveCount(0)
  await rep.goto('/m')
  await openCard(rep, unclear)
  await startReport(rep)
  await reach(rep, asked)
  await chip(rep, asked, 'Seigle').tap()
  await reach(rep, 'Enregistrer')
  await saveReport(rep)
  await expect(outbox(rep)).toHaveText(accepted)

  // Taken back, the question is a text again, with what was said.
  await local.goto('/manage/fields')
  await local.getByRole('button', { name: `Rendre à « ${asked} » son type d’avant` }).click()
  await expect(local.getByText('Défait : les questions d’avant se posent de nouveau.')).toBeVisible()
  await rep.goto('/m')
  await openCard(rep, known)
  await expect(rep.getByText('ble tendre').first()).toBeVisible()
  await retireQuestion(local, asked)
})

/** A question about accounts that is answered in a few words, with a badge. */
async function publishText(desk: Page, asked: string): Promise<void> {
  await desk.goto('/manage')
  await desk.getByRole('treeitem', { name: PLACE }).click()
  await expect(desk.getByRole('heading', { level: 1, name: PLACE })).toBeVisible()
  await desk.getByRole('link', { name: 'Ajouter un champ' }).first().click()
  await desk.getByLabel('Ce que vous demandez').fill(asked)
  await desk.getByLabel('Demandée sur', { exact: true }).selectOption('le compte')
  await desk.getByLabel('Réponse', { exact: true }).selectOption('quelques mots')
  await desk.getByLabel('Pourquoi vous le demandez').fill('Pour proposer la bonne.')
  await desk.getByRole('button', { name: 'Pastille' }).click()
  await desk.getByRole('button', { name: 'Publier' }).click()
  await expect(desk.getByText(/^Publié\./)).toBeVisible()
}

async function startReport(phone: Page): Promise<void> {
  await phone.getByRole('link', { name: /le compte rendu$/ }).tap()
  await chip(phone, 'Comment ça s’est fini ?', 'Devis').tap()
}

async function answer(phone: Page, account: string, asked: string, words: string): Promise<void> {
  await phone.goto('/m')
  await noteProspect(phone, account)
  await startReport(phone)
  await reach(phone, asked)
  await question(phone, asked).getByRole('textbox').fill(words)
  await reach(phone, 'Enregistrer')
  await saveReport(phone)
  await expect(outbox(phone)).toHaveText(accepted)
}
