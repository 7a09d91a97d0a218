import { expect, test } from '../fixtures.ts'
import {
  accepted,
  fillReport,
  loaded,
  openCard,
  outbox,
  pastVisits,
  saveReport,
  unique,
} from '../report/phone-form.ts'
import {
  assignRep,
  change,
  choose,
  closePlace,
  createSector,
  DEPARTMENT,
  endAssignments,
  openInTree,
} from './sector-page.ts'

test('un compte noté sans réseau dans un secteur fermé entre-temps se voit d’en haut, répond aux questions, et se déplace', async ({
  as,
}) => {
  const desk = await as('local')
  const sector = unique('Vallée de Barétous')
  const account = unique('Auberge du Barlanès')
  await createSector(desk, sector)
  await openInTree(desk, sector)
  await assignRep(desk, sector)

  const phone = await as('local', { phone: true, at: '/m/accounts' })
  await loaded(phone)
  await phone.route('**/api/sync/*', (route) => route.abort('internetdisconnected'))
  await phone.getByRole('button', { name: 'Nouveau prospect' }).tap()
  await phone.getByLabel('Nom', { exact: true }).first().fill(account)
  await phone.getByRole('button', { name: sector }).tap()
  await phone.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(outbox(phone)).toHaveText('1 sur ce téléphone')

  await endAssignments(desk)
  await desk.reload()
  await closePlace(desk, sector)
  await expect(desk.getByText(`${sector} fermé`)).toBeVisible()
  await expect(desk.getByRole('heading', { level: 1, name: DEPARTMENT })).toBeVisible()
  await expect(desk.getByRole('treeitem', { name: sector })).toBeHidden()

  await phone.unroute('**/api/sync/*')
  await phone.reload()
  await expect(outbox(phone)).toHaveText(accepted)
  await openCard(phone, account)
  const where = phone.getByRole('region', { name: 'Territoire' })
  await expect(where.getByRole('listitem').last()).toHaveText(new RegExp(`${sector}.*territoire fermé`))
  await expect(where.getByText(DEPARTMENT)).toBeVisible()

  // What the levels above ask is asked, and nothing is missing from the report afterwards.
  const note = unique('Ouvre en mai')
  await fillReport(phone, { outcome: 'À revoir', note })
  await saveReport(phone)
  await expect(outbox(phone)).toHaveText(accepted)
  await openCard(phone, account)
  await expect(pastVisits(phone, note)).toHaveCount(1)

  await desk.reload()
  await expect(desk.getByRole('treeitem', { name: new RegExp(`${sector} ?fermé ?1`) })).toBeVisible()
  await expect(desk.getByRole('row', { name: sector })).toContainText('territoire fermé')
  await desk.getByRole('link', { name: 'Déplacer des comptes' }).click()
  await desk.getByRole('searchbox', { name: 'Début du nom, ou numéro' }).fill(account)
  const row = desk.getByRole('row', { name: account })
  await expect(row).toContainText('territoire fermé')
  await row.getByRole('link', { name: sector }).click()

  await expect(desk.getByRole('heading', { name: `${sector} est un territoire fermé` })).toBeVisible()
  await expect(desk.getByText('1 compte y est arrivé après la fermeture.')).toBeVisible()
  await expect(desk.getByRole('button', { name: 'Rouvrir le territoire' })).toBeVisible()
  await desk.getByRole('checkbox', { name: `Choisir ${account}` }).check()
  const bar = desk.getByRole('region', { name: 'Déplacer les comptes choisis' })
  await expect(bar.getByLabel('Vers').getByRole('option').filter({ hasText: sector })).toHaveCount(0)
  await choose(bar.getByLabel('Vers'), 'Pays Basque')
  await bar.getByRole('button', { name: 'Déplacer' }).click()
  await expect(desk.getByText('1 compte déplacé vers Pays Basque')).toBeVisible()
  // Nothing goes back to a closed territory.
  await expect(desk.getByRole('button', { name: 'Annuler' })).toBeHidden()
  await expect(desk.getByText('Plus aucun compte ne s’y trouve.')).toBeVisible()
  await expect(desk.getByRole('treeitem', { name: sector })).toBeHidden()

  await phone.reload()
  await expect(where.getByRole('listitem').last()).toHaveText(/Pays Basque/)
})

test('un secteur fermé où un compte est arrivé se rouvre, et redevient un secteur comme un autre', async ({
  as,
}) => {
  const desk = await as('local')
  const sector = unique('Vallée du Saison')
  await createSector(desk, sector)
  await openInTree(desk, sector)
  await assignRep(desk, sector)
  const phone = await as('local', { phone: true, at: '/m/accounts' })
  await loaded(phone)
  await phone.route('**/api/sync/*', (route) => route.abort('internetdisconnected'))
  await phone.getByRole('button', { name: 'Nouveau prospect' }).tap()
  await phone.getByLabel('Nom', { exact: true }).first().fill(unique('Hôtel du Saison'))
  await phone.getByRole('button', { name: sector }).tap()
  await phone.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(outbox(phone)).toHaveText('1 sur ce téléphone')
  await endAssignments(desk)
  await desk.reload()
  const address = desk.url()
  await closePlace(desk, sector)
  await expect(desk.getByText(`${sector} fermé`)).toBeVisible()
  await phone.unroute('**/api/sync/*')
  await phone.reload()
  await expect(outbox(phone)).toHaveText(accepted)

  // The address of its page, kept from before, leads to what is left in it.
  await desk.goto(address)
  await expect(desk.getByRole('heading', { name: `${sector} est un territoire fermé` })).toBeVisible()
  await desk.getByRole('button', { name: 'Rouvrir le territoire' }).click()
  await expect(desk.getByText(`${sector} rouvert`)).toBeVisible()
  await expect(desk.getByRole('heading', { name: `${sector} est un territoire fermé` })).toBeHidden()
  await expect(desk.getByText('territoire fermé')).toHaveCount(0)
  await desk.goto(address)
  await expect(desk.getByRole('heading', { level: 1, name: sector })).toBeVisible()
  // With an account on it, it does not close today.
  await change(desk, 'Fermer')
  await expect(desk.getByRole('region', { name: `${sector} n’est pas vide` })).toContainText('1 compte')
  await expect(desk.getByRole('button', { name: `Fermer ${sector}`, exact: true })).toHaveCount(0)
})
