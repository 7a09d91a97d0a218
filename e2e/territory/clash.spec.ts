import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { ask, call } from './ask-question.ts'
import { change, openInTree } from './sector-page.ts'

const [FROM, INTO] = ['Lacq-Orthez', 'Pau Béarn Pyrénées']

test('deux sous-secteurs qui posent la même question se réunissent quand on a dit ce qu’elle devient, et se séparent', async ({
  as,
}) => {
  const page = await as('local')
  const question = unique('Ambiance')
  const asked = [
    await ask(page, INTO, question, ['Calme', 'Vive']),
    await ask(page, FROM, question, ['Calme', 'Tendue']),
  ]
  await page.reload()
  await change(page, 'Réunir à un autre')
  await page.getByRole('button', { name: `À ${INTO}` }).click()
  const act = page.getByRole('button', { name: `Réunir ${FROM} à ${INTO}` })
  await expect(page.getByText('Choisissez d’abord ce que deviennent les questions')).toBeVisible()
  await expect(act).toBeDisabled()

  const clash = page.getByRole('region', { name: question })
  await clash.getByRole('radio', { name: `Garder celle de ${INTO}` }).check()
  await expect(act).toBeEnabled()
  // What is told is of the former choice then: a second click at once must not act on it.
  const actsAtOnce = await act.evaluate((button: HTMLButtonElement, name) => {
    const radios = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')]
    radios.find((radio) => radio.closest('label')?.textContent?.includes(name))?.click()
    return !button.disabled
  }, 'Lire comme une seule question')
  expect(actsAtOnce).toBe(false)
  await clash.getByRole('radio', { name: 'Garder les deux, sous deux noms' }).check()
  await clash.getByLabel('Nouveau nom').fill(question)
  await expect(act).toBeDisabled()
  await clash.getByRole('radio', { name: 'Lire comme une seule question' }).check()
  await expect(clash.getByLabel(`« Calme » de ${FROM} devient`)).toHaveValue('p0')
  await expect(clash.getByRole('status')).toContainText('« Tendue »')
  await clash
    .getByLabel(`« Tendue » de ${FROM} devient`)
    .selectOption({ label: 'ajoutée à la question gardée' })
  await expect(clash.getByRole('status')).not.toContainText('« Tendue »')
  await act.click()
  await expect(page.getByRole('heading', { level: 1, name: INTO })).toBeVisible()
  await expect(page.getByText(`${FROM} est maintenant dans ${INTO}`)).toBeVisible()
  await expect(page.getByRole('row', { name: new RegExp(question) })).toHaveCount(1)

  await page.getByRole('status').getByRole('button', { name: 'Annuler' }).click()
  await expect(page.getByRole('treeitem', { name: FROM })).toBeVisible()
  await openInTree(page, FROM)
  await expect(page.getByRole('row', { name: new RegExp(question) })).toHaveCount(1)
  for (const fieldId of asked) await call(page, 'field.retire', { fieldId })
})
