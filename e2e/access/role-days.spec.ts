import { expect, test } from '../fixtures.ts'
import { choosePlace, inviteSomebody, openPerson } from './invite-somebody.ts'

const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv', { timeZone: 'Europe/Paris' })

test('les jours d’un rôle : ce qui ne va pas est dit à côté, et rien de ce qui est tapé ne se perd', async ({
  as,
}) => {
  const admin = await as('admin')
  const { name } = await inviteSomebody(admin, { role: 'Commercial', place: 'Landes' })
  await openPerson(admin, name)
  await admin.getByRole('button', { name: 'Donner un rôle' }).click()
  await choosePlace(admin, 'Gironde')
  // The keyboard goes on from the place: to change it, and back to it.
  await expect(admin.getByRole('button', { name: /Changer$|^Territoire$/ }).first()).toBeFocused()
  await admin.keyboard.press('Enter')
  await expect(admin.getByRole('searchbox', { name: 'Territoire' })).toBeFocused()
  await admin.keyboard.type('Gironde')
  await admin
    .getByRole('list', { name: 'Territoire' })
    .getByRole('button', { name: 'Gironde' })
    .first()
    .press('Enter')
  const from = admin.getByLabel('À partir du', { exact: true })
  const to = admin.getByLabel('Jusqu’au', { exact: true })
  const give = admin.getByRole('button', { name: 'Donner', exact: true })
  await from.fill('')
  await give.click()
  await expect(from).toHaveAccessibleDescription('Il manque le premier jour.')
  await from.fill(dayFromNow(-2))
  await expect(from).toHaveAccessibleDescription('Au plus tôt aujourd’hui.')
  await from.fill(dayFromNow(3))
  await to.fill(dayFromNow(2))
  await expect(to).toHaveAccessibleDescription(/C’est avant le premier jour\./)
  await to.fill(dayFromNow(9))
  await give.click()
  await expect(admin.getByText('Commercial, Gironde : c’est donné.')).toBeVisible()

  // The last day: its own sentence, and a day typed without a network is still there after.
  await admin.getByRole('button', { name: /^Changer la fin du rôle Commercial, Landes/ }).click()
  const last = admin.getByLabel('Dernier jour')
  const keep = admin.getByRole('button', { name: 'Garder' })
  await last.fill(dayFromNow(-5))
  await keep.click()
  await expect(last).toHaveAccessibleDescription(/^Le dernier jour est au plus tôt le /)
  await last.fill(dayFromNow(20))
  await admin.context().setOffline(true)
  await keep.click()
  await expect(admin.getByText('Fieldback ne répond pas pour le moment.').first()).toBeVisible()
  await expect(last).toHaveValue(dayFromNow(20))
  await admin.context().setOffline(false)
  await keep.click()
  await expect(admin.getByText('Commercial, Landes : la fin est changée.')).toBeVisible()
  await expect(last).toBeHidden()
})
