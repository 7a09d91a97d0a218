import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { question, reach, unique } from '../report/phone-form.ts'

const PLACE = 'Pyrénées-Atlantiques'
const WORD = '<img src=x onerror="window.ran = 1"> déjà sur la fiche'
const REASON = 'Le tarif <b>en dépend</b> jusqu’en mars.'

test('une question contestée sans réseau reçoit une réponse, qui revient à celui qui conteste, sans que son nom soit lu', async ({
  as,
}) => {
  const local = await as('local')
  const asked = unique('Combien de vitrines')
  await publish(local, asked)

  const rep = await as('rep')
  await openWhy(rep, asked)
  await rep.context().setOffline(true)
  await contest(rep, asked, 'Trop précise', WORD)
  await expect(question(rep, asked)).toContainText('Vous la contestez : trop précise.')
  await expect(question(rep, asked)).toContainText('Sur ce téléphone, en attendant le réseau.')
  await rep.context().setOffline(false)
  await rep.evaluate(() => dispatchEvent(new Event('online')))
  await expect(question(rep, asked)).toContainText(`${PLACE} doit répondre, depuis aujourd’hui.`)
  await expect(question(rep, asked)).toContainText('1 personne conteste cette question.')

  await local.reload()
  const contests = local.getByRole('region', { name: 'Contestations' })
  const waiting = contests.getByRole('listitem').filter({ hasText: asked })
  await expect(waiting).toContainText('1 personne · depuis aujourd’hui')
  await expect(waiting).toContainText('trop précis : 1')
  await expect(contests).not.toContainText('Maialen')
  await waiting.getByRole('button', { name: `Répondre sur « ${asked} »` }).click()
  await waiting.getByRole('button', { name: 'Envoyer la réponse' }).click()
  await expect(waiting.getByText('Dites pourquoi')).toBeVisible()
  await waiting.getByLabel('Pourquoi vous la gardez').fill(REASON)
  await waiting.getByRole('button', { name: 'Envoyer la réponse' }).click()
  await expect(local.getByText('Réponse envoyée à 1 personne.')).toBeVisible()
  await expect(waiting).toHaveCount(0)

  await rep.goto('/m/me')
  const mine = rep.getByRole('region', { name: 'Vos contestations' })
  await expect(mine.getByRole('listitem').filter({ hasText: asked })).toContainText(
    `${PLACE} garde la question.`,
  )
  await expect(mine.getByRole('listitem').filter({ hasText: asked })).toContainText(REASON)
  await openWhy(rep, asked)
  await expect(question(rep, asked)).toContainText(REASON)

  // Contested again, and taken back: nobody has anything to answer.
  await contest(rep, asked, 'Inutile', null)
  await expect(question(rep, asked)).toContainText(`${PLACE} doit répondre`)
  await question(rep, asked).getByRole('button', { name: 'Reprendre' }).tap()
  await expect(question(rep, asked).getByText('Vous la contestez')).toHaveCount(0)
  await expect(question(rep, asked).getByText('1 personne conteste cette question.')).toHaveCount(0)
  await local.reload()
  await expect(local.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(local.getByText('Répondu ces trois derniers mois')).toBeVisible()
  await expect(waiting).toHaveCount(0)

  // Once more: the owner gives in, and the question is gone from the form.
  await contest(rep, asked, 'Inutile', null)
  await expect(question(rep, asked)).toContainText(`${PLACE} doit répondre`)
  await local.reload()
  await waiting.getByRole('button', { name: `Répondre sur « ${asked} »` }).click()
  await waiting.getByText('Retirer', { exact: true }).click()
  await waiting.getByRole('button', { name: 'Répondre et la retirer' }).click()
  await expect(local.getByText('Réponse envoyée à 1 personne.')).toBeVisible()
  await rep.goto('/m/me')
  await expect(mine.getByText(`${PLACE} ne pose plus la question.`).first()).toBeVisible()
  for (const page of [rep, local])
    expect(await page.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined()
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

/** To the question in a new report, with why it is asked unfolded. */
async function openWhy(rep: Page, asked: string): Promise<void> {
  await rep.goto('/m')
  await rep.getByRole('link', { name: 'Compte rendu', exact: true }).tap()
  await rep.getByRole('main').getByRole('listitem').first().getByRole('link').tap()
  await expect(rep.getByRole('heading', { name: 'Comment ça s’est fini ?' })).toBeVisible()
  await reach(rep, asked)
  await question(rep, asked)
    .getByRole('button', { name: /pourquoi cette question$/ })
    .tap()
}

async function contest(rep: Page, asked: string, reason: string, word: string | null): Promise<void> {
  const on = question(rep, asked)
  await on.getByRole('button', { name: 'Cette question pose problème ?' }).tap()
  await on.getByRole('button', { name: reason }).tap()
  if (word !== null) await on.getByLabel('Un mot de plus, si vous voulez').fill(word)
  await on.getByRole('button', { name: 'Contester', exact: true }).tap()
}
