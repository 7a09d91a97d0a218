import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'

const PLACE = 'Landes'

test('une question locale est traduite, puis copiée dans une autre branche avec ses deux langues', async ({
  as,
}) => {
  const words = unique('Fait-il des livraisons')
  const english = words.replace('Fait-il des livraisons', 'Does he deliver')
  const local = await as('local', { at: '/manage/fields' })
  await local.getByRole('link', { name: 'Ajouter un champ' }).click()
  await local.getByLabel('Ce que vous demandez').fill(words)
  await local.getByLabel('Réponse', { exact: true }).selectOption('oui ou non')
  await local.getByLabel('Pourquoi vous le demandez').fill('Pour proposer le bon véhicule.')
  await publish(local)
  await expect(local.getByRole('link', { name: words, exact: true })).toBeVisible()

  await local.getByRole('button', { name: 'À traduire' }).click()
  await local.getByLabel(`Question : ${words}`).fill(english)
  await local.getByRole('button', { name: `Enregistrer la traduction de « ${words} »` }).click()
  await expect(local.getByText(`« ${words} » est traduite`)).toBeVisible()

  const regional = await enterRegion(await as('regional'))
  await regional.getByRole('treeitem', { name: PLACE }).click()
  await expect(regional.getByRole('heading', { level: 1, name: PLACE })).toBeVisible()
  const place = new URL(regional.url()).pathname.split('/').at(-1) ?? ''
  await regional.goto(`/manage/fields?at=${place}`)
  await regional.getByRole('button', { name: 'Copier d’une autre branche' }).click()
  await regional.getByLabel('Chercher').fill(words)
  await regional.getByRole('button', { name: `Copier « ${words} »` }).click()
  await expect(regional.getByLabel('Ce que vous demandez')).toHaveValue(words)
  await publish(regional)
  await expect(regional.getByRole('link', { name: words, exact: true })).toBeVisible()

  const reader = await enterRegion(await as('regional', { locale: 'en-GB' }))
  await reader.goto(`/manage/fields?at=${place}`)
  await expect(reader.getByRole('link', { name: english, exact: true })).toBeVisible()

  for (const desk of [local, regional]) await retire(desk, words)
})

async function enterRegion(desk: Page): Promise<Page> {
  await desk.getByRole('button', { name: 'Delmas Équipement' }).click()
  await expect(desk.getByRole('heading', { level: 1, name: 'Nouvelle-Aquitaine' })).toBeVisible()
  return desk
}

async function publish(desk: Page): Promise<void> {
  await desk.getByRole('button', { name: 'Pastille' }).click()
  await desk.getByRole('button', { name: 'Publier' }).click()
}

async function retire(desk: Page, words: string): Promise<void> {
  await desk.getByRole('link', { name: words, exact: true }).click()
  await desk.getByRole('button', { name: 'Ne plus demander' }).click()
  await expect(desk.getByText('La question n’est plus posée.')).toBeVisible()
}
