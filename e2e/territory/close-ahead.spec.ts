import { expectFits } from '../accessibility/small-targets.ts'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { assignRep, change, createSector, openInTree } from './sector-page.ts'

const YEAR = new Date().getFullYear() + 1

test('un secteur où quelqu’un travaille se programme à fermer : sa page dit ce qui s’y trouve encore, puis que plus rien ne l’empêche', async ({
  as,
}) => {
  const page = await as('local')
  const sector = unique('Vallée d’Ossau')
  await createSector(page, sector)
  await openInTree(page, sector)
  await assignRep(page, sector, 'Pierre Dubois')
  await page.reload()
  await change(page, 'Fermer')
  const form = page.getByRole('region', { name: `Fermer ${sector}` })
  const standing = form.getByRole('region', { name: `${sector} n’est pas vide` })
  await expect(standing).toContainText('1 personne')
  await expect(standing.getByRole('link', { name: 'à nommer ailleurs' })).toBeVisible()
  await expect(form.getByRole('button', { name: `Fermer ${sector}`, exact: true })).toHaveCount(0)

  // Merging it instead begins on the day that was typed.
  const day = form.getByLabel('À partir du')
  await day.fill(`${YEAR}-03-01`)
  await standing.getByText('Ou réunissez-le ce jour-là').click()
  const merging = page.getByRole('region', { name: `Réunir ${sector} à un autre territoire` })
  await merging.getByRole('button', { name: 'À Pays Basque' }).click()
  await expect(merging.getByLabel('À partir du')).toHaveValue(`${YEAR}-03-01`)
  await page.goBack()

  await day.fill(`${YEAR}-03-01`)
  await form.getByRole('button', { name: `Programmer : Fermer ${sector}` }).click()
  await expect(page.getByText(`Programmé au 1er mars ${YEAR}.`)).toBeVisible()
  const planned = page.getByRole('region', { name: 'Programmé' })
  await expect(planned).toContainText(`Le 1er mars ${YEAR} : ${sector} fermé`)
  await expect(planned).toContainText(/S’y trouve encore\s:1\spersonne à nommer ailleurs/)
  await planned.getByRole('link', { name: 'Voir le scénario' }).click()
  await expect(page.getByText('pas encore possible')).toBeVisible()
  await expect(page.getByText('Un geste ne pourrait pas se faire aujourd’hui.')).toBeVisible()
  await page.goBack()

  // A role that ends before the day is in nobody's way.
  await page.getByRole('button', { name: /^Terminer/ }).click()
  await expect(planned.getByText('S’y trouve encore')).toHaveCount(0)
  await expect(planned).toBeVisible()
  await planned.getByRole('button', { name: /^Annuler : / }).click()
  await expect(planned).toHaveCount(0)
})

test('sur un téléphone, en anglais, fermer à une date tient dans la page', async ({ as }) => {
  const page = await as('local', { phone: true, locale: 'en-GB', at: '/manage' })
  await page.getByRole('row', { name: 'Pays Basque' }).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Pays Basque' })).toBeVisible()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  const form = page.getByRole('region', { name: 'Close Pays Basque' })
  await expect(form.getByRole('region', { name: 'Pays Basque is not empty' })).toContainText(/\d+ accounts/)
  await expect(form.getByRole('button', { name: 'Plan: Close Pays Basque' })).toBeEnabled()
  await expectFits(page, 'closing on a day', {
    among: 'section section a, section section button, section input',
  })
})
