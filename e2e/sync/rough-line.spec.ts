import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { addressOf, expect, PASSWORD, signIn } from '../fixtures.ts'
import { type OwnInstance, ownInstance, type Program } from '../own-instance.ts'
import {
  accepted,
  fillReport,
  loaded,
  noteProspect,
  openCard,
  outbox,
  pastVisits,
  saveReport,
  unique,
} from '../report/phone-form.ts'
import { kept, test } from './own-phone.ts'

// A server of this journey's own: it is killed.
let instance: OwnInstance
let launcher: Program | null = null

test.setTimeout(300_000)
test.use({ baseURL: async ({ browserName: _ }, use) => use(`http://localhost:${instance?.port}`) })

test.beforeAll(async () => {
  instance = await ownInstance('demo')
  await start()
})

test.afterAll(async () => {
  launcher?.child.kill('SIGTERM')
  await launcher?.ended
  instance.remove()
})

async function start(): Promise<void> {
  launcher = instance.start()
  await expect.poll(launcher.said, { timeout: 120_000 }).toContain('Fieldback is ready')
}

/** Web server, worker, database and launcher, at once and without a word to any of them. */
async function killServer(): Promise<void> {
  const file = JSON.parse(readFileSync(join(instance.dataDir, 'launcher.json'), 'utf8'))
  const { owner, children } = file as { owner: { pid: number }; children: { pid: number }[] }
  for (const { pid } of [...children, owner]) process.kill(pid, 'SIGKILL')
  await launcher?.ended
}

async function file(
  page: Page,
  { name, note, at }: { name: string; note: string; at: string },
): Promise<void> {
  await openCard(page, name, at)
  await fillReport(page, { outcome: 'Commande', note })
  await saveReport(page)
}

test('ligne coupée au milieu d’un envoi, réponse perdue ou qui ne vient pas, navigateur et serveur tués : chaque compte rendu arrive une fois', async ({
  phone,
  browse,
}) => {
  const { line } = phone
  await phone.signIn()
  let page = await phone.open('/m')
  await loaded(page)
  await kept(page)
  const name = unique('Boulangerie du Tunnel')
  await noteProspect(page, name)
  const [broken, lost, crashed, killed] = ['Coupé', 'Perdu', 'Navigateur tué', 'Serveur tué'].map(unique)
  const underWay = async (from: number): Promise<void> => {
    await expect.poll(line.pushed).toBeGreaterThan(from)
  }

  // Twice in a row the line breaks in the middle; the phone says that it waits, and goes on by itself.
  let from = line.pushed()
  line.pushes('broken')
  await file(page, { name, note: broken ?? '', at: line.url })
  await underWay(from + 1)
  await expect(outbox(page)).toHaveText(/sur ce téléphone/)
  line.pushes('pass')
  await expect(outbox(page)).toHaveText(accepted)

  // It arrives, and nobody hears so.
  from = line.pushed()
  line.pushes('lost')
  await file(page, { name, note: lost ?? '', at: line.url })
  await underWay(from)
  await expect(outbox(page)).toHaveText(/sur ce téléphone/)
  line.pushes('pass')
  await expect(outbox(page)).toHaveText(accepted)

  // The answer is awaited when the browser is killed.
  from = line.pushed()
  line.pushes('stalled')
  await file(page, { name, note: crashed ?? '', at: line.url })
  await underWay(from)
  await phone.kill()
  line.pushes('pass')
  // A browser that is killed this soon has not written its cookies down.
  await phone.signIn()
  page = await phone.open('/m')
  await expect(outbox(page)).toHaveText(accepted)

  // The push is under way when the server is killed, the database with it.
  from = line.pushed()
  line.pushes('stalled')
  await file(page, { name, note: killed ?? '', at: line.url })
  await underWay(from)
  await killServer()
  line.pushes('pass')
  await expect(outbox(page)).toHaveText(/sur ce téléphone/)
  await start()
  await expect(outbox(page)).toHaveText(accepted, { timeout: 60_000 })

  const other = await browse({ phone: true })
  await signIn(other, addressOf('rep'), PASSWORD)
  await loaded(other)
  await openCard(other, name)
  await other
    .getByRole('button', { name: /^Voir/ })
    .or(other.getByText(/^Tout voir|^Les \d/))
    .first()
    .tap()
  for (const note of [broken, lost, crashed, killed])
    await expect(pastVisits(other, note ?? '')).toHaveCount(1)
})
