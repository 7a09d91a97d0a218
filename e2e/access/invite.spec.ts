import { expect, PASSWORD, signIn, test } from '../fixtures.ts'
import { enterBy, linkMailedTo } from './caught-mail.ts'
import { choosePlace, inviteSomebody, openPerson } from './invite-somebody.ts'

const OWN = 'cheval orange sans pluie'

test('une personne invitée entre par son lien, choisit un mot de passe et revient avec', async ({
  as,
  browse,
}) => {
  const admin = await as('admin')
  const { name, address, link } = await inviteSomebody(admin, {
    role: 'Commercial',
    place: 'Pyrénées-Atlantiques',
  })
  await admin.goto(`/admin?state=invited&q=${encodeURIComponent(name)}`)
  await expect(admin.getByRole('row').filter({ hasText: name })).toContainText(
    'invitation envoyée aujourd’hui',
  )

  const phone = await browse({ phone: true })
  await phone.goto(link)
  await expect(phone.getByText('Ce lien tient jusqu’au')).toBeVisible()
  await enterBy(phone, link)
  await expect(phone).toHaveURL(/\/m$/)
  await phone.getByRole('link', { name: 'Pour moi' }).tap()
  await phone.getByRole('button', { name: /Votre compte/ }).tap()
  await phone.getByRole('link', { name: 'Votre compte' }).tap()
  // He has just come by a mailed link: nothing else is asked of him.
  await expect(phone.getByLabel('Mot de passe actuel')).toHaveCount(0)
  await phone.getByLabel('Nouveau mot de passe').fill(address)
  await phone.getByRole('button', { name: 'Choisir ce mot de passe' }).tap()
  await expect(phone.getByText('Il ressemble trop à votre adresse.')).toBeVisible()
  await phone.getByLabel('Nouveau mot de passe').fill(OWN)
  await phone.getByRole('button', { name: 'Choisir ce mot de passe' }).tap()
  await expect(phone.getByText('Votre mot de passe est choisi.')).toBeVisible()

  const desk = await browse()
  await signIn(desk, address, OWN)
  await expect(desk).toHaveURL(/\/m$/)
  await desk.goto('/account')
  await expect(desk.getByLabel('Mot de passe actuel')).toBeVisible()
  // From the desk, the phone that was left somewhere is signed out; it may come back.
  await desk
    .getByRole('row')
    .filter({ hasNotText: 'cet appareil' })
    .getByRole('button', { name: /^Déconnecter/ })
    .click()
  await expect(desk.getByText(/est déconnecté\.$/)).toBeVisible()
  await expect(desk.getByRole('table').getByRole('row').filter({ hasNotText: 'cet appareil' })).toHaveCount(1)
  await phone.goto('/account')
  await expect(phone).toHaveURL(/\/signin/)
})

test('un lien de connexion envoyé par l’administration ferme les sessions et en ouvre une autre', async ({
  as,
  browse,
}) => {
  const admin = await as('admin')
  const { name, address, link } = await inviteSomebody(admin, { role: 'Responsable', place: 'Landes' })
  const desk = await browse()
  await enterBy(desk, link)
  await expect(desk).toHaveURL(/\/manage\/t\//)

  await openPerson(admin, name)
  await expect(admin.getByText('Entre par un lien reçu par e-mail, sans mot de passe.')).toBeVisible()
  const again = await linkMailedTo(address, () =>
    admin.getByRole('button', { name: 'Envoyer un lien de connexion' }).click(),
  )
  await expect(admin.getByText(`Le lien est parti à ${address}.`)).toBeVisible()
  await desk.reload()
  await expect(desk).toHaveURL(/\/signin/)
  await enterBy(desk, again)
  await expect(desk).toHaveURL(/\/manage\/t\//)
})

test('un rôle se donne, se termine et se reprend sur la page de la personne', async ({ as }) => {
  const admin = await as('admin')
  const { name } = await inviteSomebody(admin, { role: 'Commercial', place: 'Landes' })
  await openPerson(admin, name)
  await admin.getByRole('button', { name: 'Donner un rôle' }).click()
  await admin.getByLabel('Rôle', { exact: true }).selectOption('Responsable')
  await choosePlace(admin, 'Gironde')
  await admin.getByRole('button', { name: 'Donner', exact: true }).click()
  const row = admin.getByRole('row').filter({ hasText: 'Gironde' })
  await expect(row).toContainText('Responsable')
  await expect(row).toContainText('depuis le')

  await admin.getByRole('button', { name: /^Changer la fin du rôle Responsable/ }).click()
  await admin.getByLabel('Dernier jour').fill('2035-12-31')
  await admin.getByRole('button', { name: 'Garder' }).click()
  await expect(row).toContainText('au 31/12/2035')
  await admin.getByRole('button', { name: 'Annuler' }).click()
  await expect(row).toContainText('depuis le')
  await admin.getByRole('button', { name: /^Terminer le rôle Responsable/ }).click()
  await expect(admin.getByText('Responsable, Gironde : c’est le dernier jour.')).toBeVisible()
})

test('le dernier administrateur ne peut ni se retirer, ni terminer son rôle', async ({ as }) => {
  const admin = await as('admin', { at: '/admin?role=administrator' })
  const only = admin.getByRole('row').filter({ hasText: 'Administration' })
  await expect(only).toHaveCount(1)
  await only.getByRole('link').click()
  const told = admin.getByText(
    'C’est le dernier administrateur de l’organisation. Nommez-en un autre d’abord',
  )
  await admin.getByRole('button', { name: /^Retirer l’accès de/ }).click()
  await expect(told).toBeVisible()
  await admin.reload()
  await admin.getByRole('button', { name: /^Terminer le rôle Administration/ }).click()
  await expect(told).toBeVisible()
  await admin.reload()
  await expect(admin.getByRole('row').filter({ hasText: 'Administration' })).toContainText('depuis le')
})

test('in English, an invitation and one’s account speak English', async ({ as, browse }) => {
  const admin = await as('admin')
  const { link } = await inviteSomebody(admin, { role: 'Siège', place: 'France' })
  const desk = await browse({ locale: 'en-GB' })
  await desk.goto(link)
  await expect(desk.getByText('This link lasts until')).toBeVisible()
  await desk.getByRole('button', { name: 'Open Fieldback' }).click()
  await expect(desk).toHaveURL(/\/hq/)
  await desk.goto('/account')
  await expect(desk.getByRole('heading', { name: 'Your account' })).toBeVisible()
  await desk.getByLabel('New password').fill(PASSWORD.slice(0, 8))
  await desk.getByRole('button', { name: 'Choose this password' }).click()
  await expect(desk.getByText('It takes at least twelve characters.')).toBeVisible()
})
