import type { Page } from '@playwright/test'
import { onceCounted } from '../analytics/read-figures.ts'
import { expect, test } from '../fixtures.ts'
import {
  accepted,
  chip,
  noteProspect,
  outbox,
  question,
  reach,
  reachBack,
  saveReport,
  unique,
} from '../report/phone-form.ts'
import { retireQuestion } from './retire-question.ts'

const SECTOR = 'Pays Basque'

// Three publications, a visit and what is made of it.
test.setTimeout(180_000)

test('une question posée sous condition et un calcul suivent les réponses sur le téléphone, sans réseau, et se lisent au bureau', async ({
  as,
}) => {
  const desk = await as('local')
  const [sells, count, total] = ['Vend-il du gâteau', 'Combien par jour', 'Vente par mois'].map(unique)
  if (!sells || !count || !total) throw new Error('three questions')

  await writeQuestion(desk, sells, 'oui ou non')
  await publish(desk)
  await writeQuestion(desk, count, 'un nombre entier')
  await desk.getByLabel('Au moins').fill('0')
  await desk.getByLabel('Au plus').fill('200')
  await desk.getByLabel('Seulement si…').check()
  await desk.getByLabel('Phrase 1 : sur quoi').selectOption({ label: sells })
  await desk.getByLabel('Phrase 1 : quoi').selectOption('oui')
  // Tried on the phone beside, before it is published.
  const preview = desk.getByRole('region', { name: 'Sur le téléphone' })
  await expect(preview.getByText('Avec ces réponses, la question n’est pas posée.')).toBeVisible()
  await preview.getByRole('group', { name: sells }).getByRole('button', { name: 'Oui' }).click()
  await expect(preview.getByRole('heading', { name: count })).toBeVisible()
  await publish(desk)
  await expect(desk.getByRole('row').filter({ hasText: count })).toContainText(
    `Posée seulement selon : ${sells}`,
  )

  await writeQuestion(desk, total, 'un calcul')
  await desk.getByRole('textbox', { name: 'Formule' }).fill('30 * ')
  await expect(desk.getByRole('status').filter({ hasText: 'Le calcul n’est pas lisible.' })).toContainText(
    'au caractère 5',
  )
  await desk.getByRole('button', { name: `Mettre « ${count} »` }).click()
  await expect(desk.getByRole('textbox', { name: 'Formule' })).toHaveValue(`30 * [${count}]`)
  await desk.getByLabel('Unité').fill('€')
  await expect(desk.getByLabel('Résultat', { exact: true })).toHaveText('300 €')
  await publish(desk)

  const phone = await as('rep')
  await noteProspect(phone, unique('Pâtisserie Etchebarne'))
  await phone.getByRole('link', { name: 'Commencer le compte rendu' }).tap()
  await chip(phone, 'Comment ça s’est fini ?', 'Devis').tap()
  await phone.context().setOffline(true)
  await reach(phone, sells)
  await expect(phone.getByRole('heading', { name: count })).toHaveCount(0)
  const before = await left(phone)
  await chip(phone, sells, 'Oui').tap()
  await expect.poll(() => left(phone)).toBe(before)
  await reach(phone, count)
  await question(phone, count).getByRole('button', { name: 'Plus' }).tap()
  await reach(phone, total)
  await expect(question(phone, total)).toContainText('3 000 €')

  // Hidden, it takes its figure along; shown again, what was typed is there.
  await reachBack(phone, sells)
  await chip(phone, sells, 'Non').tap()
  await reach(phone, total)
  await expect(question(phone, total)).toContainText('Il manque une réponse')
  await expect(phone.getByRole('heading', { name: count })).toHaveCount(0)
  await reachBack(phone, sells)
  await chip(phone, sells, 'Oui').tap()
  await reach(phone, total)
  await expect(question(phone, total)).toContainText('3 000 €')
  await reach(phone, 'Enregistrer')
  await saveReport(phone)
  await expect(phone.getByRole('listitem').filter({ hasText: total })).toContainText('3 000 €')
  await phone.context().setOffline(false)
  await expect(outbox(phone)).toHaveText(accepted)

  await desk.goto('/manage/analytics/explorer')
  const row = desk
    .getByRole('table', { name: total })
    .getByRole('row')
    .filter({ hasText: '2 000 à moins de 5 000 €' })
  await onceCounted(desk, async () => {
    await desk.getByLabel('Mesure').selectOption({ label: `${total} (${SECTOR})` })
    await expect(row).toContainText('1', { timeout: 3_000 })
  })

  for (const asked of [total, count, sells]) await retireQuestion(desk, asked)
})

/** From the sector's page to the builder, with a question that would stand on the card. */
async function writeQuestion(desk: Page, asked: string, type: string): Promise<void> {
  await desk.goto('/manage')
  await desk.getByRole('treeitem', { name: SECTOR }).click()
  await expect(desk.getByRole('heading', { level: 1, name: SECTOR })).toBeVisible()
  await desk.getByRole('link', { name: 'Ajouter un champ' }).first().click()
  await desk.getByLabel('Ce que vous demandez').fill(asked)
  await desk.getByLabel('Réponse', { exact: true }).selectOption(type)
  await desk.getByLabel('Pourquoi vous le demandez').fill('Pour proposer la bonne vitrine.')
  await desk.getByRole('button', { name: 'Pastille' }).click()
}

async function publish(desk: Page): Promise<void> {
  await desk.getByRole('button', { name: 'Publier' }).click()
  await expect(desk.getByText(/^Publié\./)).toBeVisible()
}

/** How many questions are left, as the head of the form says. */
async function left(phone: Page): Promise<number> {
  const told = await phone.getByText(/^encore \d+ questions?$/).textContent()
  return Number(told?.match(/\d+/)?.[0])
}
