import { addressOf, expect, PASSWORD, test, tryPassword } from '../fixtures.ts'
import {
  accepted,
  fillReport,
  noteProspect,
  openCard,
  outbox,
  pastVisits,
  saveReport,
  unique,
} from '../report/phone-form.ts'

test('session terminée : le travail est gardé, c’est dit, et il part une fois reconnecté', async ({ as }) => {
  const page = await as('rep')
  const name = unique('Traiteur Session Finie')
  const note = unique('Demande un devis complet')
  await noteProspect(page, name)
  await fillReport(page, { outcome: 'Devis', note })
  await page.context().clearCookies({ name: /session-token/ })
  await saveReport(page)

  await expect(page.getByText('Il attend que vous soyez reconnecté.')).toBeVisible()
  await outbox(page).tap()
  await expect(page.getByText('1 envoi attend que vous soyez reconnecté.')).toBeVisible()
  await expect(page.getByText('Tout partira quand vous serez reconnecté.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Envoyer maintenant' })).toHaveCount(0)
  await page.goto('/m')
  await expect(outbox(page)).toHaveText('1 sur ce téléphone')
  await expect(page.getByText('Votre session est terminée.')).toBeVisible()
  await expect(page.getByText('Ce que vous saisissez reste sur ce téléphone')).toBeVisible()

  await page.getByRole('link', { name: 'Se connecter' }).tap()
  await expect(page).toHaveURL(/\/signin/)
  await tryPassword(page, addressOf('rep'), PASSWORD)
  await expect(page).toHaveURL(/\/m$/)
  await expect(outbox(page)).toHaveText(accepted)
  await openCard(page, name)
  await expect(pastVisits(page, note)).toHaveCount(1)
  await expect(pastVisits(page, note)).not.toContainText('Sur ce téléphone')
})
