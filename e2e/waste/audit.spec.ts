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
  const mood = table.getByRole('row').filter({ hasText: 'Humeur du client' })
  await expect(mood.getByRole('button', { name: 'Retirer « Humeur du client »' })).toBeEnabled()
  await expect(table.getByRole('row').filter({ hasText: 'Concurrent en place' })).toContainText('Garder')

  await page.getByRole('radiogroup', { name: 'Ce qui est montré' }).getByText('À décider').click()
  await expect(table.getByRole('row').filter({ hasText: 'Garder' })).toHaveCount(0)
  // The view can be sent to a colleague.
  const sent = page.url()
  await page.goto(sent)
  await expect(mood).toBeVisible()
  await expect(page.getByRole('radio', { name: 'À décider' })).toBeChecked()
})

test('un responsable lit l’audit de sa branche, et rien de ce qu’un autre décide', async ({ as }) => {
  const page = await as('local', { at: '/manage/waste' })
  await expect(page.getByRole('table', { name: /questions, ce qui est à décider/ })).toContainText(
    'Énergie du four',
  )
  await expect(page.getByText('Humeur du client')).toHaveCount(0)
})
