import { retireQuestion } from '../field/retire-question.ts'
import { expect, test } from '../fixtures.ts'
import {
  accepted,
  chip,
  noteProspect,
  openCard,
  outbox,
  question,
  reach,
  saveReport,
  unique,
} from '../report/phone-form.ts'
import { pictureOf } from './picture.ts'

test('deux photos prises sans réseau se voient aussitôt, partent après le compte rendu et reprennent où elles furent coupées', async ({
  as,
}) => {
  test.slow()
  const [phone, desk] = [await as('rep'), await as('local')]
  const asked = unique('Devanture')
  await desk.getByRole('link', { name: 'Ajouter un champ' }).first().click()
  await desk.getByLabel('Ce que vous demandez').fill(asked)
  await desk.getByLabel('Réponse', { exact: true }).selectOption('des photos')
  await desk.getByLabel('Photos', { exact: true }).selectOption('jusqu’à 2')
  await desk.getByLabel('Pourquoi vous le demandez').fill('Pour proposer la bonne enseigne.')
  await desk.getByRole('button', { name: 'Pastille' }).click()
  await desk.getByRole('button', { name: 'Publier' }).click()
  await expect(desk.getByRole('link', { name: asked, exact: true })).toBeVisible()

  const account = unique('Boulangerie Photographiée')
  await noteProspect(phone, account)
  await phone.reload()
  await phone.getByRole('link', { name: 'Commencer le compte rendu' }).tap()
  await chip(phone, 'Comment ça s’est fini ?', 'Devis').tap()
  await reach(phone, asked)
  const photos = question(phone, asked)
  const file = await pictureOf(phone)
  await expect(photos.getByRole('button', { name: 'Prendre une photo' })).toBeVisible()

  await phone.context().setOffline(true)
  const script = {
    name: 'photo.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('<script>alert(1)</script>'),
  }
  await photos.getByLabel('Prendre une photo').setInputFiles(script)
  await expect(photos.getByRole('status')).toContainText('pas une photo')
  await photos.getByLabel('Prendre une photo').setInputFiles(file)
  await expect(photos.getByRole('img', { name: /^Photo 1,/ })).toBeVisible()
  await photos.getByLabel('Choisir une photo').setInputFiles(file)
  await expect(photos.getByRole('img', { name: /^Photo 2,/ })).toBeVisible()
  await photos.getByRole('button', { name: 'Retirer la photo 1' }).tap()
  await expect(photos.getByRole('img')).toHaveCount(1)
  await photos.getByRole('button', { name: 'Remettre' }).tap()
  await expect(photos.getByRole('img')).toHaveCount(2)
  await reach(phone, 'Enregistrer')
  await saveReport(phone)

  // The report is accepted; its photos do not get through, one of them after its first part.
  let open = false
  let stopped = 0
  const parts: string[] = []
  await phone.route('**/api/media/**', async (route) => {
    const { pathname, searchParams } = new URL(route.request().url())
    const part = searchParams.get('chunk')
    if (open && route.request().method() === 'PUT') parts.push(`${pathname.split('/').at(-1)}/${part}`)
    if (open || part === null || part === '0') return route.continue()
    stopped++
    return route.abort()
  })
  await phone.context().setOffline(false)
  await phone.goto('/m/outbox')
  await expect(phone.getByRole('heading', { name: '2 photos à envoyer' })).toBeVisible()
  await expect(outbox(phone)).toHaveCount(0)
  const report = await phone.getByRole('link', { name: account }).first().getAttribute('href')
  const reportId = report?.split('/').at(-1) ?? ''
  await desk.goto(`/manage/reports/${reportId}`)
  await expect(desk.getByText('elle attend sur le téléphone').first()).toBeVisible()

  await expect.poll(() => stopped, { timeout: 30_000 }).toBeGreaterThan(0)
  await phone.reload()
  await expect(phone.getByRole('heading', { name: '2 photos à envoyer' })).toBeVisible()
  open = true
  await phone.evaluate(() => dispatchEvent(new Event('online')))
  await expect(phone.getByRole('heading', { name: /à envoyer/ })).toHaveCount(0, { timeout: 30_000 })
  expect(new Set(parts.map((part) => part.split('/')[0])).size).toBe(2)
  expect(new Set(parts).size).toBe(parts.length)
  expect(parts[0]).toMatch(/\/1$/)

  // Seen on the card, and by the manager; it does not exist for another organisation.
  await openCard(phone, account)
  await expect(phone.getByRole('img', { name: /^Photo 2,/ })).toBeVisible()
  await expect(outbox(phone)).toHaveText(accepted)
  await desk.reload()
  const seen = desk.getByRole('link', { name: 'Agrandir la photo 1' })
  await expect
    .poll(() => seen.getByRole('img').evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBe(1600)
  const address = (await seen.getAttribute('href')) ?? ''
  const served = await desk.request.get(address)
  expect(served.headers()).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'content-disposition': expect.stringContaining('inline; filename="photo-'),
    'cache-control': 'private, max-age=31536000, immutable',
  })
  const stranger = await as('other-rep')
  expect((await stranger.request.get(address)).status()).toBe(404)

  await retireQuestion(desk, asked)
})
