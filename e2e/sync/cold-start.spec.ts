import { expect } from '../fixtures.ts'
import {
  fillReport,
  noteProspect,
  openCard,
  outbox,
  pastVisits,
  saveReport,
  unique,
} from '../report/phone-form.ts'
import { kept, test } from './own-phone.ts'

test('serveur arrêté, téléphone éteint puis rallumé : tout s’ouvre, un compte rendu se saisit, et part une seule fois', async ({
  phone,
  as,
}) => {
  const name = unique('Ferme Sans Antenne')
  const note = unique('Livraison le mardi')
  await phone.signIn()
  const first = await phone.open('/m')
  await noteProspect(first, name)
  const card = new URL(first.url()).pathname
  await kept(first)
  await phone.kill()
  await phone.line.cut()

  const page = await phone.open(card)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await fillReport(page, { outcome: 'À revoir', note })
  await saveReport(page)
  await phone.kill()

  const waiting = await phone.open('/m/outbox')
  await expect(waiting.getByRole('button', { name: new RegExp(`${name}.*Visite du`) })).toBeVisible()
  await expect(waiting.getByText('1 envoi attend le réseau.')).toBeVisible()
  const today = await phone.open('/m')
  await expect(today.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible()
  await expect(outbox(today)).toHaveText('1 sur ce téléphone')

  // One's own account is the server's: asked for here, it leads back to the phone.
  const account = await phone.open('/account')
  await expect(account.getByRole('heading', { level: 1, name: 'Pas de réseau ici' })).toBeVisible()
  await account.getByRole('link', { name: 'Ouvrir Fieldback' }).tap()
  await expect(outbox(account)).toHaveText('1 sur ce téléphone')

  // The session did not outlive the phone, or it did: opening and filling in asked for none.
  await phone.line.mend()
  await phone.signIn()
  const sent = await phone.open('/m/outbox')
  await expect(sent.getByText('Tout est accepté. Rien n’attend sur ce téléphone.')).toBeVisible()
  const other = await as('rep')
  await openCard(other, name)
  await expect(pastVisits(other, note)).toHaveCount(1)
})

test('déconnecté, le téléphone éteint puis rallumé sans réseau ne montre rien à personne', async ({
  phone,
}) => {
  await phone.signIn()
  const page = await phone.open('/m')
  await kept(page)
  await page.getByRole('link', { name: 'Pour moi' }).tap()
  await page.getByRole('button', { name: /Votre compte$/ }).tap()
  await page.getByRole('button', { name: 'Se déconnecter' }).tap()
  await page.waitForURL(/\/signin/)
  await phone.switchOff()
  await phone.line.cut()
  const again = await phone.open('/m/accounts')
  await expect(again.getByText('Pas de réseau ici')).toBeVisible()
  await expect(again.getByRole('link')).toHaveCount(0)
})
