import { expect, test } from '../fixtures.ts'

const TOWN = 'Oloron'

test('tous les comptes d’une ville changent de secteur ; qui les reçoit lit leur mémo sans réseau ; tout s’annule', async ({
  as,
}) => {
  const local = await as('local', { at: '/manage/accounts' })
  await local.getByRole('button', { name: 'Réaffecter ce qui correspond' }).click()
  await local.getByLabel('Ville ou code postal').fill(TOWN)
  const panel = local.getByRole('region', { name: 'Réaffecter les comptes qui correspondent' })
  const target = panel.getByLabel('Territoire', { exact: true })
  await expect(target.locator('option', { hasText: 'Pays Basque' })).toBeAttached()
  await target.selectOption({ label: '\u2003Pays Basque' })
  const preview = panel.getByRole('status')
  await expect(preview).toContainText('comptes rendus')
  await expect(preview).toContainText('Haut Béarn (')
  await expect(preview).toContainText(/Qui les gagne.*Maialen Iribarne/)
  await expect(preview).toContainText(/Qui les perd.*Christian Lafargue/)
  await expect(preview).toContainText('Parle basque')
  await panel.getByRole('button', { name: /^Réaffecter \d+ comptes$/ }).click()
  const done = local.getByRole('region', { name: 'Réaffectations' }).getByRole('listitem').first()
  await expect(done).toContainText('Pyrénées-Atlantiques vers Pays Basque')
  await expect(done).toContainText('terminée', { timeout: 20_000 })
  await expect(local.getByRole('table', { name: 'Comptes par nom' }).getByRole('row').nth(1)).toContainText(
    'Pays Basque',
  )
  await local.getByRole('button', { name: 'Arrivés, pas encore vus' }).click()
  const arrived = local.getByRole('region', { name: 'Comptes arrivés depuis 90 jours et pas encore vus' })
  await expect(arrived.getByRole('row').nth(1)).toContainText('Haut Béarn')

  const rep = await as('rep', { at: '/m' })
  await expect(rep.getByText(/comptes vous arrivent/)).toBeVisible()
  await rep.getByRole('link', { name: 'Voir', exact: true }).tap()
  const list = rep.getByRole('region', { name: 'Ces comptes vous arrivent' })
  await expect(list.getByRole('link').first()).toContainText('de Christian Lafargue')
  const first = list.getByRole('link').first()
  const name = (await first.innerText()).split('\n')[0] ?? ''
  await first.tap()
  const brief = rep.getByRole('region', { name: 'Ce compte vous arrive de Christian Lafargue' })
  await expect(brief).toContainText('Dernières visites et appels')
  await expect(brief).toContainText('Christian Lafargue :')
  await rep.context().setOffline(true)
  await brief.getByRole('button', { name: 'J’ai lu' }).tap()
  await expect(brief).toHaveCount(0)
  const passing = rep.getByRole('region', { name: 'Pour qui viendra après vous' })
  await passing.getByRole('button', { name: 'Laisser un mot' }).tap()
  await passing.getByLabel('Votre mot').fill('Passer avant dix heures, demander Audrey')
  await passing.getByRole('button', { name: 'Garder' }).tap()
  await expect(passing).toContainText('Passer avant dix heures')
  await rep.context().setOffline(false)
  await rep.evaluate(() => dispatchEvent(new Event('online')))
  await expect(rep.getByText('tout est accepté')).toBeVisible()
  await rep.goto('/m/me')
  await expect(rep.getByRole('heading', { level: 1, name: 'Pour moi' })).toBeVisible()
  await expect(list.getByRole('link', { name })).toHaveCount(0)

  await done.getByRole('button', { name: /^Annuler tout/ }).click()
  await expect(done).toContainText('annulée', { timeout: 20_000 })
  // What is gone from his accounts is named once more, and he may still leave a word.
  await rep.goto('/m/me')
  const left = rep.getByRole('region', { name: 'Ces comptes sont partis de chez vous' })
  await left
    .getByRole('button', { name: /^Laisser un mot/ })
    .first()
    .tap()
  await left.getByLabel(/^Votre mot/).fill('Le patron part en mars')
  await left.getByRole('button', { name: 'Garder' }).tap()
  await expect(left).toContainText('Le patron part en mars')
  await expect(local.getByRole('table', { name: 'Comptes par nom' }).getByRole('row').nth(1)).toContainText(
    'Haut Béarn',
  )
})

test('what would change is told in English on a phone’s width, for the sector of a person', async ({
  as,
}) => {
  const local = await as('local', { at: '/manage/accounts', locale: 'en-GB', phone: true })
  await local.getByRole('button', { name: 'Reassign what matches' }).click()
  const panel = local.getByRole('region', { name: 'Reassign the accounts that match' })
  await expect(panel).toContainText('No filter is set: the whole branch Pyrénées-Atlantiques is meant.')
  await panel.getByText('a person', { exact: true }).click()
  const person = panel.getByLabel('Person', { exact: true })
  await expect(person.locator('option', { hasText: 'Pierre Dubois' })).toBeAttached()
  await person.selectOption({ label: 'Pierre Dubois' })
  await panel.getByLabel('Their sector').selectOption({ label: 'Lacq-Orthez' })
  await expect(panel.getByRole('status')).toContainText('Who loses them')
  await expect(panel.getByRole('button', { name: /^Reassign \d+ accounts$/ })).toBeEnabled()
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await expect(panel).toHaveCount(0)
})
