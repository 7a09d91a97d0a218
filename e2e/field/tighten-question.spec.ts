import type { Page } from '@playwright/test'
import { enterByMail } from '../access/caught-mail.ts'
import { findRep } from '../access/seeded-people.ts'
import { expect, test } from '../fixtures.ts'
import { chip, question, reach, unique } from '../report/phone-form.ts'
import { retireQuestion } from './retire-question.ts'

const PLACE = 'Pyrénées-Atlantiques'

test('une question nationale précisée par un local est posée ainsi dans sa branche, et le verrou du siège lui est dit', async ({
  as,
  browse,
}) => {
  const hq = await as('hq')
  const asked = unique('Sa viennoiserie la plus vendue')
  const [dropped, own] = [unique('Brioche'), unique('Gâteau <b>basque</b>')]
  await publishNational(hq, asked, ['Croissant', dropped, 'Autre viennoiserie'])

  const local = await as('local')
  await openTightening(local, asked)
  await expect(local.getByText('Rien n’est précisé.')).toBeVisible()
  await local.getByRole('checkbox', { name: dropped }).uncheck()
  await local.getByRole('button', { name: 'Ajouter la vôtre à « Autre viennoiserie »' }).click()
  await local.getByLabel('Réponse qui compte comme « Autre viennoiserie »').fill(own)
  await local.getByLabel('Aide sous la question').fill('Regardez la vitrine.')
  // What it becomes is shown beside, before anything is published.
  const preview = local.getByRole('region', { name: 'Sur le téléphone' })
  await expect(preview.getByText(own)).toBeVisible()
  await expect(preview.getByText(dropped)).toHaveCount(0)
  await local.getByRole('button', { name: 'Publier' }).click()
  await expect(local.getByText(/^Publié\. Vos commerciaux verront la question ainsi/)).toBeVisible()
  await expect(listed(local, asked)).toContainText('précisée ici')
  await expect(listed(local, asked)).toContainText(
    `Précisé par ${PLACE} : 1 réponse en moins, avec « ${own} », aide`,
  )

  const rep = await as('rep')
  await openForm(rep, asked)
  await expect(chip(rep, asked, own)).toBeVisible()
  await expect(chip(rep, asked, dropped)).toHaveCount(0)
  await expect(question(rep, asked)).toContainText('Regardez la vitrine.')

  // Another branch is asked what France asks.
  await expect(local.getByRole('treeitem', { name: 'Pays Basque' })).toBeVisible()
  const branch = (await local.getByRole('treeitem').allInnerTexts()).map((words) => words.split('\n')[0])
  const regional = await as('regional')
  await regional.getByRole('button', { name: 'Delmas Équipement' }).click()
  await expect(regional.getByRole('heading', { level: 1, name: 'Nouvelle-Aquitaine' })).toBeVisible()
  const elsewhere = await findRep(regional, (place) => !branch.includes(place))
  const other = await browse({ phone: true })
  await enterByMail(other, elsewhere.address)
  await openForm(other, asked)
  await expect(chip(other, asked, dropped)).toBeVisible()
  await expect(chip(other, asked, own)).toHaveCount(0)

  // Head office locks the answers: the local's are without effect, he is told why, and his branch is asked as above.
  await listed(hq, asked).getByRole('link', { name: asked, exact: true }).click()
  await hq.getByLabel('les réponses proposées').check()
  await expect(hq.getByRole('region', { name: 'Ce qui change' })).toContainText('Verrous : réponses', {
    ignoreCase: true,
  })
  await hq.getByRole('button', { name: 'Publier la nouvelle version' }).click()
  await expect(hq.getByText('Version 2 publiée')).toBeVisible()
  await local.reload()
  await expect(listed(local, asked)).toContainText('Sans effet : France a verrouillé les réponses.')
  await openTightening(local, asked)
  await expect(local.getByText('France a verrouillé les réponses.').first()).toBeVisible()
  await expect(local.getByRole('checkbox', { name: 'Croissant' })).toBeDisabled()
  await rep.goto('/m')
  await openForm(rep, asked)
  await expect(chip(rep, asked, dropped)).toBeVisible()
  await expect(chip(rep, asked, own)).toHaveCount(0)

  await retireQuestion(hq, asked)
})

