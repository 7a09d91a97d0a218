import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { freePort } from '../free-port.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const START_MS = 60_000

interface Launcher {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  readonly said: () => string
}

interface Written {
  readonly state: string
  readonly owner: { readonly pid: number }
  readonly children: readonly { readonly name: string; readonly pid: number }[]
}

// The launcher itself, without npm around it, on a folder and a port of its own and without the demonstration.
let dataDir: string
let port: number
let firstMs: number
const launchers: Launcher[] = []

test.describe.configure({ mode: 'serial' })
test.setTimeout(180_000)

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fieldback-launcher-'))
  chmodSync(dataDir, 0o711)
  port = await freePort()
})

test.afterAll(async () => {
  for (const { child, ended } of launchers) {
    child.kill('SIGTERM')
    await ended
  }
  rmSync(dataDir, { recursive: true, force: true })
})

function launch(changed: Readonly<Record<string, string>> = {}): Launcher {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs')], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      FIELDBACK_DATA: dataDir,
      FIELDBACK_SEED: 'none',
      ...changed,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  child.stderr.on('data', (chunk) => {
    text += chunk
  })
  const ended = once(child, 'close').then(([code]): number | null => code)
  const launcher = { child, ended, said: () => text }
  launchers.push(launcher)
  return launcher
}

/** One of the operator's commands, beside what runs or not. */
async function command(script: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', script)], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, FIELDBACK_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk
    })
  const [code] = await once(child, 'close')
  return { code, said }
}

function written(): Written | null {
  const file = join(dataDir, 'launcher.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

async function untilServing({ child, said }: Launcher): Promise<Written> {
  await expect
    .poll(() => (written()?.owner.pid === child.pid ? written()?.state : said()), { timeout: START_MS })
    .toBe('serving')
  const lock = written()
  if (!lock) throw new Error('no launcher.json')
  return lock
}

const health = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/api/health`)).status

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // In a container nobody may reap what a killed parent left: a zombie does not run.
  const stat = `/proc/${pid}/stat`
  return !existsSync(stat) || !/\) [ZX] /.test(readFileSync(stat, 'utf8'))
}

const postgresLog = (): string => readFileSync(join(dataDir, 'logs', 'postgres.log'), 'utf8')

test('a start serves, says where, and Ctrl-C stops all it started and leaves the database sound', async () => {
  const from = performance.now()
  const launcher = launch()
  const { children } = await untilServing(launcher)
  firstMs = performance.now() - from
  expect(await health()).toBe(200)
  expect(launcher.said()).toContain(`Fieldback is ready: http://localhost:${port}`)
  expect(children.map(({ name }) => name)).toEqual(['postgres', 'worker', 'web'])
  launcher.child.kill('SIGINT')
  expect(await launcher.ended).toBe(0)
  expect(children.filter(({ pid }) => runs(pid))).toEqual([])
  expect(postgresLog().trimEnd()).toMatch(/database system is shut down$/)
  expect(written()).toBe(null)
})

test('a second start makes nothing again and serves sooner than the first', async () => {
  const from = performance.now()
  const launcher = launch()
  await untilServing(launcher)
  expect(performance.now() - from).toBeLessThan(firstMs)
})

const linkOf = (said: string): string => /\S+\/found\?token=\S+/.exec(said)?.[0] ?? ''
const pageOf = async (link: string): Promise<string> =>
  (await fetch(link, { headers: { 'accept-language': 'en' } })).text()

test('without an organisation each start prints a link that founds one, and the last alone serves', async () => {
  const [first, second] = launchers.map(({ said }) => linkOf(said()))
  expect(first).toMatch(new RegExp(`^http://localhost:${port}/found`))
  expect(second).not.toBe(first)
  expect(await pageOf(first ?? '')).toContain('This link no longer works')
  expect(await pageOf(second ?? '')).toContain('Your organisation starts here')
  const printed = await command('organisation.mjs')
  expect(printed.code).toBe(0)
  expect(await pageOf(linkOf(printed.said))).toContain('Your organisation starts here')
})

test('a start on the same folder, or on the same port, is refused in one sentence', async () => {
  const sameFolder = launch({ PORT: String(await freePort()) })
  expect(await sameFolder.ended).toBe(1)
  expect(sameFolder.said().trim()).toMatch(
    /^Fieldback already runs on .*; stop it, or set another FIELDBACK_DATA and PORT\.$/,
  )
  const samePort = launch({ FIELDBACK_DATA: join(dataDir, 'second') })
  expect(await samePort.ended).toBe(1)
  expect(samePort.said().trim()).toMatch(/^Port \d+ is taken by another program; /)
  expect(await health()).toBe(200)
})

test('after kill -9 a start stops what was left and serves again', async () => {
  const before = written()
  const killed = launchers.find(({ child }) => child.pid === before?.owner.pid)
  killed?.child.kill('SIGKILL')
  await killed?.ended
  const orphans = before?.children ?? []
  expect(orphans.filter(({ pid }) => runs(pid))).toHaveLength(3)
  await untilServing(launch())
  expect(orphans.filter(({ pid }) => runs(pid))).toEqual([])
  expect(await health()).toBe(200)
})

test('after kill -9 of everything, the database included, a start recovers', async () => {
  const lock = written()
  const last = launchers.at(-1)
  for (const { pid } of [...(lock?.children ?? []), ...(lock ? [lock.owner] : [])])
    process.kill(pid, 'SIGKILL')
  await last?.ended
  await untilServing(launch())
  expect(postgresLog()).toContain(
    'database system was not properly shut down; automatic recovery in progress',
  )
  expect(await health()).toBe(200)
})

test('when one process dies the others stop, and the launcher says which and ends with an error', async () => {
  const lock = written()
  const last = launchers.at(-1)
  const worker = lock?.children.find(({ name }) => name === 'worker')
  process.kill(worker?.pid ?? 0, 'SIGKILL')
  expect(await last?.ended).toBe(1)
  expect(last?.said()).toContain('The worker process stopped by itself (signal SIGKILL); its log is')
  expect(lock?.children.filter(({ pid }) => runs(pid))).toEqual([])
})

test('the command for a further organisation says that the database must run first', async () => {
  const { code, said } = await command('organisation.mjs')
  expect(code).toBe(1)
  expect(said.trim()).toBe(
    `Fieldback does not run on ${dataDir}; start it first with npm start, then run npm run organisation again.`,
  )
})
