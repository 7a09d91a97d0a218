import { addressOf, expect, PASSWORD, signIn, test } from '../fixtures.ts'
import {
  fillReport,
  noteProspect,
  openCard,
  outbox,
  pastVisits,
  saveReport,
  unique,
} from '../report/phone-form.ts'

test('sans serveur, le compte rendu est gardé, dit « sur ce téléphone », et part tout seul ensuite', async ({
  as,
}) => {
  const page = await as('rep')
  const name = unique('Auberge Sans Réseau')
  const note = unique('Le chef part en avril')
  await noteProspect(page, name)
  await page.route('**/api/sync/*', (route) => route.abort('internetdisconnected'))
  await fillReport(page, { outcome: 'À revoir', note })
  await saveReport(page)

  // The return does not wait for a network.
  await expect(page.getByText('Il attend le réseau. Il partira tout seul.')).toBeVisible()
  await expect(outbox(page)).toHaveText('1 sur ce téléphone')
  await outbox(page).tap()
  await expect(page.getByRole('heading', { level: 1, name: 'Boîte d’envoi' })).toBeVisible()
  await expect(page.getByRole('button', { name: new RegExp(`${name}.*Visite du`) })).toBeVisible()
  await expect(page.getByText('Pas de réseau')).toBeVisible()
  // The phone was closed and opened again meanwhile: it is still there.
  await page.reload()
  await expect(page.getByText('1 envoi attend le réseau.')).toBeVisible()

  await page.unroute('**/api/sync/*')
  await expect(page.getByText('Tout est accepté. Rien n’attend sur ce téléphone.')).toBeVisible({
    timeout: 30_000,
  })
  const other = await as('rep')
  await openCard(other, name)
  await expect(pastVisits(other, note)).toHaveCount(1)
})

test('à la première ouverture, une panne du serveur n’est pas dite « pas de réseau »', async ({ browse }) => {
  const page = await browse({ phone: true })
  await page.route('**/api/sync/pull', (route) =>
    route.fulfill({ status: 503, json: { code: 'UNAVAILABLE' } }),
  )
  await signIn(page, addressOf('rep'), PASSWORD)
  await expect(page.getByText('Fieldback ne répond pas pour le moment')).toBeVisible()
  await page.unroute('**/api/sync/pull')
  await page.route('**/api/sync/pull', (route) => route.abort('internetdisconnected'))
  await page.getByRole('button', { name: 'Réessayer' }).tap()
  await expect(page.getByText('Pas de réseau ici')).toBeVisible()
  await page.unroute('**/api/sync/pull')
  await page.getByRole('button', { name: 'Réessayer' }).tap()
  await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible()
})

test('un écran qui n’est pas encore sur le téléphone s’ouvre tout seul quand le réseau revient', async ({
  as,
}) => {
  const page = await as('rep')
  await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible()
  await page.context().setOffline(true)
  await outbox(page).tap()
  await expect(page.getByText('Cet écran n’est pas encore sur ce téléphone')).toBeVisible()
  // Asked for again without a network, it is still not there, and says so.
  await page.getByRole('button', { name: 'Réessayer' }).tap()
  await expect(page.getByText('Cet écran n’est pas encore sur ce téléphone')).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByRole('heading', { level: 1, name: 'Boîte d’envoi' })).toBeVisible()
})
