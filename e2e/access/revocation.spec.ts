import { expect, test } from '../fixtures.ts'
import { prepared, stored } from '../lock/phone-lock.ts'
import { fillReport, noteProspect, openCard, tapSave, unique } from '../report/phone-form.ts'
import { askForLink, enterBy, enterByMail } from './caught-mail.ts'
import { inviteSomebody, openPerson } from './invite-somebody.ts'

test('retirer une personne ferme son téléphone tout de suite : ce qu’il avait à envoyer est remis, puis il ne garde plus rien', async ({
  as,
  browse,
}) => {
  const admin = await as('admin')
  const { name, address, link } = await inviteSomebody(admin, { role: 'Commercial', place: 'Landes' })
  const phone = await browse({ phone: true })
  await enterBy(phone, link)
  const account = unique('Auberge Accès Retiré')
  const note = unique('Saisi après le retrait')
  await noteProspect(phone, account)
  await prepared(phone)
  await expect.poll(() => stored(phone)).toContain(account)

  await openPerson(admin, name)
  await admin.getByRole('button', { name: `Retirer l’accès de ${name}` }).click()
  await expect(admin.getByText(`${name} n’a plus accès.`)).toBeVisible()
  await expect(admin.getByText('Cette personne n’a plus accès à l’organisation.')).toBeVisible()

  const handed = phone.waitForRequest(
    (request) => request.url().endsWith('/handover') && request.postData()?.includes(note) === true,
    // It is sent once the report is filled in.
    { timeout: 90_000 },
  )
  await fillReport(phone, { outcome: 'Devis', note })
  await tapSave(phone)
  await handed
  await expect(phone.getByText('Ce téléphone ne garde plus rien')).toBeVisible()
  await expect(phone.getByText(/chez votre responsable/)).toBeVisible()
  const left = await stored(phone)
  for (const secret of [account, note, name]) expect(left).not.toContain(secret)
  // Nor does a new link open the door again, and it says why.
  const elsewhere = await browse({ phone: true })
  await elsewhere.goto(await askForLink(elsewhere, address))
  await elsewhere.getByRole('button', { name: 'Ouvrir Fieldback' }).tap()
  await expect(elsewhere.getByText('Votre accès à cette organisation a été retiré.')).toBeVisible()
  await elsewhere.goto('/m')
  await expect(elsewhere).toHaveURL(/\/signin/)

  await admin.getByRole('button', { name: `Rétablir l’accès de ${name}` }).click()
  await expect(admin.getByText(`${name} a de nouveau accès.`)).toBeVisible()
  await phone.goto('/m')
  await openCard(phone, account)
})

test('retirer un appareil ferme celui-là et pas l’autre', async ({ as, browse }) => {
  const admin = await as('admin')
  const { name, address, link } = await inviteSomebody(admin, { role: 'Responsable', place: 'Landes' })
  const lost = await browse()
  await enterBy(lost, link)
  await expect(lost).toHaveURL(/\/manage\/t\//)

  await openPerson(admin, name)
  const devices = admin.getByRole('button', { name: new RegExp(`^Retirer l’appareil .* de ${name}$`) })
  await expect(devices).toHaveCount(1)
  await devices.click()
  await expect(
    admin.getByRole('button', { name: new RegExp(`^Rétablir l’appareil .* de ${name}$`) }),
  ).toBeVisible()
  await expect(admin.getByRole('region', { name: 'Appareils' }).getByRole('row').nth(1)).toContainText(
    'retiré',
  )

  // The page that stands open is shut by its next question to the server, and says why.
  await lost.getByRole('searchbox', { name: 'Filtrer l’arbre' }).fill('a')
  await expect(lost).toHaveURL(/\/signin/)
  await expect(
    lost.getByText('Cet appareil n’a plus accès. Votre administrateur peut le rétablir.'),
  ).toBeVisible()

  const kept = await browse()
  await enterByMail(kept, address)
  await expect(kept).toHaveURL(/\/manage\/t\//)
})
