import type { Page } from '@playwright/test'
import { onceCounted } from '../analytics/read-figures.ts'
import { expect, test } from '../fixtures.ts'
import {
  accepted,
  chip,
  noteProspect,
  openCard,
  outbox,
  reach,
  saveReport,
  unique,
} from '../report/phone-form.ts'
import { choose } from '../territory/sector-page.ts'
import { retireQuestion } from './retire-question.ts'

// Three people, two of whom publish, and everybody looks again after each change.
test.setTimeout(180_000)

test('deux questions locales qui se ressemblent deviennent une seule : rien n’est redemandé, une seule série, et tout se défait', async ({
  as,
}) => {
  const [rep, local, hq] = [await as('rep'), await as('local'), await as('hq')]
  const words = unique('Vend au marché')
  const [south, west, whole] = [`${words} de Bayonne`, `${words} de Rennes`, unique('Vend sur les marchés')]
  await publishAt(local, 'Pays Basque', south)
  await publishAt(hq, 'Bretagne', west)

  // The rep answers his branch's question.
  const known = unique('Fournil Promu')
  await rep.reload()
  await noteProspect(rep, known)
  await rep.getByRole('link', { name: /le compte rendu$/ }).tap()
  await chip(rep, 'Comment ça s’est fini ?', 'Devis').tap()
  await reach(rep, south)
  await chip(rep, south, 'Oui').tap()
  await reach(rep, 'Enregistrer')
  await saveReport(rep)
  await expect(outbox(rep)).toHaveText(accepted)

  // Head office is shown that they look alike, and makes one of them.
  await hq.goto('/manage/fields')
  const alike = hq.getByRole('region', { name: 'Questions qui se ressemblent' })
  const group = alike.getByRole('listitem').filter({ hasText: south }).filter({ hasText: west }).first()
  await expect(group).toContainText('Mots communs')
  await group.getByRole('link', { name: 'En faire une seule question' }).click()
  await expect(hq.getByText('Il manque')).toBeVisible()
  await hq.getByLabel('Ce que vous demandez').fill(whole)
  const changes = hq.getByRole('region', { name: 'Ce qui change, et pour qui' })
  await expect(changes.getByRole('row').filter({ hasText: south })).toContainText('une pastille sur la fiche')
  await expect(changes.getByText('Réponses réunies')).toBeVisible()
  await hq.getByRole('button', { name: 'Promouvoir' }).click()
  await expect(hq.getByText(/^Promu\./)).toBeVisible()
  await expect(hq.getByRole('row').filter({ hasText: whole })).toBeVisible()
  await expect(hq.getByRole('row').filter({ hasText: south })).toHaveCount(0)

  // The owner is told, and what he gets for it.
  await local.goto('/manage/fields')
  const told = local.getByRole('region', { name: 'Questions promues' })
  await expect(told).toContainText(`« ${south} » (Pays Basque) se pose sous le nom « ${whole} »`)
  await expect(told).toContainText('En échange : une pastille sur la fiche')

  // On the phone the answer stands under the new question, which is asked where nothing is known, and nowhere twice.
  await rep.goto('/m')
  await openCard(rep, known)
  await expect(rep.getByText(whole).first()).toBeVisible()
  await startReport(rep)
  await reach(rep, 'Enregistrer')
  await expect(rep.getByText(whole)).toHaveCount(0)
  await expect(rep.getByText(south)).toHaveCount(0)
  await rep.goto('/m')
  await noteProspect(rep, unique('Fournil Neuf'))
  await startReport(rep)
  await reach(rep, whole)
  await chip(rep, whole, 'Non').tap()
  await reach(rep, 'Enregistrer')
  await saveReport(rep)
  await expect(outbox(rep)).toHaveText(accepted)

  // Old and new answers are one series.
  await hq.goto('/hq/explorer')
  await onceCounted(hq, async () => {
    await choose(hq.getByLabel('Mesure'), whole)
    await expect(hq.getByText(/^Sur 2 réponses/)).toBeVisible({ timeout: 3_000 })
  })

  // Taken back, all is asked as it was.
  await hq.goto('/manage/fields')
  await hq.getByRole('button', { name: `Défaire la promotion « ${whole} »` }).click()
  await expect(hq.getByText('Défait : les questions d’avant se posent de nouveau.')).toBeVisible()
  await rep.goto('/m')
  await openCard(rep, known)
  await expect(rep.getByText(south).first()).toBeVisible()
  await expect(rep.getByText(whole)).toHaveCount(0)

  // One question alone becomes one of the level above as well.
  await local.goto('/manage/fields')
  await local.getByRole('link', { name: `Promouvoir « ${south} »` }).click()
  await expect(
    local.getByRole('heading', { level: 1, name: 'Une seule question pour Pyrénées-Atlantiques' }),
  ).toBeVisible()
  await expect(local.getByRole('button', { name: 'Promouvoir' })).toBeEnabled()

  for (const [desk, asked] of [
    [local, south],
    [hq, west],
  ] as const)
    await retireQuestion(desk, asked)
})

/** From a territory's page: a yes-or-no question about accounts, with a badge. */
async function publishAt(desk: Page, place: string, asked: string): Promise<void> {
  await desk.goto('/manage')
  await desk.getByRole('treeitem', { name: place }).click()
  await expect(desk.getByRole('heading', { level: 1, name: place })).toBeVisible()
  await desk.getByRole('link', { name: 'Ajouter un champ' }).first().click()
  await desk.getByLabel('Ce que vous demandez').fill(asked)
  await desk.getByLabel('Demandée sur', { exact: true }).selectOption({ index: 1 })
  await desk.getByLabel('Réponse', { exact: true }).selectOption('oui ou non')
  await desk.getByLabel('Pourquoi vous le demandez').fill('Pour passer le bon jour.')
  await desk.getByRole('button', { name: 'Pastille' }).click()
  await desk.getByRole('button', { name: 'Publier' }).click()
  await expect(desk.getByText(/^Publié\./)).toBeVisible()
}

async function startReport(phone: Page): Promise<void> {
  await phone.getByRole('link', { name: /le compte rendu$/ }).tap()
  await chip(phone, 'Comment ça s’est fini ?', 'Devis').tap()
}
