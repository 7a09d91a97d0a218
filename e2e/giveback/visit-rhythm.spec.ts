import { retireQuestion } from '../field/retire-question.ts'
import { expect, test } from '../fixtures.ts'
import { chip, loaded, outbox, unique } from '../report/phone-form.ts'

const SECTOR = 'Pays Basque'

test('une réponse rapproche les visites d’un compte : la fiche et Aujourd’hui disent laquelle, sans réseau aussi', async ({
  as,
}) => {
  const desk = await as('local')
  const asked = unique('Projet d’achat')
  await desk.getByRole('treeitem', { name: SECTOR }).click()
  await expect(desk.getByRole('heading', { level: 1, name: SECTOR })).toBeVisible()
  await desk.getByRole('link', { name: 'Ajouter un champ' }).first().click()
  await desk.getByLabel('Ce que vous demandez').fill(asked)
  await desk.getByLabel('Demandée sur').selectOption('le compte')
  await desk.getByLabel('Réponse', { exact: true }).selectOption('oui ou non')
  await desk.getByLabel('Pourquoi vous le demandez').fill('Pour passer avant le concurrent.')
  await desk.getByRole('button', { name: 'Rythme' }).click()
  await desk
    .getByRole('group', { name: 'Visiter selon la réponse' })
    .getByLabel('Oui')
    .selectOption('tous les 7 jours')
  // Tried before it is published: on what the branch's visits will bring.
  await expect(desk.getByText(/chaque réponse choisie donnera le jour de la prochaine visite/)).toBeVisible()
  await desk.getByRole('button', { name: 'Publier' }).click()
  await expect(desk.getByRole('row').filter({ hasText: asked })).toContainText('Rythme de visite')

  const phone = await as('rep')
  await loaded(phone)
  await phone.getByRole('article').getByRole('link', { name: 'Lire la fiche' }).tap()
  await phone.getByRole('button', { name: 'Corriger' }).tap()
  await chip(phone, asked, 'Oui').tap()
  await phone.context().setOffline(true)
  await phone.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(phone.getByText(/^À voir tous les 7 jours, au lieu de \d+$/)).toBeVisible()
  await expect(phone.getByText(`${asked} : Oui`)).toBeVisible()
  await phone.getByRole('button', { name: 'Retour' }).tap()
  await expect(phone.getByRole('article')).toContainText(`${asked} : Oui, à voir tous les 7 jours`)
  await phone.context().setOffline(false)
  await expect(outbox(phone)).toHaveText('tout est accepté')
  await retireQuestion(desk, asked)
})