test('de deux qui précisent à la fois, le second voit ce qui est publié et garde sa saisie ; tout se reprend', async ({
  as,
}) => {
  const hq = await as('hq')
  const asked = unique('Combien de fours')
  await publishNational(hq, asked, null)
  const [first, second] = [await as('local'), await as('local')]
  await openTightening(first, asked)
  await openTightening(second, asked)

  await first.getByLabel('Au moins').fill('-1')
  await expect(first.getByText('France demande 0 à 40. Restez dans ces limites.')).toBeVisible()
  await expect(first.getByRole('button', { name: 'Publier' })).toBeDisabled()
  await first.getByLabel('Au moins').fill('2')
  await first.getByLabel('Un compte rendu sans cette réponse reste « à compléter »').check()
  await first.getByRole('button', { name: 'Publier' }).click()
  await expect(listed(first, asked)).toContainText(`Précisé par ${PLACE} : obligatoire, au moins 2`)

  await second.getByLabel('Au plus').fill('20')
  await second.getByRole('button', { name: 'Publier' }).click()
  const told = second.getByRole('status').filter({ hasText: 'Quelqu’un a publié entre-temps.' })
  await expect(told).toContainText('La question est maintenant précisée ainsi : obligatoire, au moins 2.')
  await expect(second.getByLabel('Au plus')).toHaveValue('20')
  await second.getByRole('button', { name: 'Continuer avec ma saisie' }).click()
  await second.getByRole('button', { name: 'Publier' }).click()
  await expect(listed(second, asked)).toContainText(`Précisé par ${PLACE} : au plus 20`)

  await openTightening(second, asked)
  await second.getByRole('button', { name: 'Revenir à la question d’au-dessus' }).click()
  await expect(listed(second, asked)).toContainText('telle quelle')
  await second.getByRole('button', { name: 'Annuler' }).click()
  await expect(listed(second, asked)).toContainText(`Précisé par ${PLACE} : au plus 20`)

  await retireQuestion(hq, asked)
})

const listed = (desk: Page, asked: string) => desk.getByRole('row').filter({ hasText: asked })

/** Head office asks a question of everybody: a choice among `answers`, or a number from 0 to 40. */
async function publishNational(hq: Page, asked: string, answers: readonly string[] | null): Promise<void> {
  await hq.goto('/manage/fields')
  await hq.getByRole('link', { name: 'Ajouter un champ' }).click()
  await hq.getByLabel('Ce que vous demandez').fill(asked)
  await hq.getByLabel('Pourquoi vous le demandez').fill('Pour proposer la bonne offre.')
  if (answers === null) {
    await hq.getByLabel('Réponse', { exact: true }).selectOption('un nombre entier')
    await hq.getByLabel('Au moins').fill('0')
    await hq.getByLabel('Au plus').fill('40')
  }
  for (const [at, answer] of (answers ?? []).entries()) {
    if (at > 1) await hq.getByRole('button', { name: 'Ajouter un choix' }).click()
    await hq.getByLabel(`Choix ${at + 1}`).fill(answer)
  }
  await hq.getByRole('button', { name: 'Pastille' }).click()
  await hq.getByRole('button', { name: 'Publier' }).click()
  await expect(hq.getByText(/^Publié\./)).toBeVisible()
  await expect(listed(hq, asked)).toBeVisible()
}

/** From the list of what the local's territory asks to the page where a question is tightened. */
async function openTightening(local: Page, asked: string): Promise<void> {
  await local.goto('/manage/fields')
  await listed(local, asked)
    .getByRole('link', { name: `Préciser « ${asked} »` })
    .click()
  await expect(local.getByRole('heading', { level: 1, name: asked })).toBeVisible()
}

async function openForm(phone: Page, asked: string): Promise<void> {
  await phone.reload()
  await phone.getByRole('link', { name: 'Compte rendu', exact: true }).tap()
  await phone.getByRole('main').getByRole('listitem').first().getByRole('link').tap()
  await expect(phone.getByRole('heading', { name: 'Comment ça s’est fini ?' })).toBeVisible()
  await reach(phone, asked)
}
