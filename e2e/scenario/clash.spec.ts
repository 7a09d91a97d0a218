import { expectFits } from '../accessibility/small-targets.ts'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { ask, call } from '../territory/ask-question.ts'
import { addGesture, beginScenario, openGesture, projectRow } from './scenario-page.ts'

const [FROM, INTO, LAST] = ['Haut Béarn', 'Pays Basque', 'Béarn des Gaves']

test('dans un scénario, on dit ce que deviennent des questions posées des deux côtés, tout de suite ou après coup', async ({
  as,
}) => {
  const page = await as('local')
  const question = unique('Terrasse')
  const near = await ask(page, INTO, question, ['Oui', 'Non'])
  const own = await ask(page, FROM, question, ['Oui', 'Parfois'])
  const place = page.url()
  await beginScenario(page, unique('Rencontre'))
  const address = page.url()
  const dialog = await openGesture(page, FROM, 'Réunir à un autre')
  await dialog.getByRole('searchbox', { name: 'Chercher un territoire' }).fill(INTO)
  await dialog.getByRole('button', { name: new RegExp(INTO) }).click()
  const clash = dialog.getByRole('region', { name: question })
  await clash.getByRole('radio', { name: 'Lire comme une seule question' }).check()
  await expect(clash.getByRole('status')).toContainText('« Parfois »')
  await addGesture(dialog)
  const list = page.getByRole('region', { name: 'Un geste' })
  await expect(list).toContainText(`« ${question} » : lues comme une seule, dans les mots de ${INTO}`)

  const undo = page.getByRole('button', { name: /^Annuler : Haut Béarn réuni/ })
  await undo.click()
  const putBack = page.getByRole('button', { name: 'Remettre', exact: true })
  await expect(putBack).toBeVisible()
  // Without a network nothing is put back without its choices.
  await page.context().setOffline(true)
  await putBack.click()
  await expect(page.getByText('ne répond pas', { exact: false })).toBeVisible()
  await page.context().setOffline(false)
  await putBack.click()
  await expect(list).toContainText(`« ${question} » : lues comme une seule, dans les mots de ${INTO}`)
  await undo.click()
  await expect(page.getByRole('heading', { name: 'Aucun geste' })).toBeVisible()
  await projectRow(page, FROM).dragTo(projectRow(page, INTO))
  await addGesture(page.getByRole('dialog', { name: `${FROM} sur ${INTO}` }))
  await expect(page.getByText('Un geste attend un choix.')).toBeVisible()
  await expect(list).toContainText(`Posé des deux côtés : « ${question} »`)
  await page.getByRole('button', { name: /^Choisir ce que deviennent les questions/ }).press('Enter')
  await clash.getByRole('radio', { name: `Garder celle de ${INTO}` }).press('Space')
  const save = page.getByRole('button', { name: 'Garder ces choix' })
  await expect(save).toBeEnabled()
  await save.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(list).toContainText(`« ${question} » : celle de ${INTO} est gardée`)
  await expect(page.getByText('Un geste attend un choix.')).toHaveCount(0)

  await call(page, 'field.retire', { fieldId: near })
  await page.goto(place)
  const again = await ask(page, INTO, question, ['Oui', 'Non'])
  await page.goto(address)
  await expect(list).toContainText('Un choix ne vaut plus : les questions ont changé depuis.')
  await page.getByRole('button', { name: /^Choisir ce que deviennent les questions/ }).click()
  await clash.getByRole('radio', { name: 'Garder les deux, sous deux noms' }).check()
  // A name that would not set it apart is not taken, nor forgotten.
  await clash.getByLabel('Nouveau nom').fill(question)
  await expect(clash.getByText('L’autre question porte déjà ce nom.')).toBeVisible()
  await expect(save).toBeDisabled()
  await clash.getByLabel('Nouveau nom').fill(`${question} couverte`)
  await save.click()
  await expect(list).toContainText(`« ${question} » de ${FROM} devient « ${question} couverte »`)
  await expect(list).not.toContainText('ne vaut plus')

  const phone = await as('local', { phone: true, locale: 'en-GB', at: new URL(address).pathname })
  await phone.getByRole('button', { name: /^Review the choices/ }).click()
  await expect(phone.getByRole('dialog').getByLabel('New name')).toHaveValue(`${question} couverte`)
  await expectFits(phone, 'choices', { among: 'dialog button, dialog input, dialog select' })
  await page.getByRole('button', { name: 'Abandonner' }).click()
  await expect(page.getByText('Abandonné. Rien n’a changé.')).toBeVisible()
  for (const fieldId of [own, again]) await call(page, 'field.retire', { fieldId })
})

test('dans un scénario, trois territoires réunis l’un après l’autre se lisent comme un seul, et un choix changé se dit plus loin', async ({
  as,
}) => {
  const page = await as('local')
  const question = unique('Marquise')
  const asked: string[] = []
  for (const place of [FROM, INTO, LAST]) asked.push(await ask(page, place, question, ['Oui', 'Non']))
  await beginScenario(page, unique('Chaîne'))
  const clash = page.getByRole('dialog').getByRole('region', { name: question })
  for (const [from, into] of [
    [FROM, INTO],
    [INTO, LAST],
  ] as const) {
    const dialog = await openGesture(page, from, 'Réunir à un autre')
    await dialog.getByRole('searchbox', { name: 'Chercher un territoire' }).fill(into)
    await dialog.getByRole('button', { name: new RegExp(into) }).click()
    await clash.getByRole('radio', { name: 'Lire comme une seule question' }).check()
    if (from === INTO)
      await expect(clash).toContainText(`Faite par un geste d’avant, des questions de ${FROM} et ${INTO}`)
    await addGesture(dialog)
    await expect(dialog).toHaveCount(0)
  }
  const list = page.getByRole('region', { name: '2 gestes' })
  await expect(list).toContainText(`« ${question} » : lues comme une seule, dans les mots de ${LAST}`)
  await page.getByRole('button', { name: /^Revoir les choix : Haut Béarn/ }).click()
  await clash.getByRole('radio', { name: `Garder celle de ${INTO}` }).check()
  await page.getByRole('button', { name: 'Garder ces choix' }).click()
  await expect(list).toContainText('Un choix ne vaut plus : les questions ont changé depuis.')
  await page.getByRole('button', { name: 'Annuler', exact: true }).click()
  await expect(list).toContainText(`« ${question} » : lues comme une seule, dans les mots de ${LAST}`)
  await expect(list).not.toContainText('ne vaut plus')
  await page.getByRole('button', { name: 'Abandonner' }).click()
  await expect(page.getByText('Abandonné. Rien n’a changé.')).toBeVisible()
  for (const fieldId of asked) await call(page, 'field.retire', { fieldId })
})
