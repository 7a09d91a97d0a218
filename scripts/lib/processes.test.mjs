import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stillRuns } from './process-identity.mjs'
import { createProcesses, stopOrphans } from './processes.mjs'

let logDir
let processes
let known
beforeEach(() => {
  logDir = mkdtempSync(join(tmpdir(), 'fieldback-processes-'))
  known = []
  processes = createProcesses({
    logDir,
    onChange: (children) => {
      known = children
    },
  })
})
afterEach(async () => {
  await processes.stopAll()
  rmSync(logDir, { recursive: true, force: true })
})

const program = (name, code) => ({ name, command: process.execPath, args: ['-e', code], env: {} })
const LIVE = 'setInterval(() => {}, 1000);'
const said = (name) =>
  existsSync(join(logDir, `${name}.log`)) ? readFileSync(join(logDir, `${name}.log`), 'utf8') : ''
const until = async (holds) => {
  while (!holds()) await new Promise((done) => setTimeout(done, 10))
}

describe('the children of a launcher', () => {
  test('are known while they run, and forgotten when they end', async () => {
    const handle = processes.start(program('web', LIVE))
    expect(known).toMatchObject([{ name: 'web', kind: 'service', pid: handle.pid }])
    expect(stillRuns(known[0])).toBe(true)
    await processes.stop(handle)
    expect(known).toEqual([])
  })

  test('stop in the reverse order of their start, each having ended before the next is asked', async () => {
    const farewell = `process.on('SIGTERM', () => { console.log(Date.now()); process.exit(0) }); console.log('up'); ${LIVE}`
    for (const name of ['worker', 'web']) processes.start(program(name, farewell))
    await until(() => said('worker').includes('up') && said('web').includes('up'))
    await processes.stopAll()
    const [worker, web] = ['worker', 'web'].map((name) => Number(said(name).split('\n')[1]))
    expect(web).toBeLessThanOrEqual(worker)
    expect(web).toBeGreaterThan(0)
  })

  test('take their own children with them', async () => {
    const parent = `const c = require('child_process').spawn(process.execPath, ['-e', '${LIVE}']); console.log(c.pid); ${LIVE}`
    const handle = processes.start(program('build', parent))
    await until(() => said('build').includes('\n'))
    const child = Number(said('build'))
    expect(() => process.kill(child, 0)).not.toThrow()
    await processes.stop(handle)
    await until(() => !isAlive(child))
  })

  test('cannot be started once everything stops', async () => {
    await processes.stopAll()
    expect(() => processes.start(program('late', LIVE))).toThrow('Stopped.')
  })
})

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2] !== 'Z'
  } catch {
    return false
  }
}

describe('a step', () => {
  test('that fails says what failed, how, and the end of its own log only', async () => {
    await processes.run(program('seed', "console.log('earlier run')"))
    const failing = processes.run({
      ...program('seed', "console.log('why'); process.exit(3)"),
      sentence: 'Seeding failed',
    })
    const failure = await failing.catch((error) => error)
    expect(failure.message).toBe(`Seeding failed (exit code 3); its log is ${join(logDir, 'seed.log')}.`)
    expect(failure.details).toEqual(['why'])
  })

  test('whose program is missing fails in a sentence too', async () => {
    await expect(processes.run({ name: 'x', command: '/nowhere/x', args: [], env: {} })).rejects.toThrow(
      /ENOENT/,
    )
  })

  test('gets the environment it is given and nothing else', async () => {
    Object.assign(process.env, { FIELDBACK_LEAK: 'leaked' })
    await processes.run(program('env', 'console.log(JSON.stringify(process.env))'))
    Reflect.deleteProperty(process.env, 'FIELDBACK_LEAK')
    expect(said('env')).not.toContain('leaked')
  })
})

describe('what a killed launcher left', () => {
  test('is stopped by what it had written down', async () => {
    const handle = processes.start(program('web', LIVE))
    await stopOrphans(known)
    expect(await handle.exited).toMatchObject({ signal: 'SIGTERM' })
  })

  test('is left alone when its number now belongs to another program', async () => {
    const handle = processes.start(program('other', LIVE))
    await stopOrphans([{ name: 'web', kind: 'service', pid: handle.pid, identity: 'an earlier start' }])
    expect(stillRuns(known[0])).toBe(true)
  })
})
