import { join } from 'node:path'
import { addressOf, expect, PASSWORD, signIn, test } from '../fixtures.ts'
import { type OwnInstance, ownInstance, type Program } from '../own-instance.ts'
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

// A server of this journey's own: what it restores must not be what the others stand on.
let instance: OwnInstance
let launcher: Program | null = null

test.setTimeout(300_000)
// Asked for once before there is one, too.
test.use({ baseURL: async ({ browserName: _ }, use) => use(`http://localhost:${instance?.port}`) })

test.beforeAll(async () => {
  instance = await ownInstance('demo')
})

test.afterAll(async () => {
  await stop()
  instance.remove()
})

async function start(): Promise<void> {
  launcher = instance.start()
  await expect.poll(launcher.said, { timeout: 120_000 }).toContain('Fieldback is ready')
}

async function stop(): Promise<void> {
  launcher?.child.kill('SIGTERM')
  await launcher?.ended
}

test('après la restauration d’une sauvegarde, le téléphone rend ce qu’elle ne connaît pas, une seule fois', async ({
  browse,
}) => {
  await start()
  const page = await browse({ phone: true })
  await signIn(page, addressOf('rep'), PASSWORD)
  const name = unique('Charcuterie Retrouvée')
  const [before, after, pending] = [
    unique('Avant la sauvegarde'),
    unique('Après elle'),
    unique('Serveur arrêté'),
  ]
  await noteProspect(page, name)
  await fillReport(page, { outcome: 'Commande', note: before })
  await saveReport(page)
  await expect(outbox(page)).toHaveText(accepted)

  const file = join(instance.dataDir, 'kept.tar.gz')
  const backup = instance.command('backup.mjs', ['--to', file])
  expect(await backup.ended, backup.said()).toBe(0)

  // Known to this server and to this phone only: a new account with its report.
  const late = unique('Boulangerie Tardive')
  await page.goto('/m')
  await noteProspect(page, late)
  await fillReport(page, { outcome: 'Devis', note: after })
  await saveReport(page)
  await expect(outbox(page)).toHaveText(accepted)

  const refused = instance.command('restore.mjs', ['--from', file, '--replace'])
  expect(await refused.ended).toBe(1)
  expect(refused.said()).toMatch(/Fieldback runs on .*; stop it, then run this again\./)

  // Typed while nobody answers, about an account that the backup does not know.
  await openCard(page, late)
  await stop()
  await fillReport(page, { outcome: 'Commande', note: pending })
  await saveReport(page)
  await expect(outbox(page)).toHaveText(/sur ce téléphone/)

  const restore = instance.command('restore.mjs', ['--from', file, '--replace'])
  expect(await restore.ended, restore.said()).toBe(0)
  await start()

  await page.goto('/m')
  await expect(outbox(page)).toHaveText(accepted, { timeout: 30_000 })
  for (const [account, note] of [
    [name, before],
    [late, after],
    [late, pending],
  ] as const) {
    await openCard(page, account)
    await expect(pastVisits(page, note)).toHaveCount(1)
  }

  // What another phone of the same person now fetches: all three are at the server, each once.
  const other = await browse({ phone: true })
  await signIn(other, addressOf('rep'), PASSWORD)
  for (const [account, note] of [
    [name, before],
    [late, after],
    [late, pending],
  ] as const) {
    await openCard(other, account)
    await expect(pastVisits(other, note)).toHaveCount(1)
  }
})
