import type { Page } from '@playwright/test'
import { enterByMail } from '../access/caught-mail.ts'
import { findRep } from '../access/seeded-people.ts'
import { expect, test } from '../fixtures.ts'
import { accepted, loaded, outbox, unique } from '../report/phone-form.ts'
import { DEPARTMENT } from './sector-page.ts'

const online = async (page: Page, on: boolean): Promise<void> => {
  await page.context().setOffline(!on)
  if (on) await page.evaluate(() => dispatchEvent(new Event('online')))
}

test('un commercial partage son secteur sans réseau, le renomme, le dissout et revient en arrière', async ({
  as,
  browse,
}) => {
  const desk = await as('local')
  const rep = await findRep(desk, (place) => place === DEPARTMENT)
  const phone = await browse({ phone: true })
  await enterByMail(phone, rep.address)
  await loaded(phone)
  await phone.getByRole('link', { name: 'Comptes' }).tap()
  await phone.getByRole('button', { name: 'Mes sous-secteurs' }).tap()
  await expect(phone.getByRole('heading', { level: 1, name: 'Mes sous-secteurs' })).toBeVisible()

  await online(phone, false)
  const name = unique('Tournée du mardi')
  await phone.getByRole('button', { name: 'Nouveau sous-secteur' }).tap()
  const form = phone.getByRole('form', { name: 'Nouveau sous-secteur' })
  await expect(phone.getByRole('button', { name: 'Enregistrer' })).toBeDisabled()
  await form.getByText('À la main').tap()
  const boxes = form.getByRole('checkbox')
  await boxes.nth(0).check()
  await boxes.nth(1).check()
  await expect(form.getByRole('status')).toContainText('2 comptes changent de place.')
  await form.getByLabel('Nom du sous-secteur').fill(name)
  await phone.getByRole('button', { name: 'Enregistrer' }).tap()
  const asked = phone.getByRole('region', { name: 'Ce qui a été demandé' })
  const line = (said: string) => asked.getByRole('listitem').filter({ hasText: said })
  await expect(line(`${name} : créé`)).toContainText('Sur ce téléphone. Partira avec le réseau.')
  const sectors = phone.getByRole('region', { name: `${DEPARTMENT}, partagé` })
  const sector = sectors.getByRole('listitem').filter({ hasText: name })
  await expect(sector).toContainText('2 comptes · en attente')

  // A name chosen before the first has left.
  await sector.getByRole('button', { name: `Changer ${name}` }).tap()
  await phone.getByRole('button', { name: 'Renommer' }).tap()
  const renamed = unique('Tournée du jeudi')
  await phone.getByLabel('Nom du sous-secteur').fill(renamed)
  await phone.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(sectors.getByRole('listitem').filter({ hasText: renamed })).toContainText('2 comptes')

  await online(phone, true)
  await expect(line(`${name} : créé`)).toContainText('Fait, 2 comptes ont changé de place.')
  await expect(line(`Renommé ${renamed}`)).toContainText('Fait.')
  await expect(outbox(phone)).toHaveText(accepted)
  await expect(sectors.getByRole('listitem').filter({ hasText: renamed })).not.toContainText('en attente')

  await desk.reload()
  const shares = desk.getByRole('region', { name: 'Derniers partages' })
  await expect(shares.getByRole('row').filter({ hasText: `${name} créé` })).toContainText(rep.name)
  await expect(desk.getByRole('row').filter({ hasText: renamed }).first()).toBeVisible()

  await sectors.getByRole('button', { name: `Changer ${renamed}` }).tap()
  await phone.getByRole('button', { name: 'Dissoudre' }).tap()
  await expect(line(`${renamed} : dissous`)).toContainText('Fait, 2 comptes ont changé de place.')
  await expect(sectors.getByRole('listitem').filter({ hasText: renamed })).toHaveCount(0)
  await line(`${renamed} : dissous`)
    .getByRole('button', { name: /^Annuler/ })
    .tap()
  await expect(sectors.getByRole('listitem').filter({ hasText: renamed })).toContainText('2 comptes')
  await expect(line(`${renamed} : dissous`)).toContainText('Annulé depuis.')
})

test('un secteur qui est déjà un sous-secteur le dit, avec ce qui reste possible', async ({ as }) => {
  const phone = await as('rep', { at: '/m/sectors', locale: 'en-GB' })
  await expect(phone.getByText('Pays Basque is a sub-sector already')).toBeVisible()
  await phone.getByRole('link', { name: 'Prepare my round' }).tap()
  await expect(phone.getByRole('heading', { level: 1, name: 'My round' })).toBeVisible()
})

test('un responsable partage par règle, voit d’abord combien, et annule', async ({ as }) => {
  const desk = await as('local')
  await desk.getByRole('button', { name: 'Sous-secteur par règle' }).click()
  const form = desk.getByRole('form', { name: `Nouveau sous-secteur de ${DEPARTMENT}` })
  await form.getByText('Par rue', { exact: true }).click()
  await form.getByLabel('Ville', { exact: true }).selectOption({ index: 1 })
  const streets = form.getByLabel('Rue', { exact: true })
  await expect(streets.getByRole('option').nth(1)).toBeAttached()
  await streets.selectOption({ index: 1 })
  await form.getByText('Les deux', { exact: true }).click()
  await expect(form.getByRole('status')).toContainText(/\d+ comptes? changen?t? ?(de place)?/)
  const name = unique('Côté rue')
  await form.getByLabel('Nom du sous-secteur').fill(name)
  await form.getByRole('button', { name: 'Créer et y mettre ces comptes' }).click()
  const line = desk
    .getByRole('region', { name: 'Derniers partages' })
    .getByRole('row')
    .filter({ hasText: `${name} créé` })
  await expect(line).toContainText(/Fait, \d+ comptes? déplacés?/)
  await line.getByRole('button', { name: /^Annuler/ }).click()
  await expect(line).toContainText('Annulé depuis')
})
