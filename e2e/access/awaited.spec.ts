import { expect, test, tryPassword } from '../fixtures.ts'
import { found, foundingLink } from '../org/founding-link.ts'
import { unique } from '../report/phone-form.ts'
import { enterBy, linkMailedTo } from './caught-mail.ts'
import { choosePlace, inviteSomebody, openPerson } from './invite-somebody.ts'

const OWN = 'cheval orange sans pluie'

test('qui a un mot de passe et qu’une seule invitation attend l’apprend à la porte, et entre par un lien', async ({
  as,
  browse,
}) => {
  const admin = await as('admin')
  const { name, address, link } = await inviteSomebody(admin, { role: 'Responsable', place: 'Landes' })
  const desk = await browse()
  await enterBy(desk, link)
  await desk.goto('/account')
  await desk.getByLabel('Nouveau mot de passe').fill(OWN)
  await desk.getByRole('button', { name: 'Choisir ce mot de passe' }).click()
  await expect(desk.getByText('Votre mot de passe est choisi.')).toBeVisible()
  await openPerson(admin, name)
  await admin.getByRole('button', { name: `Retirer l’accès de ${name}` }).click()
  await expect(admin.getByText(`${name} n’a plus accès.`)).toBeVisible()

  const founder = await browse()
  await founder.goto(foundingLink())
  const company = unique('Maison Ibarra')
  const email = `ibarra.${Date.now().toString(36)}@awaited.fieldback.test`
  await found(founder, { name: company, email, password: OWN })
  await expect(founder).toHaveURL(/\/admin\/setup/)
  await founder.goto('/admin?do=invite')
  const form = founder.getByRole('region', { name: 'Inviter quelqu’un' })
  await form.getByLabel('Adresse de travail').fill(address)
  await form.getByLabel('Prénom et nom').fill(name)
  await form.getByLabel('Rôle').selectOption('Siège')
  await choosePlace(form, company)
  await linkMailedTo(address, () => form.getByRole('button', { name: 'Inviter', exact: true }).click())

  const english = await browse({ locale: 'en-GB' })
  await english.goto('/signin')
  await tryPassword(english, address, OWN)
  await expect(english.getByText('An invitation waits for you in your e-mail')).toBeVisible()

  const door = await browse()
  await door.goto('/signin')
  await tryPassword(door, address, OWN)
  await expect(door.getByText('Une invitation vous attend dans vos e-mails')).toBeVisible()
  // His address is there already: one tap, and the mail opens the organisation.
  const another = await linkMailedTo(address, () =>
    door.getByRole('button', { name: 'Recevoir le lien' }).click(),
  )
  await expect(door.getByRole('heading', { name: 'Regardez vos e-mails' })).toBeVisible()
  await enterBy(door, another)
  await expect(door).toHaveURL(/\/hq/)
})
