import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'

test('des questions passent d’un territoire à un autre par un fichier : essayé, choisi, importé ; une deuxième fois ne change rien', async ({
  as,
}) => {
  const local = await as('local')
  const asked = unique('Combien de <b>pétrins</b>')
  await publish(local, asked)

  await local.getByRole('link', { name: 'Exporter ou importer' }).click()
  await expect(
    local.getByRole('heading', { level: 1, name: 'Exporter, importer les champs de Pyrénées-Atlantiques' }),
  ).toBeVisible()
  await local.getByLabel('Avec les territoires en dessous').uncheck()
  const download = local.waitForEvent('download')
  await local.getByRole('button', { name: 'Exporter', exact: true }).click()
  const path = await (await download).path()
  const file = JSON.parse(await readFile(path, 'utf8'))
  const moved = file.questions.find((one: { spec: { label: { fr: string } } }) => one.spec.label.fr === asked)
  expect(moved).toMatchObject({ at: [], entity: 'report' })

  // The same question into the same territory: nothing to do.
  await choose(local, 'champs.json', { ...file, questions: [moved], tightenings: [] })
  await expect(local.getByText('Tout est déjà ainsi. Rien à importer.')).toBeVisible()

  // Changed, beside one without a return, and one of a place that does not exist.
  const changed = { ...moved, spec: { ...moved.spec, max: 40 } }
  const poor = {
    ...moved,
    key: 'poor',
    spec: { ...moved.spec, label: { fr: unique('Sans retour') }, givebacks: [] },
  }
  const lost = { ...moved, key: 'lost', at: [{ name: 'Atlantide', code: null }] }
  await local.getByRole('button', { name: 'Choisir un autre fichier' }).click()
  await choose(local, 'champs.json', { ...file, questions: [changed, poor, lost], tightenings: [] })
  await expect(local.getByText('Rien de nouveau, 1 nouvelle version, 0 inchangé, 2 refusés.')).toBeVisible()
  const line = local.getByRole('main').getByRole('listitem')
  await expect(line.filter({ hasText: asked }).first()).toContainText('Change : le maximum.')
  await expect(line.filter({ hasText: 'Sans retour' })).toContainText('refusé')
  await expect(line.filter({ hasText: 'Atlantide' })).toContainText('n’existe pas sous ce territoire')
  await local.getByRole('button', { name: 'Importer 1 champ' }).click()
  await expect(local.getByText('1 champ importé.')).toBeVisible()
  await expect(
    local.getByText('Rien de nouveau, aucune nouvelle version, 1 inchangé, 2 refusés.'),
  ).toBeVisible()

  // What is no export is said so, and the page goes on.
  await local.getByRole('button', { name: 'Choisir un autre fichier' }).click()
  await choose(local, 'clients.json', ['<img src=x onerror="window.ran = 1">'])
  await expect(local.getByText('Ce fichier n’est pas un export de champs de Fieldback.')).toBeVisible()
  expect(await local.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined()

  await local.goto('/manage/fields')
  await local.getByRole('link', { name: asked, exact: true }).click()
  await expect(local.getByLabel('Au plus')).toHaveValue('40')
  await local.getByRole('button', { name: 'Ne plus demander' }).click()
  await expect(local.getByText('La question n’est plus posée. Ses réponses sont gardées.')).toBeVisible()
})

async function publish(local: Page, asked: string): Promise<void> {
  await local.goto('/manage/fields')
  await local.getByRole('link', { name: 'Ajouter un champ' }).click()
  await local.getByLabel('Ce que vous demandez').fill(asked)
  await local.getByLabel('Pourquoi vous le demandez').fill('Pour proposer la bonne offre.')
  await local.getByLabel('Réponse', { exact: true }).selectOption('un nombre entier')
  await local.getByRole('button', { name: 'Pastille' }).click()
  await local.getByRole('button', { name: 'Publier' }).click()
  await expect(local.getByText(/^Publié\./)).toBeVisible()
}

const choose = (local: Page, name: string, content: unknown): Promise<void> =>
  local.getByLabel('Fichier de champs').setInputFiles({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(content)),
  })
