import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { question, reach, unique } from '../report/phone-form.ts'
import { retireQuestion } from './retire-question.ts'

test('une date que le siège borne au jour de la visite est resserrée par un local, et le téléphone ne garde que ce qui tient', async ({
  as,
}) => {
  const hq = await as('hq')
  const asked = unique('Dernier contrôle du four')
  await hq.goto('/manage/fields')
  await hq.getByRole('link', { name: 'Ajouter un champ' }).click()
  await hq.getByLabel('Ce que vous demandez').fill(asked)
  await hq.getByLabel('Réponse', { exact: true }).selectOption('une date')
  await hq.getByLabel('Pourquoi vous le demandez').fill('Pour proposer le prochain.')
  await hq.getByLabel('Au plus tard').selectOption('le jour de la visite')
  await hq.getByRole('button', { name: 'Pastille' }).click()
  await hq.getByRole('button', { name: 'Publier' }).click()
  await expect(listed(hq, asked)).toBeVisible()

  const local = await as('local', { at: '/manage/fields' })
  await listed(local, asked)
    .getByRole('link', { name: `Préciser « ${asked} »` })
    .click()
  await expect(local.getByText('Au-dessus : au plus tard le jour de la visite.')).toBeVisible()
  const latest = local.getByLabel('Au plus tard', { exact: true })
  await latest.selectOption('après la visite :')
  await local.getByLabel('Au plus tard : combien de jours').fill('5')
  await expect(local.getByText('Le niveau au-dessus ne va pas si loin.')).toBeVisible()
  await latest.selectOption('comme au-dessus')
  await local.getByLabel('Au plus tôt', { exact: true }).selectOption('avant la visite :')
  await local.getByLabel('Au plus tôt : combien de jours').fill('30')
  await local.getByRole('button', { name: 'Publier' }).click()
  await expect(listed(local, asked)).toContainText(
    'Précisé par Pyrénées-Atlantiques : au plus tôt 30 jours avant la visite',
  )

  const phone = await as('rep')
  await phone.getByRole('link', { name: 'Compte rendu', exact: true }).tap()
  await phone.getByRole('main').getByRole('listitem').first().getByRole('link').tap()
  await reach(phone, asked)
  const answer = question(phone, asked).locator('input[type="date"]')
  const refused = question(phone, asked).getByText('Ce jour n’est pas gardé.')
  await answer.fill(dayIn(1))
  await expect(refused).toBeVisible()
  await answer.fill(dayIn(-31))
  await expect(refused).toBeVisible()
  await answer.fill(dayIn(-30))
  await expect(refused).toHaveCount(0)

  await retireQuestion(hq, asked)
})

const listed = (desk: Page, asked: string) => desk.getByRole('row').filter({ hasText: asked })

/** YYYY-MM-DD where the phone is. */
const dayIn = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Paris' })
