import { expectFits } from '../accessibility/small-targets.ts'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { addGesture, beginScenario, openGesture, projectRow, splitByTown } from './scenario-page.ts'

test('un responsable coupe un sous-secteur dans un scénario, voit ce qui suit, annule et remet', async ({
  as,
}) => {
  const page = await as('local')
  await beginScenario(page, unique('Printemps'))
  const coast = unique('La côte')
  await splitByTown(page, 'Pays Basque', coast)
  await expect(
    page.getByText(new RegExp(`Pays Basque coupé en deux\\s: ${coast}, \\d+\\scomptes`)),
  ).toBeVisible()
  await expect(page.getByRole('region', { name: 'Ce qui suit tout seul' })).toContainText('ne lisent plus')
  await expect(page.getByRole('region', { name: 'En vigueur' })).not.toContainText(coast)

  await page.getByRole('button', { name: /^Annuler : Pays Basque coupé/ }).click()
  await expect(projectRow(page, coast)).toHaveCount(0)
  await page.getByRole('status').getByRole('button', { name: 'Remettre' }).click()
  await expect(projectRow(page, coast)).toContainText('nouveau')
})

test('un territoire se glisse sur un autre, et au clavier par la recherche ; un nom pris est dit et ce qui est saisi reste', async ({
  as,
}) => {
  const page = await as('local')
  await beginScenario(page, unique('Automne'))
  await projectRow(page, 'Vallée d').dragTo(projectRow(page, 'Haut Béarn'))
  const dropped = page.getByRole('dialog', { name: /Vallée d.Ossau sur Haut Béarn/ })
  await addGesture(dropped)
  await expect(projectRow(page, 'Haut Béarn')).toContainText('réuni')

  await page.getByRole('button', { name: 'Gestes sur Pays de Nay' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Réunir à un autre' }).press('Enter')
  await page.getByRole('searchbox', { name: 'Chercher un territoire' }).fill('nord est')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Nord Est Béarn/ })
    .press('Enter')
  await page.getByRole('button', { name: 'Ajouter au projet' }).press('Enter')
  await expect(projectRow(page, 'Nord Est Béarn')).toContainText('réuni')

  const rename = await openGesture(page, 'Nord Est Béarn', 'Renommer')
  await rename.getByRole('textbox', { name: 'Nom' }).fill('haut bearn')
  await addGesture(rename)
  await expect(rename.getByRole('alert')).toContainText('porte déjà ce nom')
  await expect(rename.getByRole('textbox', { name: 'Nom' })).toHaveValue('haut bearn')
})

test('une région se coupe en deux par ses départements ; le sommet du scénario dit où commencer', async ({
  as,
}) => {
  const page = await as('admin')
  await beginScenario(page, unique('Sud-Ouest'), 'France')
  const name = unique('Adour')
  const dialog = await openGesture(page, 'Nouvelle-Aquitaine', 'Couper en deux')
  await dialog.getByLabel('Nom du nouveau territoire').fill(name)
  for (const department of ['Landes', 'Gironde']) await dialog.getByLabel(department).check()
  await expect(dialog.getByText('2 territoires choisis, sur 12')).toBeVisible()
  await addGesture(dialog)
  await expect(projectRow(page, name)).toContainText('nouveau')
  await expect(projectRow(page, 'Landes')).toContainText('déplacé')
  const told = `${name} créé avec Gironde et Landes`
  await expect(page.getByRole('region', { name: 'Un geste' }).getByText(told)).toBeVisible()
  const top = await openGesture(page, 'France', 'Couper en deux')
  await expect(top.getByText(/^France est le sommet de ce scénario/)).toBeVisible()
})

test('à deux : fait relire, remarqué, et le geste de l’un se pose sur celui de l’autre', async ({ as }) => {
  const local = await as('local')
  await beginScenario(local, unique('Relu'))
  const address = local.url()
  const hq = await as('hq', { at: new URL(address).pathname })
  await expect(hq.getByText('La réorganisation ne peut pas être lue')).toBeVisible()
  await local.getByRole('button', { name: 'Faire relire' }).click()
  await hq.reload()
  await hq.getByLabel('Une remarque').fill('Et Mauléon ?')
  await hq.getByRole('button', { name: 'Ajouter', exact: true }).click()
  await expect(hq.getByText('Et Mauléon ?')).toBeVisible()
  await expect(hq.getByRole('button', { name: /^Gestes sur/ })).toHaveCount(0)

  const admin = await as('admin', { at: new URL(address).pathname })
  await expect(admin.getByText('Et Mauléon ?')).toBeVisible()
  const dialog = await openGesture(admin, 'Pays Basque', 'Renommer')
  await dialog.getByRole('textbox', { name: 'Nom' }).fill('Labourd')
  await splitByTown(local, 'Pau Béarn Pyrénées', unique('Gan'))
  await addGesture(dialog)
  await expect(admin.getByText('Quelqu’un a changé ce scénario entre-temps')).toBeVisible()
  await expect(admin.getByRole('heading', { name: '2 gestes' })).toBeVisible()
})

test('une variante se copie, et les deux se comparent sur un écran', async ({ as }) => {
  const page = await as('local')
  const name = unique('Base')
  await beginScenario(page, name)
  await splitByTown(page, 'Lacq-Orthez', unique('Orthez'))
  await page.getByRole('button', { name: 'Copier' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${name}, variante` })).toBeVisible()
  await page.getByRole('button', { name: /^Annuler\s: Lacq-Orthez coupé/ }).click()
  await expect(page.getByRole('heading', { name: 'Aucun geste' })).toBeVisible()
  await page.getByRole('button', { name: 'Comparer' }).click()
  await page.getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Deux scénarios' })).toBeVisible()
  const row = page.getByRole('table').last().getByRole('row').filter({ hasText: 'Orthez' }).first()
  await expect(row).toBeVisible()
  await expect(page.getByText('absent').first()).toBeVisible()
})

test('every screen of a scenario fits a small one, in English, with named targets of 44 px', async ({
  as,
}) => {
  const page = await as('local', { phone: true, locale: 'en-GB', at: '/manage/scenarios?do=new' })
  await page.getByLabel('Name', { exact: true }).fill(unique('Small'))
  await expectFits(page, 'list')
  await page.getByRole('button', { name: 'Begin' }).click()
  await expect(page.getByRole('heading', { name: 'Project', exact: true })).toBeVisible()
  await expectFits(page, 'scenario')
  await page.getByRole('button', { name: 'Changes to Pays Basque', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Split in two' }).click()
  await expect(page.getByRole('checkbox').first()).toBeVisible()
  await expectFits(page, 'split', { among: 'dialog button, dialog input' })
  for (const role of ['button', 'link', 'textbox', 'checkbox'] as const)
    await expect(page.getByRole(role, { name: /^$/ }), `a ${role} without a name`).toHaveCount(0)
})
