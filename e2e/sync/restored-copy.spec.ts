import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addressOf, expect, PASSWORD, signIn, test } from '../fixtures.ts'
import { freePort } from '../free-port.ts'
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

const SCRIPTS = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'scripts')

// A server of this journey's own: what it restores must not be what the others stand on.
let dataDir: string
let port: number
let launcher: ChildProcess | null = null

test.setTimeout(300_000)
test.use({ baseURL: async ({ browserName: _ }, use) => use(`http://localhost:${port}`) })

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fieldback-restored-'))
  chmodSync(dataDir, 0o711)
  port = await freePort()
})

test.afterAll(async () => {
  await stop()
  const state = join(dataDir, 'state.json')
  const { postgresFolder } = existsSync(state) ? JSON.parse(readFileSync(state, 'utf8')) : {}
  if (postgresFolder) rmSync(dirname(postgresFolder), { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
})

function run(script: string, args: readonly string[] = []) {
  const child = spawn(process.execPath, [join(SCRIPTS, script), ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      FIELDBACK_DATA: dataDir,
      FIELDBACK_SEED: 'demo',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk
    })
  const ended = once(child, 'close').then(([code]): number | null => code)
  return { child, ended, said: () => text }
}

async function start(): Promise<void> {
  const started = run('start.mjs')
  launcher = started.child
  await expect.poll(started.said, { timeout: 120_000 }).toContain('Fieldback is ready')
}

async function stop(): Promise<void> {
  if (!launcher || launcher.exitCode !== null) return
  const ended = once(launcher, 'close')
  launcher.kill('SIGTERM')
  await ended
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

  const file = join(dataDir, 'kept.tar.gz')
  const backup = run('backup.mjs', ['--to', file])
  expect(await backup.ended, backup.said()).toBe(0)

  // Known to this server and to this phone only: a new account with its report.
  const late = unique('Boulangerie Tardive')
  await page.goto('/m')
  await noteProspect(page, late)
  await fillReport(page, { outcome: 'Devis', note: after })
  await saveReport(page)
  await expect(outbox(page)).toHaveText(accepted)

  const refused = run('restore.mjs', ['--from', file, '--replace'])
  expect(await refused.ended).toBe(1)
  expect(refused.said()).toMatch(/Fieldback runs on .*; stop it, then run this again\./)

  // Typed while nobody answers, about an account that the backup does not know.
  await openCard(page, late)
  await stop()
  await fillReport(page, { outcome: 'Commande', note: pending })
  await saveReport(page)
  await expect(outbox(page)).toHaveText(/sur ce téléphone/)

  const restore = run('restore.mjs', ['--from', file, '--replace'])
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
