import type { Page } from '@playwright/test'
import { onceCounted } from '../analytics/read-figures.ts'
import { expect, test } from '../fixtures.ts'
import { chip, noteProspect, openCard, question, reach, saveReport, unique } from '../report/phone-form.ts'

const SECTOR = 'Pays Basque'

test('les réponses de toutes sortes se demandent, se donnent sans réseau, se lisent sur la fiche et se comptent', async ({
  as,
}) => {
  test.slow()
  const phone = await as('rep')
  const desk = await as('local')
  const asked = {
    money: unique('Budget de la saison'),
    duration: unique('Temps de préparation'),
    rating: unique('Accueil'),
    moment: unique('Prochain rendez-vous'),
    phone: unique('Numéro du chef'),
    web: unique('Sa page'),
    position: unique('Où est la livraison'),
    account: unique('Recommandé par'),
  }
  await desk.getByRole('treeitem', { name: SECTOR }).click()
  await expect(desk.getByRole('heading', { level: 1, name: SECTOR })).toBeVisible()
  await publish(desk, asked.money, 'un montant')
  await publish(desk, asked.duration, 'une durée')
  await publish(desk, asked.rating, 'une note')
  await publish(desk, asked.moment, 'une date et une heure')
  await publish(desk, asked.phone, 'un téléphone')
  await publish(desk, asked.web, 'une adresse web')
  await publish(desk, asked.position, 'une position, en un geste')
  await publish(desk, asked.account, 'un compte')

  const other = unique('Boucherie Recommandante')
  await noteProspect(phone, other)
  await phone.goto('/m')
  const account = unique('Fromagerie Partout')
  await noteProspect(phone, account)
  await phone.reload()
  await expect(phone.getByRole('heading', { level: 1, name: account })).toBeVisible()

  await phone.getByRole('link', { name: 'Commencer le compte rendu' }).tap()
  await chip(phone, 'Comment ça s’est fini ?', 'Devis').tap()
  await reach(phone, asked.money)
  await expect(field(phone, asked.money)).toBeVisible()

  // No network from here on: questions, inputs and the search are all on the phone.
  await phone.context().setOffline(true)
  await field(phone, asked.money).fill('1250,5')
  await reach(phone, asked.duration)
  await chip(phone, asked.duration, '1 h').tap()
  await question(phone, asked.duration).getByRole('textbox', { name: 'Minutes' }).fill('30')
  await reach(phone, asked.rating)
  await chip(phone, asked.rating, '4').tap()
  await reach(phone, asked.moment)
  await question(phone, asked.moment).locator('input').fill('2031-03-04T14:05')
  await reach(phone, asked.phone)
  await field(phone, asked.phone).fill('06 12 34 56 78')
  await reach(phone, asked.web)
  await field(phone, asked.web).fill('javascript:alert(1)')
  await field(phone, asked.web).blur()
  await expect(question(phone, asked.web)).toContainText('Elle est gardée telle quelle.')
  await field(phone, asked.web).fill('Fromagerie.exemple.fr/Visite')
  await reach(phone, asked.position)
  const here = question(phone, asked.position).getByRole('button', { name: 'Noter où je suis' })
  await here.tap()
  await expect(question(phone, asked.position)).toContainText('Position non partagée.')
  await phone.context().grantPermissions(['geolocation'])
  await phone.context().setGeolocation({ latitude: 43.32, longitude: -1.35, accuracy: 12 })
  await here.tap()
  await expect(question(phone, asked.position)).toContainText('Position notée, à 10 m près')
  await reach(phone, asked.account)
  await question(phone, asked.account).getByRole('searchbox').fill(other)
  await question(phone, asked.account).getByRole('button', { name: other }).tap()
  await expect(question(phone, asked.account)).toContainText(other)
  await reach(phone, 'Enregistrer')
  await saveReport(phone)
  await expect(phone.getByText('Il attend le réseau. Il partira tout seul.')).toBeVisible()
  await phone.context().setOffline(false)
  await expect(phone.getByText('Accepté.')).toBeVisible({ timeout: 30_000 })

  // On the card: the facts in the reader's words, each with what a tap on it does.
  await openCard(phone, account)
  const all = phone.getByRole('button', { name: /^Voir (les )?\d+ autres?$/ })
  await all.tap()
  const known = phone.getByRole('region', { name: 'À savoir avant d’entrer' })
  await expect(known).toContainText(/1\s250,50\s€/)
  await expect(known).toContainText(/1\sh\s30/)
  await expect(known).toContainText('4/5')
  await expect(known).toContainText('04/03/2031, 14:05')
  await expect(known.getByRole('link', { name: /^Appeler 06/ })).toHaveAttribute('href', 'tel:+33612345678')
  const page = known.getByRole('link', { name: 'Ouvrir fromagerie.exemple.fr/Visite' })
  await expect(page).toHaveAttribute('href', 'https://fromagerie.exemple.fr/Visite')
  await expect(page).toHaveAttribute('rel', /noopener/)
  await expect(known.getByRole('link', { name: /^Y aller\s: 43.32000, -1.35000/ })).toBeVisible()
  await known.getByRole('link', { name: `Voir ${other}` }).tap()
  await expect(phone.getByRole('heading', { level: 1, name: other })).toBeVisible()

  // At the desk: counted in their own buckets; a number to call is no measure.
  await desk.getByRole('link', { name: 'Analyses' }).click()
  await desk.getByRole('link', { name: 'Explorer' }).click()
  const measures = desk.getByLabel('Mesure')
  await expect(measures).toBeVisible()
  const answered = (title: string, answer: RegExp) =>
    desk.getByRole('table', { name: title }).getByRole('rowheader', { name: answer })
  await onceCounted(desk, async () => {
    await measures.selectOption({ label: `${asked.rating} (${SECTOR})` })
    await expect(answered(asked.rating, /^4$/)).toHaveCount(1, { timeout: 3_000 })
  })
  await measures.selectOption({ label: `${asked.money} (${SECTOR})` })
  await expect(answered(asked.money, /^1\s000\s€ à moins de 2\s000\s€$/)).toHaveCount(1)
  await expect(measures.locator('option', { hasText: asked.phone })).toHaveCount(0)

  await retireAll(desk, Object.values(asked))
})

const field = (page: Page, title: string) => question(page, title).getByRole('textbox')

/** From a page that leads to the builder, back to the list of questions. */
async function publish(desk: Page, asked: string, type: string): Promise<void> {
  await desk.getByRole('link', { name: 'Ajouter un champ' }).first().click()
  await desk.getByLabel('Ce que vous demandez').fill(asked)
  await desk.getByLabel('Réponse', { exact: true }).selectOption(type)
  await desk.getByLabel('Pourquoi vous le demandez').fill('Pour préparer la prochaine visite.')
  await desk.getByRole('button', { name: 'Pastille' }).click()
  await desk.getByRole('button', { name: 'Publier' }).click()
  await expect(desk.getByRole('link', { name: asked, exact: true })).toBeVisible()
}

/** Other journeys are asked by the same organisation. */
async function retireAll(desk: Page, titles: readonly string[]): Promise<void> {
  await desk.goto('/manage/fields')
  for (const title of titles) {
    const address = await desk.getByRole('link', { name: title, exact: true }).getAttribute('href')
    const retired = await desk.evaluate(
      async (body) => {
        const headers = { 'content-type': 'application/json' }
        return (await fetch('/api/trpc/field.retire', { method: 'POST', headers, body })).ok
      },
      JSON.stringify({ fieldId: address?.split('/').at(-1) }),
    )
    expect(retired).toBe(true)
  }
}
