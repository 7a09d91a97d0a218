import { expect, test } from '../fixtures.ts'

test('une absence : le remplaçant voit les rappels de l’absent à son nom, et tout finit avec le remplacement', async ({
  as,
}) => {
  const local = await as('local', { at: '/manage' })
  const people = local.getByRole('region', { name: 'Qui est ici' })
  await people.getByRole('button', { name: 'Faire remplacer' }).click()
  const absent = people.getByLabel('Qui s’absente')
  await expect(absent.locator('option', { hasText: 'Michel Goyhenetche' })).toBeAttached()
  await absent.selectOption({ label: 'Michel Goyhenetche (Pays Basque)' })
  await people.getByLabel('Qui remplace').selectOption({ label: 'Maialen Iribarne (Pays Basque)' })
  await people.getByRole('button', { name: 'Faire remplacer' }).click()
  await expect(local.getByText('Maialen Iribarne remplace Michel Goyhenetche : 1 territoire')).toBeVisible()
  const running = people.getByRole('list', { name: 'Remplacements' }).getByRole('listitem')
  await expect(running).toContainText('en cours')

  // Refused, and nothing that was chosen is lost.
  await people.getByRole('button', { name: 'Faire remplacer' }).click()
  await absent.selectOption({ label: 'Michel Goyhenetche (Pays Basque)' })
  await people.getByLabel('Qui remplace').selectOption({ label: 'Nathalie Ihidoy (Pays Basque)' })
  await people.getByRole('button', { name: 'Faire remplacer' }).click()
  await expect(people.getByRole('alert')).toContainText('Cette personne est déjà remplacée du')
  await expect(absent.locator('option:checked')).toContainText('Michel Goyhenetche')
  await people.getByRole('button', { name: 'Annuler' }).click()

  const rep = await as('rep', { at: '/m' })
  await expect(rep.getByText('Vous remplacez Michel Goyhenetche jusqu’au')).toBeVisible()
  const calls = rep.getByRole('region', { name: 'À rappeler' })
  await expect(calls.getByText('promis par Michel Goyhenetche').first()).toBeVisible()

  await people.getByText(/autres personnes/).click()
  await people.getByRole('link', { name: 'Michel Goyhenetche' }).click()
  await expect(local.getByRole('heading', { level: 1 })).toHaveText('Affectations de Michel Goyhenetche')
  await expect(local.getByRole('region', { name: 'Aujourd’hui' })).toContainText('Pays Basque')
  const own = local.getByRole('list', { name: 'Remplacements' })
  await own.getByRole('button', { name: /^Terminer/ }).click()
  await expect(
    local.getByText('Maialen Iribarne ne remplace plus Michel Goyhenetche après ce soir'),
  ).toBeVisible()
})

test('a replacement is arranged and called off in English, on a phone’s width', async ({ as }) => {
  const local = await as('local', { at: '/manage', locale: 'en-GB', phone: true })
  const people = local.getByRole('region', { name: 'Who is here' })
  await people.getByRole('button', { name: 'Arrange a replacement' }).click()
  const absent = people.getByLabel('Who is away')
  await expect(absent.locator('option', { hasText: 'Pierre Dubois' })).toBeAttached()
  await absent.selectOption({ label: 'Pierre Dubois (Lacq-Orthez)' })
  await people.getByLabel('Who replaces').selectOption({ label: 'Christian Lafargue (Haut Béarn)' })
  const later = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  await people.getByLabel('From').fill(later)
  await people.getByLabel('Until').fill(later)
  await people.getByRole('button', { name: 'Arrange it' }).click()
  const list = people.getByRole('list', { name: 'Replacements' })
  const line = list.getByRole('listitem').filter({ hasText: 'Christian Lafargue replaces Pierre Dubois' })
  await line.getByRole('button', { name: /^End/ }).click()
  await expect(local.getByText('The replacement of Pierre Dubois is called off')).toBeVisible()
  await expect(line).toHaveCount(0)
})
