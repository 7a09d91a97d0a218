import { expect, type Locator, type Page } from '@playwright/test'
import { unique } from '../report/phone-form.ts'
import { linkMailedTo } from './caught-mail.ts'

export type Somebody = { readonly name: string; readonly address: string; readonly link: string }
export type InvitedAs = {
  readonly role: 'Commercial' | 'Responsable' | 'Siège' | 'Administration'
  readonly place: string
}

/** Invites a person of the test's own from the administrator's page, and answers the link that was mailed. */
export async function inviteSomebody(admin: Page, { role, place }: InvitedAs): Promise<Somebody> {
  const name = unique('Maya')
  const address = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@demo.fieldback.test`
  await admin.goto('/admin?do=invite')
  const form = admin.getByRole('region', { name: 'Inviter quelqu’un' })
  await form.getByLabel('Adresse de travail').fill(address)
  await form.getByLabel('Prénom et nom').fill(name)
  await form.getByLabel('Rôle').selectOption(role)
  await choosePlace(form, place)
  const link = await linkMailedTo(address, () =>
    form.getByRole('button', { name: 'Inviter', exact: true }).click(),
  )
  await expect(form.getByText(`L’invitation de ${name} est partie à ${address}.`)).toBeVisible()
  return { name, address, link }
}

/** Finds a territory by its name, in a form that asks for one, and takes it. */
export async function choosePlace(form: Page | Locator, name: string): Promise<void> {
  await form.getByRole('searchbox', { name: 'Territoire' }).fill(name)
  await form.getByRole('list', { name: 'Territoire' }).getByRole('button', { name }).first().click()
}

/** Opens somebody's page from the list of people. */
export async function openPerson(admin: Page, name: string): Promise<void> {
  await admin.goto(`/admin?q=${encodeURIComponent(name)}`)
  await admin.getByRole('link', { name, exact: true }).click()
  await expect(admin.getByRole('heading', { level: 1, name })).toBeVisible()
}
