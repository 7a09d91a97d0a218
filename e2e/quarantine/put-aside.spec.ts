import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { fillReport, noteProspect, saveReport, unique } from '../report/phone-form.ts'

test('ce qui est mis de côté est rendu avec une phrase que le téléphone dit, ou accepté comme s’il était bien arrivé', async ({
  as,
}) => {
  const name = unique('Fromagerie Mendi')
  const rep = await as('rep')
  await noteProspect(rep, name)
  const local = await as('local', { at: '/manage' })
  // Given to another sector while the rep has its card open.
  const accountId = await moveAway(local, name)
  await fillReport(rep, { outcome: 'Devis', note: 'Deux fours, avant Noël.' })
  await saveReport(rep)
  await rep.goto('/m/outbox')
  await expect(rep.getByText('Votre responsable peut le reprendre.')).toBeVisible()

  await local.reload()
  await local.getByRole('link', { name: 'Voir ce qui est mis de côté' }).click()
  await local.getByRole('link', { name: `Compte rendu : ${name}` }).click()
  await expect(local.getByText('Deux fours, avant Noël.')).toBeVisible()
  const sentence = unique('Ce compte est à Pierre depuis ce matin :')
  await local.getByLabel('Votre phrase').fill(sentence)
  await local.getByRole('button', { name: /^Rendre à / }).click()
  // The sentence can be read where it was typed before it has gone.
  await expect(local.getByText(/^Rendu à /)).toBeVisible()
  await expect(local.getByText(sentence).first()).toBeVisible()

  await rep.reload()
  await rep.getByRole('button', { name: sentence }).tap()
  await expect(rep.getByText('Deux fours, avant Noël.')).toBeVisible()
  await expect(rep.getByRole('button', { name: 'Jeter' })).toBeVisible()

  const note = unique('Rappeler pour la livraison')
  await sendFor(rep, accountId, note)
  await local.goto('/manage/quarantine')
  await local.getByRole('link', { name: `Compte rendu : ${name}` }).click()
  await local.getByRole('button', { name: 'Accepter' }).click()
  await local.getByRole('link', { name: 'Voir le compte rendu' }).click()
  await expect(local.getByText(note)).toBeVisible()
})

const asked = async (page: Page, path: string, input: object) => {
  const answer = await page.request.get(
    `/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
  )
  return (await answer.json()).result.data
}

/** Moves an account of the rep's into a neighbour's sector; answers its id. */
async function moveAway(page: Page, name: string): Promise<string> {
  const { nodes } = await asked(page, 'territory.tree', {})
  const [top] = nodes
  const { accounts } = await asked(page, 'account.list', { territoryId: top.id, search: name })
  const away = nodes.find(({ name: place }: { name: string }) => place === 'Haut Béarn')
  const answer = await page.request.post('/api/trpc/account.move', {
    headers: { origin: new URL(page.url()).origin },
    data: { accountIds: [accounts[0].id], territoryId: away.id },
  })
  expect(answer.ok()).toBe(true)
  return accounts[0].id
}

/** What another phone of the rep's sends of the account. */
async function sendFor(page: Page, accountId: string, note: string): Promise<void> {
  const headers = { origin: new URL(page.url()).origin }
  const pulled = await page.request.post('/api/sync/pull', {
    headers,
    data: { protocol: 1, membershipId: null, cursor: null, frameTag: null, packAsOf: null },
  })
  const { membershipId } = (await pulled.json()).me
  const operation = {
    opId: randomUUID(),
    entityId: randomUUID(),
    seq: 1,
    base: 0,
    capturedAt: new Date().toISOString(),
    clockOffset: 0,
    kind: 'report.create',
    body: {
      accountId,
      contactId: null,
      kind: 'visit',
      outcome: 'quote',
      day: new Date().toISOString().slice(0, 10),
      note,
      fieldSet: 'unknown',
      values: {},
      seconds: {},
      durationSeconds: 30,
    },
  }
  const answer = await page.request.post('/api/sync/push', {
    headers,
    data: { protocol: 1, membershipId, operations: [operation] },
  })
  expect((await answer.json()).answers[0].status).toBe('quarantined')
}
