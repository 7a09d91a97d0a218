import type { Page } from '@playwright/test'
import { enterByMail } from '../access/caught-mail.ts'
import { findRep } from '../access/seeded-people.ts'
import { expect, test } from '../fixtures.ts'
import { noteProspect, openCard, unique } from '../report/phone-form.ts'
import { change, choose, createSector, DEPARTMENT, openInTree } from './sector-page.ts'

test('un sous-secteur se crée, se renomme et s’ouvre depuis l’arbre', async ({ as }) => {
  const page = await as('local')
  const first = unique('Vallée d’Ossau')
  await createSector(page, first)
  await openInTree(page, first)

  await change(page, 'Renommer')
  const renamed = unique('Vallée d’Aspe')
  await page.getByLabel('Nouveau nom').fill(renamed)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByRole('heading', { level: 1, name: renamed })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: renamed })).toBeVisible()
  await openInTree(page, renamed)
})

test('un nom déjà pris à côté est refusé, et ce qui est tapé reste', async ({ as }) => {
  const page = await as('local')
  await page.getByRole('button', { name: 'Nouveau sous-secteur' }).click()
  const field = page.getByLabel(`Nouveau sous-secteur, ${DEPARTMENT}`)
  await field.fill('Pays Basque')
  await page.getByRole('button', { name: 'Créer' }).click()
  await expect(page.getByText('Un territoire voisin porte déjà ce nom.')).toBeVisible()
  await expect(field).toHaveValue('Pays Basque')
})

test('des comptes déplacés passent d’un téléphone à l’autre, et le déplacement s’annule', async ({
  as,
  browse,
}) => {
  const phone = await as('rep')
  const account = unique('Zubiri Traiteur')
  await noteProspect(phone, account)

  const desk = await as('local')
  const colleague = await findRep(desk, (place) => place !== 'Pays Basque' && place !== DEPARTMENT)
  const sector = unique('Vallée de Baretous')
  await createSector(desk, sector)
  await openInTree(desk, sector)
  await desk.getByRole('button', { name: 'Affecter quelqu’un' }).click()
  await choose(desk.getByLabel('Qui', { exact: true }), colleague.name)
  await desk.getByLabel('Rôle').selectOption('Commercial')
  await desk.getByRole('button', { name: 'Affecter', exact: true }).click()
  await expect(desk.getByText(`${sector} : ${colleague.name} y travaille dès maintenant`)).toBeVisible()

  await desk.getByRole('link', { name: DEPARTMENT }).first().click()
  await desk.getByRole('link', { name: 'Déplacer des comptes' }).click()
  await moveTo(desk, account, sector)
  await expect(desk.getByText(`1 compte déplacé vers ${sector}`)).toBeVisible()
  await desk.getByRole('button', { name: 'Annuler', exact: true }).click()
  await expect(desk.getByText('1 compte remis à sa place')).toBeVisible()
  await phone.reload()
  await openCard(phone, account)

  await moveTo(desk, account, sector)
  await expect(desk.getByRole('row', { name: account })).toContainText(sector)

  // Gone from one phone, there on the other, at their next opening.
  await phone.reload()
  await expect(
    phone.getByRole('heading', { level: 1, name: 'Ce compte n’est pas sur ce téléphone' }),
  ).toBeVisible()
  await expect(phone.getByRole('link', { name: 'Voir mes comptes' })).toBeVisible()
  const other = await browse({ phone: true })
  await enterByMail(other, colleague.address)
  await openCard(other, account)
})

async function moveTo(page: Page, account: string, place: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Début du nom, ou numéro' }).fill(account)
  await page.getByRole('checkbox', { name: `Choisir ${account}` }).check()
  const bar = page.getByRole('region', { name: 'Déplacer les comptes choisis' })
  await choose(bar.getByLabel('Vers'), place)
  await bar.getByRole('button', { name: 'Déplacer' }).click()
}
