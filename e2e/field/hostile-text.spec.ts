import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import {
  fillReport,
  noteProspect,
  openCard,
  pastVisits,
  question,
  reach,
  saveReport,
  unique,
} from '../report/phone-form.ts'
import { retireQuestion } from './retire-question.ts'

const BOLD = '<b onmouseover="window.ran = 1">gras</b>'
const IMAGE = '<img src=x onerror="window.ran = 2">'
const SCRIPT = '</script><script>window.ran = 3</script>'

const ran = (page: Page): Promise<unknown> => page.evaluate(() => (window as { ran?: number }).ran)

test('du balisage tapé dans un nom, une note ou une question reste du texte, partout où on le lit', async ({
  as,
}) => {
  const phone = await as('rep')
  const account = unique(`Boulangerie ${BOLD}`)
  const note = unique(`${IMAGE} ${SCRIPT}`)
  await noteProspect(phone, account)
  await fillReport(phone, { outcome: 'Devis', note })
  await saveReport(phone)
  await expect(phone.getByText('Accepté.')).toBeVisible()
  await openCard(phone, account)
  await expect(pastVisits(phone, note)).toHaveCount(1)
  expect(await ran(phone)).toBeUndefined()

  const desk = await as('local')
  await desk.getByRole('link', { name: 'Déplacer des comptes' }).click()
  await desk.getByRole('searchbox', { name: 'Début du nom, ou numéro' }).fill(account)
  await expect(desk.getByRole('row', { name: account })).toBeVisible()

  await desk.goto('/manage')
  await desk.getByRole('treeitem', { name: 'Pays Basque' }).click()
  await expect(desk.getByRole('heading', { level: 1, name: 'Pays Basque' })).toBeVisible()
  await desk.getByRole('link', { name: 'Ajouter un champ' }).first().click()
  const asked = unique(`Question ${IMAGE}`)
  await desk.getByLabel('Ce que vous demandez').fill(asked)
  await desk.getByLabel('Pourquoi vous le demandez').fill(SCRIPT)
  await desk.getByLabel('Choix 1').fill(BOLD)
  await desk.getByLabel('Choix 2').fill('Un choix ordinaire')
  await desk.getByRole('button', { name: 'Pastille' }).click()
  await desk.getByRole('button', { name: 'Publier' }).click()
  await expect(desk.getByText(/^Publié\./)).toBeVisible()
  await expect(desk.getByRole('link', { name: asked, exact: true })).toBeVisible()
  expect(await ran(desk)).toBeUndefined()

  await phone.reload()
  await openCard(phone, account)
  await phone.getByRole('link', { name: 'Commencer le compte rendu' }).tap()
  await reach(phone, asked)
  await question(phone, asked)
    .getByRole('button', { name: /pourquoi cette question$/ })
    .tap()
  await expect(question(phone, asked)).toContainText(SCRIPT)
  await expect(question(phone, asked).getByRole('button', { name: BOLD })).toBeVisible()
  expect(await ran(phone)).toBeUndefined()

  await retireQuestion(desk, asked)
})
