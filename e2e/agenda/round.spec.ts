import { expect, test } from '../fixtures.ts'
import { fillReport, loaded, noteProspect, openCard, saveReport, unique } from '../report/phone-form.ts'

test('une tournée se compose, se range à la main et au clavier, survit sans réseau, et se coche seule', async ({
  as,
}) => {
  const page = await as('rep')
  const name = unique('Halte du soir')
  await noteProspect(page, name)
  await page.goto('/m')
  await loaded(page)
  await page.getByRole('link', { name: 'Préparer ma tournée' }).tap()
  await expect(page.getByText('Votre tournée est vide')).toBeVisible()
  const pick = page.getByRole('region', { name: 'À voir' })
  for (let n = 0; n < 3; n++)
    await pick
      .getByRole('button', { name: /^Ajouter/ })
      .first()
      .tap()
  await pick.getByRole('searchbox', { name: 'Chercher un compte' }).fill(name)
  await pick.getByRole('button', { name: `Ajouter ${name}` }).tap()
  const stops = page.getByRole('region', { name: /étapes/ }).getByRole('listitem')
  await expect(stops).toHaveCount(4)

  await page.context().setOffline(true)
  await stops
    .nth(3)
    .getByRole('button', { name: `Monter ${name}` })
    .tap()
  await expect(stops.nth(2)).toContainText(name)
  await stops
    .nth(2)
    .getByRole('button', { name: `Déplacer ${name}` })
    .press('ArrowUp')
  await expect(stops.nth(1)).toContainText(name)
  await expect(page.getByText(`${name}, étape 2 sur 4`)).toBeAttached()

  await page.getByRole('button', { name: 'Proposer un ordre' }).tap()
  await expect(page.getByText(/à vol d’oiseau|groupés par ville/)).toBeVisible()
  await page.getByRole('button', { name: /^(Garder le mien|Fermer)$/ }).tap()
  await expect(stops.nth(1)).toContainText(name)

  await page.context().setOffline(false)
  await page.reload()
  await expect(stops.nth(1)).toContainText(name)
  // Today goes on with it, in its order.
  await stops
    .nth(1)
    .getByRole('button', { name: `Monter ${name}` })
    .tap()
  await page.goto('/m')
  await expect(page.getByRole('heading', { level: 3, name })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Ma tournée, 4 à voir' })).toBeVisible()
  await openCard(page, name)
  await fillReport(page, { outcome: 'Devis', note: unique('Vu') })
  await saveReport(page)
  await page.goto('/m')
  await expect(page.getByRole('link', { name: 'Ma tournée, 3 à voir' })).toBeVisible()
  await page.goto('/m/round')
  await expect(stops.nth(0)).toContainText('Vu aujourd’hui')
  await page.getByRole('button', { name: 'Vider la tournée' }).tap()
  await expect(page.getByText('Votre tournée est vide')).toBeVisible()
})
