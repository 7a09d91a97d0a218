import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { freePort } from '../free-port.ts'
import { type OwnInstance, ownInstance, type Program } from '../own-instance.ts'

const START_MS = 60_000

interface Written {
  readonly state: string
  readonly owner: { readonly pid: number }
  readonly children: readonly { readonly name: string; readonly pid: number }[]
}

let instance: OwnInstance
let firstMs: number
const launchers: Program[] = []

test.describe.configure({ mode: 'serial' })
test.setTimeout(180_000)

test.beforeAll(async () => {
  instance = await ownInstance('none')
})

test.afterAll(async () => {
  for (const { child, ended } of launchers) {
    child.kill('SIGTERM')
    await ended
  }
  instance.remove()
})

function launch(changed?: Readonly<Record<string, string>>): Program {
  const launcher = instance.start(changed)
  launchers.push(launcher)
  return launcher
}

function written(): Written | null {
  const file = join(instance.dataDir, 'launcher.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

async function untilServing({ child, said }: Program): Promise<Written> {
  await expect
    .poll(() => (written()?.owner.pid === child.pid ? written()?.state : said()), { timeout: START_MS })
    .toBe('serving')
  const lock = written()
  if (!lock) throw new Error('no launcher.json')
  return lock
}

const health = async (): Promise<number> =>
  (await fetch(`http://127.0.0.1:${instance.port}/api/health`)).status

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

const postgresLog = (): string => readFileSync(join(instance.dataDir, 'logs', 'postgres.log'), 'utf8')

test('a start serves, says where, and Ctrl-C stops all it started and leaves the database sound', async () => {
  const from = performance.now()
  const launcher = launch()
  const { children } = await untilServing(launcher)
  firstMs = performance.now() - from
  expect(await health()).toBe(200)
  expect(launcher.said()).toContain(`Fieldback is ready: http://localhost:${instance.port}`)
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
  expect(first).toMatch(new RegExp(`^http://localhost:${instance.port}/found`))
  expect(second).not.toBe(first)
  expect(await pageOf(first ?? '')).toContain('This link no longer works')
  expect(await pageOf(second ?? '')).toContain('Your organisation starts here')
  const printed = instance.command('organisation.mjs')
  expect(await printed.ended).toBe(0)
  expect(await pageOf(linkOf(printed.said()))).toContain('Your organisation starts here')
})

test('a start on the same folder, or on the same port, is refused in one sentence', async () => {
  const sameFolder = launch({ PORT: String(await freePort()) })
  expect(await sameFolder.ended).toBe(1)
  expect(sameFolder.said().trim()).toMatch(
    /^Fieldback already runs on .*; stop it, or set another FIELDBACK_DATA and PORT\.$/,
  )
  const samePort = launch({ FIELDBACK_DATA: join(instance.dataDir, 'second') })
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
  const { ended, said } = instance.command('organisation.mjs')
  expect(await ended).toBe(1)
  expect(said().trim()).toBe(
    `Fieldback does not run on ${instance.dataDir}; start it first with npm start, then run npm run organisation again.`,
  )
})
