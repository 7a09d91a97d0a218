import { expect, test } from '../fixtures.ts'

const NOBODY = '00000000-0000-4000-8000-000000000000'

const PHONE: readonly (readonly [string, string, string])[] = [
  [`/m/accounts/${NOBODY}`, 'Ce compte n’est pas sur ce téléphone', 'Voir mes comptes'],
  [`/m/accounts/${NOBODY}/report`, 'Ce compte n’est pas sur ce téléphone', 'Aujourd’hui'],
  [`/m/accounts/${NOBODY}/callback`, 'Ce compte n’est pas sur ce téléphone', 'Voir mes comptes'],
  ['/m/contacts/pas-un-contact', 'Ce contact n’est pas sur ce téléphone', 'Voir mes comptes'],
  [`/m/reports/${NOBODY}`, 'Ce compte rendu n’est pas sur ce téléphone', 'Aujourd’hui'],
  [`/m/segments/${NOBODY}/0`, 'Cette liste n’existe plus', 'Revenir à Pour moi'],
]

test('sur le téléphone, une adresse fausse dit ce qu’il en est et donne une sortie', async ({ as }) => {
  const page = await as('rep')
  await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible()
  for (const [address, said, way] of PHONE) {
    await page.goto(address)
    await expect(page.getByRole('main').getByText(said), address).toBeVisible()
    await expect(page.getByRole('link', { name: way }), address).toBeVisible()
  }
  await page.goto('/m/n-importe/quoi')
  await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible()
})

test('au poste, un territoire ou un champ qui n’existe pas ne casse rien', async ({ as }) => {
  const page = await as('local')
  for (const address of [`/manage/t/${NOBODY}`, '/manage/t/pas-un-uuid', `/manage/fields/${NOBODY}`]) {
    await page.goto(address)
    await expect(
      page.getByText('Ce territoire ne s’ouvre pas').or(page.getByText('Cette page n’existe pas')),
      address,
    ).toBeVisible()
    await page
      .getByRole('link', { name: /^(Mes territoires|Revenir à mes territoires|Revenir à l’accueil)$/ })
      .first()
      .click()
    await expect(page.getByRole('heading', { level: 1, name: 'Pyrénées-Atlantiques' })).toBeVisible()
  }
})

test('le territoire d’un autre n’est pas plus ouvert qu’un territoire qui n’existe pas', async ({ as }) => {
  const hq = await as('hq')
  await hq
    .getByRole('table', { name: 'Chiffres par territoire' })
    .getByRole('link', { name: 'Bretagne' })
    .click()
  await expect(hq).toHaveURL(/[?&]t=/)
  const bretagne = new URL(hq.url()).searchParams.get('t') ?? ''
  const page = await as('local', { at: `/manage/t/${bretagne}` })
  await expect(page.getByText('Ce territoire ne s’ouvre pas')).toBeVisible()
  await expect(page.getByText('Bretagne')).toHaveCount(0)
})

test('au siège, une vue abîmée en chemin montre une vue, pas une erreur', async ({ as }) => {
  const page = await as('hq', { at: '/hq?t=abc&from=2026-99&to=hier&m=%3Cscript%3E&sort=-' })
  await expect(page.getByRole('heading', { level: 1, name: /comptes rendus/ })).toBeVisible()
  await page.goto(`/hq/explorer?t=${NOBODY}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Analyses' })).toBeVisible()
})

test('une adresse inconnue dit qu’elle l’est, et ramène à l’accueil', async ({ as, browse }) => {
  const nobody = await browse()
  const answer = await nobody.goto('/nulle-part')
  expect(answer?.status()).toBe(404)
  await expect(nobody.getByRole('heading', { level: 1, name: 'Cette page n’existe pas' })).toBeVisible()

  const page = await as('local', { at: '/manage/nulle-part' })
  await page.getByRole('link', { name: /^Revenir à/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Pyrénées-Atlantiques' })).toBeVisible()
})
