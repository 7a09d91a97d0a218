import { addressOf, expect, PASSWORD, test, tryPassword } from '../fixtures.ts'
import {
  accepted,
  fillReport,
  noteProspect,
  outbox,
  pastVisits,
  saveReport,
  unique,
} from '../report/phone-form.ts'
import { chooseCode, setCode, stored, typeCode } from './phone-lock.ts'

const CODE = '482137'

test('sous code, rien de ce qui est saisi ne se lit dans le téléphone ; code oublié, ce qui attendait part après s’être reconnecté', async ({
  as,
}) => {
  const name = unique('Bergerie Sous Code')
  const note = unique('Sa fille se marie en juin')
  const page = await as('rep', { at: '/m' })
  await noteProspect(page, name)
  const card = new URL(page.url()).pathname
  await expect.poll(() => stored(page)).toContain(name)
  await setCode(page, CODE)
  await typeCode(page, '111222')
  await expect(page.getByText('Ce n’est pas ce code.')).toBeVisible()
  await page.goto(card)
  await typeCode(page, CODE)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  await page.route('**/api/sync/*', (route) => route.abort())
  await fillReport(page, { outcome: 'Devis', note })
  await saveReport(page)
  const kept = await stored(page)
  expect(kept).toContain('report.create')
  for (const secret of [note, name, CODE]) expect(kept).not.toContain(secret)

  await page.goto(card)
  await page.getByRole('button', { name: 'Code oublié' }).tap()
  await page.getByRole('button', { name: 'Me reconnecter' }).tap()
  await page.waitForURL(/\/signin/)
  await tryPassword(page, addressOf('rep'), PASSWORD)
  await expect(page.getByRole('heading', { level: 1, name: 'Choisissez un autre code' })).toBeVisible()
  await chooseCode(page, 'une autre phrase')
  await expect(outbox(page)).toHaveText('1 sur ce téléphone')
  await page.unroute('**/api/sync/*')
  await page.goto(card)
  await typeCode(page, 'une autre phrase')
  await expect(outbox(page)).toHaveText(accepted)
  await expect(pastVisits(page, note)).toHaveCount(1)
})
