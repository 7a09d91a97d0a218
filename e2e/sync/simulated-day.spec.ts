import type { Page } from '@playwright/test'
import { retireQuestion } from '../field/retire-question.ts'
import { expect } from '../fixtures.ts'
import { pictureOf } from '../media/picture.ts'
import {
  accepted,
  chip,
  fillReport,
  outbox,
  pastVisits,
  question,
  reach,
  saveReport,
  unique,
} from '../report/phone-form.ts'
import { kept, test } from './own-phone.ts'

const VISITS = 6
const waits = (page: Page, count: number) => expect(outbox(page)).toHaveText(`${count} sur ce téléphone`)

test('une journée sans réseau : six visites, deux photos, un formulaire tué, une session finie ; tout arrive une fois, et l’écran dit vrai', async ({
  phone,
  as,
}) => {
  test.slow()
  const desk = await as('local')
  const [pictured, added] = [unique('Devanture'), unique('Terrasse')]
  await publish(desk, pictured, 'photos')
  await phone.signIn()
  const first = await phone.open('/m/new')
  const accounts = await firstPlanned(first)
  await kept(first)
  await phone.kill()
  await phone.line.cut()

  // Morning: switched on where there is no network.
  let page = await phone.open('/m')
  await expect(outbox(page)).toHaveText(accepted)
  const notes = accounts.map((_, at) => unique(`Visite ${at + 1}`))
  const at = (path: string) => page.goto(`${phone.line.url}${path}`)
  const fill = async (visit: number) => {
    await at(`/m/accounts/${accounts[visit]}`)
    await fillReport(page, { outcome: 'Devis', note: notes[visit] ?? '' })
  }
  const save = async () => {
    await saveReport(page)
    await expect(page.getByText('Il attend le réseau. Il partira tout seul.')).toBeVisible()
  }
  await fill(0)
  await save()
  await waits(page, 1)

  // One corrects a telephone number; so does a colleague, who hears the network. A manager asks one thing more.
  await at(`/m/accounts/${accounts[0]}`)
  await correct(page, '05 59 00 00 01')
  await waits(page, 2)
  const colleague = await as('local', { phone: true, at: `/m/accounts/${accounts[0]}` })
  await correct(colleague, '05 59 00 00 02')
  await publish(desk, added, 'oui ou non')

  await at(`/m/accounts/${accounts[1]}/report`)
  await chip(page, 'Comment ça s’est fini ?', 'Commande').tap()
  await reach(page, pictured)
  const file = await pictureOf(page, 800)
  for (const [way, count] of [
    ['Prendre une photo', 1],
    ['Choisir une photo', 2],
  ] as const) {
    await question(page, pictured).getByLabel(way).setInputFiles(file)
    await expect(question(page, pictured).getByRole('img')).toHaveCount(count)
  }
  await reach(page, 'À retenir')
  await page.getByRole('textbox', { name: 'À retenir' }).fill(notes[1] ?? '')
  await reach(page, 'Enregistrer')
  await save()
  await waits(page, 5)
  await fill(2)
  await save()

  // Killed in the middle of a form: it is there again, and all is counted at once.
  await fill(3)
  await expect(page.getByText('Brouillon gardé sur ce téléphone')).toBeVisible()
  await phone.kill()
  page = await phone.open('/m')
  await waits(page, 6)
  await at(`/m/accounts/${accounts[3]}/report`)
  await reach(page, 'À retenir')
  await expect(page.getByRole('textbox', { name: 'À retenir' })).toHaveValue(notes[3] ?? '')
  await reach(page, 'Enregistrer')
  await save()
  for (const visit of [4, 5]) {
    await fill(visit)
    await save()
  }
  await at('/m/outbox')
  await expect(page.getByText('7 envois attendent le réseau.')).toBeVisible()
  await expect(page.getByRole('heading', { name: '2 photos à envoyer' })).toBeVisible()

  // The network is back, the session is not.
  await page.context().clearCookies({ name: /session-token/ })
  await phone.line.mend()
  await page.getByRole('button', { name: 'Envoyer maintenant' }).tap()
  await expect(page.getByText('Votre session est terminée.')).toBeVisible()
  await expect(page.getByText('7 envois attendent que vous soyez reconnecté.')).toBeVisible()
  await phone.signIn()
  page = await phone.open('/m/outbox')
  await expect(page.getByText('7 cette semaine. Ils ne bougeront plus.')).toBeVisible()
  await expect(page.getByRole('heading', { name: /à envoyer|Sur ce téléphone/ })).toHaveCount(0)
  const section = (heading: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name: heading }) })
  await expect(section('Changé aussi par un autre')).toContainText('05 59 00 00 02')
  await expect(section('À compléter').getByText(`Demandé en plus par Pays Basque : ${added}`)).toHaveCount(
    VISITS,
  )

  // Once each, for everybody.
  const other = await as('rep')
  for (const [visit, account] of accounts.entries()) {
    await other.goto(`/m/accounts/${account}`)
    await expect(pastVisits(other, notes[visit] ?? '')).toHaveCount(1)
  }
  await other.goto(`/m/accounts/${accounts[1]}`)
  const report = pastVisits(other, notes[1] ?? '').getByRole('link')
  await report.first().tap()
  await expect(other.getByRole('img', { name: /^Photo 2,/ })).toBeVisible()

  // What is no longer asked is no longer missing.
  for (const asked of [pictured, added]) await retireQuestion(desk, asked)
  await page.reload()
  await expect(section('À compléter')).toHaveCount(0)
})

/** Six accounts among those that are planned, none of which is being filled in. */
async function firstPlanned(page: Page): Promise<string[]> {
  const links = page.getByRole('main').getByRole('listitem').getByRole('link')
  await expect(links.nth(VISITS)).toBeVisible()
  const found = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  const ids = found.flatMap((path) => path.match(/^\/m\/accounts\/([^/]+)/)?.[1] ?? [])
  return [...new Set(ids)].slice(0, VISITS)
}

async function correct(page: Page, number: string): Promise<void> {
  await page.getByRole('button', { name: 'Corriger' }).tap()
  await page.getByLabel('Téléphone', { exact: true }).fill(number)
  await page.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(page.getByText(/enregistré$/)).toBeVisible()
}

/** Photos are asked of whoever wants; what is asked besides is required. */
async function publish(desk: Page, asked: string, kind: 'photos' | 'oui ou non'): Promise<void> {
  await desk.goto('/manage')
  await desk.getByRole('treeitem', { name: 'Pays Basque' }).click()
  await expect(desk.getByRole('heading', { level: 1, name: 'Pays Basque' })).toBeVisible()
  await desk.getByRole('link', { name: 'Ajouter un champ' }).first().click()
  await desk.getByLabel('Ce que vous demandez').fill(asked)
  await desk.getByLabel('Réponse', { exact: true }).selectOption(kind === 'photos' ? 'des photos' : kind)
  if (kind === 'photos') await desk.getByLabel('Photos', { exact: true }).selectOption('jusqu’à 2')
  else await desk.getByLabel(/^Un compte rendu sans cette réponse/).check()
  await desk.getByLabel('Pourquoi vous le demandez').fill('Pour proposer la bonne enseigne.')
  await desk.getByRole('button', { name: 'Pastille' }).click()
  await desk.getByRole('button', { name: 'Publier' }).click()
  await expect(desk.getByRole('link', { name: asked, exact: true })).toBeVisible()
}
