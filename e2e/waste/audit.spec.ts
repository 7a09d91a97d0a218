import { expect, test } from '../fixtures.ts'

test('l’audit dit ce que coûte chaque question, et propose de retirer celle dont les retours ne servent pas', async ({
  as,
}) => {
  const page = await as('hq')
  await page.getByRole('link', { name: 'Audit de saisie' }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: /^Une question coûte .+ pour presque rien$/ }),
  ).toBeVisible()
  await expect(page.getByRole('img', { name: /de saisie par mois : .+ bien servies/ })).toBeVisible()
  const table = page.getByRole('table', { name: /questions, ce qui est à décider/ })
  const plans = table.getByRole('row').filter({ hasText: 'Projet à 12 mois' })
  await expect(plans.getByRole('button', { name: 'Retirer « Projet à 12 mois »' })).toBeEnabled()
  await expect(plans).toContainText(/médiane \d s par réponse/)
  await expect(plans).toContainText(/rend \d(,\d)? s par compte rendu, .+ par mois/)
  await expect(table.getByRole('row').filter({ hasText: 'Produits évoqués' })).toContainText('Garder')
  await expect(table.getByRole('row').filter({ hasText: 'Produits évoqués' })).toContainText(
    /\d+ commerciaux \(Local\)/,
  )

  await page.getByRole('radiogroup', { name: 'Ce qui est montré' }).getByText('À décider').click()
  await expect(table.getByRole('row').filter({ hasText: 'Garder' })).toHaveCount(0)
  // The view can be sent to a colleague.
  const sent = page.url()
  await page.goto(sent)
  await expect(plans).toBeVisible()
  await expect(page.getByRole('radio', { name: 'À décider' })).toBeChecked()
})

test('le siège lit l’audit de n’importe quelle branche, et son adresse le dit', async ({ as }) => {
  const page = await as('hq', { at: '/hq/waste' })
  await expect(page).toHaveURL(/\/hq\/waste\?at=/)
  await page.getByRole('radiogroup', { name: 'Ce qui est montré' }).getByText('À décider').click()
  await expect(page).toHaveURL(/show=decide/)
  await page.getByRole('treeitem', { name: 'Bretagne' }).click()
  await expect(page.getByRole('navigation', { name: 'Où vous êtes' })).toContainText('Bretagne')
  const table = page.getByRole('table', { name: /question.*, ce qui est à décider/ })
  // What else was chosen stays chosen.
  await expect(page.getByRole('radio', { name: 'À décider' })).toBeChecked()
  await page.getByRole('radiogroup', { name: 'Ce qui est montré' }).getByText('Toutes').click()
  await expect(table).toContainText('Parle breton')
  await expect(table).not.toContainText('Projet à 12 mois')
  await page.goto(page.url())
  await expect(table).toContainText('Parle breton')
})

test('un responsable lit l’audit de sa branche, et rien de ce qu’un autre décide', async ({ as }) => {
  const page = await as('local', { at: '/manage/waste' })
  await expect(page.getByRole('table', { name: /questions, ce qui est à décider/ })).toContainText(
    'Énergie du four',
  )
  await expect(page.getByText('Projet à 12 mois')).toHaveCount(0)
})

test('deux personnes retirent la même question : la seconde n’a rien d’étrange à lire, et « Annuler » la remet', async ({
  as,
}) => {
  const [first, second] = [await as('hq', { at: '/hq/waste' }), await as('hq', { at: '/hq/waste' })]
  const retire = { name: 'Retirer « Projet à 12 mois »' }
  await expect(second.getByRole('button', retire)).toBeEnabled()
  await first.getByRole('button', retire).click()
  await expect(first.getByText('« Projet à 12 mois » retirée.')).toBeVisible()
  await second.getByRole('button', retire).click()
  await expect(second.getByText('« Projet à 12 mois » retirée.')).toBeVisible()
  await second.getByRole('button', { name: 'Annuler' }).click()
  await expect(second.getByRole('button', retire)).toBeEnabled()
})

test('demander moins souvent : le brouillon la pose sur le compte, et dit ce qu’elle remplace', async ({
  as,
}) => {
  const page = await as('hq', { at: '/hq/waste' })
  await page.getByRole('treeitem', { name: 'Nouvelle-Aquitaine' }).click()
  const place = page.getByRole('navigation', { name: 'Où vous êtes' })
  await expect(place).toContainText('Nouvelle-Aquitaine')
  await place.getByRole('link', { name: 'Champs' }).click()
  await page.waitForURL(/\/manage\/fields\?/)
  await page.getByRole('link', { name: 'Concurrent en place' }).first().click()
  await page.waitForURL(/\/manage\/fields\/[0-9a-f-]{36}/)
  const fieldId = new URL(page.url()).pathname.split('/').at(-1)
  await page.goto(`/manage/fields/new?instead=${fieldId}&after=180`)
  await expect(page.getByText(/la question du compte rendu n.est plus posée/)).toBeVisible()
  await expect(place).toContainText('Nouvelle-Aquitaine')
  await expect(page.getByLabel('Ce que vous demandez')).toHaveValue('Concurrent en place')
  await expect(page.getByLabel('Redemandée')).toContainText('après 6 mois')
  await expect(page.getByRole('button', { name: 'Publier' })).toBeEnabled()
})
