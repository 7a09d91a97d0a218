import { addressOf, expect, PASSWORD, signIn, test, tryPassword, type Who } from '../fixtures.ts'

const HOMES: readonly (readonly [Who, RegExp, string])[] = [
  ['rep', /\/m$/, 'Aujourd’hui'],
  ['local', /\/manage\/t\//, 'Pyrénées-Atlantiques'],
  ['hq', /\/hq/, 'comptes rendus'],
  ['admin', /\/admin$/, 'Qui peut entrer dans Delmas Équipement'],
  ['other-rep', /\/m$/, 'Aujourd’hui'],
]

for (const [who, home, title] of HOMES) {
  test(`${who} : le mot de passe mène à l’accueil de son rôle`, async ({ as }) => {
    const page = await as(who)
    await expect(page).toHaveURL(home)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(title)
  })
}

test('in English, the door and the rep’s home speak English', async ({ as }) => {
  const page = await as('rep', { locale: 'en-GB' })
  await expect(page).toHaveURL(/\/m$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Accounts' })).toBeVisible()
})

test('une adresse tapée avant que la page ne réponde est gardée', async ({ browse }) => {
  const page = await browse()
  let letGo = () => {}
  const typed = new Promise<void>((done) => {
    letGo = done
  })
  await page.route(/\.js(\?|$)/, async (route) => {
    await typed
    await route.continue()
  })
  await page.goto('/signin', { waitUntil: 'commit' })
  const box = page.getByLabel('Adresse de travail')
  await box.fill(addressOf('rep'))
  letGo()
  await page.getByRole('button', { name: 'Utiliser un mot de passe' }).click()
  await expect(page.getByLabel('Mot de passe', { exact: true })).toBeVisible()
  await expect(box).toHaveValue(addressOf('rep'))
})

test('un mot de passe faux et une adresse inconnue reçoivent la même phrase, et rien d’autre', async ({
  browse,
}) => {
  const page = await browse()
  await page.goto('/signin')
  const told = page.getByText('Adresse ou mot de passe inconnus. Vérifiez-les, ou demandez un lien.')
  await tryPassword(page, 'personne@demo.fieldback.test', PASSWORD)
  await expect(told).toBeVisible()
  const unknown = (await page.getByRole('main').textContent()) ?? ''
  await page.reload()
  await tryPassword(page, addressOf('local'), 'pas-le-bon-mot')
  await expect(told).toBeVisible()
  await expect(page.getByRole('main')).toHaveText(unknown)
  await expect(page).toHaveURL(/\/signin/)
  // What was typed is kept: only the password has to be put right.
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await expect(page).toHaveURL(/\/manage\//)
})

test('qui n’est pas connecté est mené à la porte, puis là où il allait', async ({ browse }) => {
  const page = await browse()
  await page.goto('/hq/explorer')
  await expect(page).toHaveURL(/\/signin/)
  await tryPassword(page, addressOf('hq'), PASSWORD)
  await expect(page).toHaveURL(/\/hq\/explorer/)
})

test('se déconnecter ferme la session pour de bon, sur le poste et sur le téléphone', async ({
  as,
  browse,
}) => {
  const desk = await as('local')
  await desk.getByRole('button', { name: 'Votre compte' }).click()
  await desk.getByRole('button', { name: 'Se déconnecter' }).click()
  await expect(desk).toHaveURL(/\/signin$/)
  await desk.goto('/manage')
  await expect(desk).toHaveURL(/\/signin/)

  const phone = await browse({ phone: true })
  await signIn(phone, addressOf('rep'), PASSWORD)
  await phone.getByRole('link', { name: 'Pour moi' }).tap()
  await phone.getByRole('button', { name: /Votre compte/ }).tap()
  await phone.getByRole('button', { name: 'Se déconnecter' }).tap()
  await expect(phone).toHaveURL(/\/signin$/)
  await phone.goto('/m')
  await expect(phone).toHaveURL(/\/signin/)
})
