import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import {
  accepted,
  fillReport,
  noteProspect,
  openCard,
  outbox,
  pastVisits,
  saveReport,
  unique,
} from '../report/phone-form.ts'
import { askForLink, enterByMail } from './caught-mail.ts'
import { addressOfPerson } from './seeded-people.ts'

test('retirer une personne ferme son téléphone tout de suite ; ce qu’il garde y reste, et part à son retour', async ({
  as,
  browse,
}) => {
  const admin = await as('admin')
  const name = await someoneNew(admin, 'Commercial, ')
  const phone = await browse({ phone: true })
  await enterByMail(phone, addressOfPerson(name))
  const account = unique('Auberge Accès Retiré')
  const note = unique('Saisi après le retrait')
  await noteProspect(phone, account)

  await admin.reload()
  await admin.getByRole('button', { name: `Retirer l’accès de ${name}` }).click()
  await expect(admin.getByText(`${name} n’a plus accès.`)).toBeVisible()
  await expect(rowOf(admin, name)).toContainText('Accès retiré')

  await fillReport(phone, { outcome: 'Devis', note })
  await saveReport(phone)
  await expect(phone.getByRole('heading', { level: 1, name: 'Enregistré' })).toBeVisible()
  await expect(outbox(phone)).toHaveText('1 sur ce téléphone')
  await phone.getByRole('button', { name: 'Fermer' }).tap()
  await expect(phone.getByText('Votre session est terminée.')).toBeVisible()
  await expect(phone.getByText('Ce que vous saisissez reste sur ce téléphone')).toBeVisible()
  // Nor does a new link open the door again, and it says why.
  const elsewhere = await browse({ phone: true })
  await elsewhere.goto(await askForLink(elsewhere, addressOfPerson(name)))
  await elsewhere.getByRole('button', { name: 'Ouvrir Fieldback' }).tap()
  await expect(elsewhere.getByText('Votre accès à cette organisation a été retiré.')).toBeVisible()
  await elsewhere.goto('/m')
  await expect(elsewhere).toHaveURL(/\/signin/)

  await admin.getByRole('button', { name: `Rétablir l’accès de ${name}` }).click()
  await expect(admin.getByText(`${name} a de nouveau accès.`)).toBeVisible()
  await phone.reload()
  await expect(outbox(phone)).toHaveText(accepted)
  await openCard(phone, account)
  await expect(pastVisits(phone, note)).toHaveCount(1)
})

test('retirer un appareil ferme celui-là et pas l’autre', async ({ as, browse }) => {
  const admin = await as('admin')
  const name = await someoneNew(admin, 'Responsable, ')
  const lost = await browse()
  await enterByMail(lost, addressOfPerson(name))
  await expect(lost).toHaveURL(/\/manage\/t\//)

  await admin.reload()
  const devices = admin.getByRole('button', { name: new RegExp(`^Retirer l’appareil .* de ${name}$`) })
  await expect(devices).toHaveCount(1)
  await devices.click()
  await expect(rowOf(admin, name)).toContainText('retiré')
  await expect(
    admin.getByRole('button', { name: new RegExp(`^Rétablir l’appareil .* de ${name}$`) }),
  ).toBeVisible()

  // The page that stands open is shut by its next question to the server, and says why.
  await lost.getByRole('searchbox', { name: 'Filtrer l’arbre' }).fill('a')
  await expect(lost).toHaveURL(/\/signin/)
  await expect(
    lost.getByText('Cet appareil n’a plus accès. Votre administrateur peut le rétablir.'),
  ).toBeVisible()

  const kept = await browse()
  await enterByMail(kept, addressOfPerson(name))
  await expect(kept).toHaveURL(/\/manage\/t\//)
})

const rowOf = (admin: Page, name: string) => admin.getByRole('row').filter({ hasText: name })

/** Somebody who never came, so that the one device of the list is the one of this test. */
async function someoneNew(admin: Page, role: string): Promise<string> {
  const never = admin.getByRole('row').filter({ hasText: 'jamais connecté' }).filter({ hasText: role })
  await expect(admin.getByRole('row').nth(5)).toBeVisible()
  const more = admin.getByRole('button', { name: 'Voir la suite' })
  while ((await never.count()) === 0 && (await more.isVisible())) {
    const shown = await admin.getByRole('row').count()
    await more.click()
    await expect.poll(() => admin.getByRole('row').count()).toBeGreaterThan(shown)
  }
  const names = await never.getByRole('rowheader').allInnerTexts()
  const plain = names.map((name) => name.trim()).find((name) => /^[\p{L}]+ [\p{L}]+$/u.test(name))
  if (!plain) throw new Error(`Nobody of the role ${role} is left who never came.`)
  return plain
}
