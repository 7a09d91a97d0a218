import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { choose } from '../territory/sector-page.ts'

const PLACE = 'Pays Basque'
const REP = 'Maialen Iribarne'

test('un responsable confie les questions d’un sous-secteur à son commercial, qui en pose une du téléphone ; repris, le droit finit aussitôt', async ({
  as,
}) => {
  const asked = unique('Vend des gâteaux basques')
  const rep = await as('rep', { at: '/manage/fields' })
  await rep.waitForURL('**/m')

  const local = await as('local')
  await local.getByRole('button', { name: 'Confier ce droit' }).click()
  await expect(local.getByLabel('À qui').getByRole('option').nth(1)).toBeAttached()
  await choose(local.getByLabel('À qui'), `${REP} (${PLACE})`)
  await local.getByRole('button', { name: 'Confier ce droit' }).click()
  await expect(local.getByText(`${PLACE} : ${REP} peut poser des questions`)).toBeVisible()

  // On a screen of the phone's size: told by whom, and able to ask, in his sub-sector alone.
  await rep.goto('/m/me')
  await rep.getByRole('button', { name: /Votre compte/ }).tap()
  await rep.getByRole('link', { name: 'Champs que vous définissez' }).tap()
  await expect(rep.getByRole('heading', { level: 1, name: `${PLACE} : ce qui est demandé` })).toBeVisible()
  await expect(rep.getByText(`Claire Barneix vous confie les questions de ${PLACE}.`)).toBeVisible()
  await rep.getByRole('link', { name: 'Ajouter un champ' }).tap()
  await rep.getByLabel('Ce que vous demandez').fill(asked)
  await rep.getByLabel('Pourquoi vous le demandez').fill('Pour proposer le bon moule.')
  await rep.getByLabel('Réponse', { exact: true }).selectOption('oui ou non')
  await rep.getByRole('button', { name: 'Pastille' }).tap()
  await rep.getByRole('button', { name: 'Publier' }).tap()
  await expect(rep.getByText(/^Publié\./)).toBeVisible()
  await expect(rep.getByRole('row').filter({ hasText: asked })).toContainText('à vous')

  await takeBack(local)
  await rep.goto('/manage/fields')
  await rep.waitForURL('**/m')
  await local.getByRole('button', { name: 'Annuler' }).click()
  await expect(handedOn(local)).toHaveCount(1)
  await rep.goto('/manage/fields')
  await expect(rep.getByRole('link', { name: asked, exact: true })).toBeVisible()
  await takeBack(local)

  // What he asked stays; who has the right by his role decides of it.
  await local.goto('/manage/fields')
  await local.getByRole('link', { name: asked, exact: true }).click()
  await local.getByRole('button', { name: 'Ne plus demander' }).click()
  await expect(local.getByText('La question n’est plus posée. Ses réponses sont gardées.')).toBeVisible()

  const admin = await as('admin', { at: '/admin/audit' })
  const told = (words: string) => admin.getByRole('row').filter({ hasText: words })
  await expect(told(`a confié à ${REP} le droit de poser des questions à ${PLACE}`).first()).toBeVisible()
  await expect(told(`a repris à ${REP} le droit de poser des questions à ${PLACE}`).first()).toBeVisible()
  await expect(told(`a retiré le champ ${asked}`).first()).toContainText('posée : non (avant : oui)')
})

const handedOn = (local: Page) =>
  local.getByRole('row').filter({ hasText: REP }).filter({ hasText: 'Reprendre' })

async function takeBack(local: Page): Promise<void> {
  await handedOn(local).getByRole('button', { name: 'Reprendre' }).click()
  await expect(local.getByText(`${PLACE} : ${REP} ne pose plus de questions`)).toBeVisible()
  await expect(handedOn(local)).toHaveCount(0)
}
