import { expect } from '../fixtures.ts'
import { question, reach, saveReport } from '../report/phone-form.ts'
import { kept, test } from './own-phone.ts'

const READY = 'Une nouvelle version est prête'
const keptBuilds = () => caches.keys()

test('une nouvelle version attend un geste ou la prochaine ouverture, et laisse finir le formulaire d’à côté', async ({
  phone,
}) => {
  await phone.signIn()
  const page = await phone.open('/m')
  await kept(page)
  const form = await phone.open('/m/new')
  await form.getByRole('main').getByRole('link').first().tap()
  await question(form, 'Comment ça s’est fini ?')
    .getByRole('button', { name: /^À revoir/ })
    .tap()

  const [old = ''] = await page.evaluate(keptBuilds)
  phone.line.deploy('suivante')
  await page.bringToFront()
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration('/m'))?.update()
  })
  await expect(page.getByText(READY)).toBeVisible()
  await expect(form.getByText(READY)).toBeHidden()
  await phone.line.cut()
  await page.getByRole('button', { name: 'Mettre à jour' }).tap()
  await expect(page.getByText(READY)).toBeHidden()
  await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible()
  expect(await page.evaluate(keptBuilds)).toEqual([old, 'fieldback-shell-suivante'])

  await form.bringToFront()
  await reach(form, 'Enregistrer')
  await saveReport(form)

  await phone.kill()
  const again = await phone.open('/m')
  await expect(again.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible()
  await expect.poll(() => again.evaluate(keptBuilds)).toEqual(['fieldback-shell-suivante'])
})
