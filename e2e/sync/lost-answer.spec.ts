import { expect, test } from '../fixtures.ts'
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

test('quand la réponse du serveur se perd, le compte rendu y est une fois, pas deux', async ({ as }) => {
  const page = await as('rep')
  const name = unique('Boulangerie Réponse Perdue')
  const note = unique('Passera commande lundi')
  await noteProspect(page, name)
  await fillReport(page, { outcome: 'Commande', note })

  const pushes: number[] = []
  let goOn = () => {}
  const seen = new Promise<void>((done) => {
    goOn = done
  })
  await page.route('**/api/sync/push', async (route) => {
    const answer = await route.fetch()
    pushes.push(answer.status())
    // The first one arrives and is applied, but nobody hears the answer.
    if (pushes.length === 1) return route.abort('connectionreset')
    // The next ones are heard once it was seen what the phone makes of that.
    await seen
    return route.fulfill({ response: answer })
  })
  await saveReport(page)
  await expect(outbox(page)).toHaveText(/sur ce téléphone/)
  goOn()
  await expect.poll(() => pushes.length).toBeGreaterThan(1)
  await expect(outbox(page)).toHaveText(accepted)
  expect(pushes.every((status) => status === 200)).toBe(true)

  const other = await as('rep')
  await openCard(other, name)
  await expect(pastVisits(other, note)).toHaveCount(1)
  await page.reload()
  await openCard(page, name)
  await expect(pastVisits(page, note)).toHaveCount(1)
})
