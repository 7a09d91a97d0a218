import { expect, test } from '../fixtures.ts'

test('un bouton touché avant que la page ne réponde fait son travail dès qu’elle répond', async ({ as }) => {
  const desk = await as('local')
  await expect(desk.getByRole('button', { name: 'Nouveau sous-secteur' })).toBeVisible()
  let arrive = () => {}
  const scripts = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await desk.route('**/_next/static/**/*.js', async (route) => {
    await scripts
    await route.continue()
  })
  await desk.reload({ waitUntil: 'commit' })
  await desk.getByRole('button', { name: 'Nouveau sous-secteur' }).click()
  arrive()
  await desk.getByLabel('Nouveau sous-secteur, Pyrénées-Atlantiques').fill('Touché tôt')
})

test('un formulaire envoyé avant que la page ne réponde ne met pas le mot de passe dans l’adresse', async ({
  browse,
}) => {
  const page = await browse()
  await page.route('**/_next/static/**/*.js', (route) => route.abort())
  await page.goto('/signin', { waitUntil: 'domcontentloaded' })
  await page.getByLabel('Adresse de travail').fill('rep@demo.fieldback.test')
  await page.getByLabel('Adresse de travail').press('Enter')
  await expect(page).toHaveURL(/\/signin$/)
})
