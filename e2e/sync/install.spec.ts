import { expect, test } from '../fixtures.ts'

test('le menu mène à l’installation, dite pour ce téléphone', async ({ as }) => {
  const page = await as('rep', { at: '/m/me' })
  await page.getByRole('button', { name: /Votre compte$/ }).tap()
  await page.getByRole('link', { name: 'Installer sur ce téléphone' }).tap()
  await expect(page.getByRole('heading', { level: 1, name: 'Installer Fieldback' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(3)
  await expect(page.getByText('Ensuite, ouvrez Fieldback par son icône')).toBeVisible()
})

test('le manifeste dit l’application dans les deux langues, et ses icônes ont la taille qu’il annonce', async ({
  as,
}) => {
  const page = await as('rep')
  const address = await page.locator('link[rel="manifest"]').getAttribute('href')
  const told = async (language: string) =>
    (await page.request.get(address ?? '', { headers: { 'accept-language': language } })).json()
  const french = await told('fr-FR')
  expect(french).toMatchObject({ id: '/m', start_url: '/m', display: 'standalone', lang: 'fr' })
  expect(french.shortcuts).toMatchObject([{ name: 'Nouveau compte rendu', url: '/m/new' }])
  expect((await told('en-GB')).shortcuts).toMatchObject([{ name: 'New report' }])
  const sizes = await page.evaluate(
    (sources: string[]) =>
      Promise.all(
        sources.map(async (source) => {
          const image = new Image()
          image.src = source
          await image.decode()
          return `${image.naturalWidth}x${image.naturalHeight}`
        }),
      ),
    french.icons.map(({ src }: { src: string }) => src),
  )
  expect(sizes).toEqual(french.icons.map(({ sizes }: { sizes: string }) => sizes))
  expect(french.icons.map(({ purpose }: { purpose: string }) => purpose)).toEqual(['any', 'any', 'maskable'])
})
