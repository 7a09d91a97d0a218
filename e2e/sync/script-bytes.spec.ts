import { addressOf, expect, PASSWORD, signIn, test } from '../fixtures.ts'
import { LATE_MS, measureScripts } from './measure-scripts.ts'

const TODAY_MOST = 200_000
const FORM_MOST = 60_000

test('Aujourd’hui s’ouvre avec 200 ko de script au plus, le formulaire en ajoute 60', async ({ browse }) => {
  const page = await browse({ phone: true })
  // The door's own scripts stay out: the session is opened first, then everything is fetched anew.
  await signIn(page, addressOf('rep'), PASSWORD)
  await page.goto('about:blank')
  const scripts = await measureScripts(page)

  await page.goto('/m')
  await expect(page.getByRole('article').getByRole('link', { name: 'Lire la fiche' })).toBeVisible()
  const shown = Date.now()
  await expect.poll(() => Date.now() - shown, { timeout: LATE_MS * 2 }).toBeGreaterThan(LATE_MS)
  const today = scripts.bytes()
  test.info().annotations.push({ type: 'Aujourd’hui', description: `${today} octets` })
  expect(scripts.count()).toBeGreaterThan(1)
  expect(today).toBeLessThanOrEqual(TODAY_MOST)

  await page.getByRole('link', { name: 'Compte rendu' }).tap()
  await page.getByRole('main').getByRole('link').first().tap()
  const question = page.getByRole('heading', { name: 'Comment ça s’est fini ?' })
  await expect(question).toBeVisible()
  // Opened by its address: the other screens, fetched ahead some seconds after Today, are not the form's.
  const address = page.url()
  await page.goto('about:blank')
  const before = scripts.bytes()
  await page.goto(address)
  await expect(question).toBeVisible()
  const form = scripts.bytes() - before - today
  test.info().annotations.push({ type: 'Formulaire', description: `${form} octets` })
  expect(form).toBeGreaterThan(0)
  expect(form).toBeLessThanOrEqual(FORM_MOST)
})
