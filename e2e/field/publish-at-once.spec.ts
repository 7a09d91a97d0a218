import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'

test('de deux qui publient la même question, le second voit ce qui a changé et continue avec sa saisie', async ({
  as,
}) => {
  const [first, second] = [await as('local'), await as('local')]
  const asked = unique('Sa farine')
  await first.goto('/manage/fields')
  await first.getByRole('link', { name: 'Ajouter un champ' }).click()
  await first.getByLabel('Ce que vous demandez').fill(asked)
  await first.getByLabel('Pourquoi vous le demandez').fill('Pour proposer le bon pétrin.')
  await first.getByLabel('Choix 1').fill('Blé')
  await first.getByLabel('Choix 2').fill('Seigle')
  await first.getByRole('button', { name: 'Pastille' }).click()
  await first.getByRole('button', { name: 'Publier' }).click()
  await expect(first.getByText(/^Publié\./)).toBeVisible()

  await open(first, asked)
  await open(second, asked)
  await addChoice(first, 'Maïs')
  await publish(first)
  await expect(first.getByText('Version 2 publiée')).toBeVisible()

  await second.getByLabel('Pourquoi vous le demandez').fill('Pour livrer la bonne farine.')
  await addChoice(second, 'Épeautre')
  await publish(second)
  const told = second.getByRole('status').filter({ hasText: 'Quelqu’un a publié entre-temps.' })
  await expect(told).toContainText('Version 2')
  await expect(told).toContainText('Maïs')
  await expect(second.getByLabel('Choix 3')).toHaveValue('Épeautre')
  await second.getByRole('button', { name: 'Continuer avec ma saisie' }).click()
  await expect(second.getByLabel('Choix 3')).toHaveValue('Maïs')
  await expect(second.getByLabel('Choix 4')).toHaveValue('Épeautre')
  await publish(second)
  await expect(second.getByText('Version 3 publiée')).toBeVisible()

  await open(second, asked)
  await expect(second.getByLabel('Choix 4')).toHaveValue('Épeautre')
  await expect(second.getByLabel('Pourquoi vous le demandez')).toHaveValue('Pour livrer la bonne farine.')
  await second.getByRole('button', { name: 'Ne plus demander' }).click()
  await expect(second.getByText('La question n’est plus posée. Ses réponses sont gardées.')).toBeVisible()
})

async function open(desk: Page, asked: string): Promise<void> {
  await desk.goto('/manage/fields')
  await desk.getByRole('link', { name: asked, exact: true }).click()
  await expect(desk.getByRole('heading', { level: 1, name: asked })).toBeVisible()
}

async function addChoice(desk: Page, words: string): Promise<void> {
  await desk.getByRole('button', { name: 'Ajouter un choix' }).click()
  await desk.getByLabel('Choix 3').fill(words)
}

const publish = (desk: Page): Promise<void> =>
  desk.getByRole('button', { name: 'Publier la nouvelle version' }).click()
