import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkPlace, LENT, lockFile, takePlace } from './instance.mjs'
import { readLock } from './lock.mjs'
import { findFreePort, requireFreePort } from './ports.mjs'
import { describeProcess } from './process-identity.mjs'

let dataDir
let port
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fieldback-instance-'))
  port = await findFreePort()
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const listen = async (host) => {
  const server = createServer()
  server.listen(port, host)
  await once(server, 'listening')
  return server
}
const bystander = (code = 'setInterval(() => {}, 1000)') =>
  spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'], detached: true })
const leaveLock = (owner, facts) =>
  writeFileSync(lockFile(dataDir), JSON.stringify({ owner, port, ...facts }))
const GONE = { pid: 2 ** 22 - 1, identity: 'of a launcher that was killed' }

describe('a port', () => {
  test.each(['127.0.0.1', '0.0.0.0'])(
    'that another program holds on %s is refused by number, with another to try',
    async (host) => {
      const server = await listen(host)
      await expect(requireFreePort(port)).rejects.toThrow(
        `Port ${port} is taken by another program; stop it or choose another, such as PORT=`,
      )
      server.close()
      await once(server, 'close')
      await expect(requireFreePort(port)).resolves.toBeUndefined()
    },
  )
})

describe('a start on a data folder', () => {
  test('is refused before anything is installed when the port is taken', async () => {
    const server = await listen('127.0.0.1')
    await expect(checkPlace({ dataDir, port })).rejects.toThrow(/^Port \d+ is taken/)
    server.close()
  })

  test('is refused while a launcher runs on it, naming its process and port', async () => {
    const launcher = bystander()
    leaveLock(describeProcess(launcher.pid), { state: 'serving' })
    const sentence = `Fieldback already runs on ${dataDir} (process ${launcher.pid}, port ${port}); stop it, or set another FIELDBACK_DATA and PORT.`
    await expect(checkPlace({ dataDir, port })).rejects.toThrow(sentence)
    await expect(takePlace({ dataDir, port })).rejects.toThrow(sentence)
    launcher.kill('SIGKILL')
    await once(launcher, 'exit')
  }, 20_000)

  test('whose database a backup has started for itself is refused by that reason', async () => {
    const backup = bystander()
    leaveLock(describeProcess(backup.pid), { state: LENT })
    const sentence = `A backup or a restore is using ${dataDir} (process ${backup.pid}); try again when it has ended.`
    await expect(checkPlace({ dataDir, port })).rejects.toThrow(sentence)
    backup.kill('SIGKILL')
    await once(backup, 'exit')
  }, 20_000)

  test('waits for a launcher that is stopping', async () => {
    const launcher = bystander()
    leaveLock(describeProcess(launcher.pid), { state: 'stopping' })
    const taken = takePlace({ dataDir, port })
    launcher.kill('SIGKILL')
    await taken
    expect(readLock(lockFile(dataDir)).owner.pid).toBe(process.pid)
  })

  test('after kill -9 stops what the launcher had started, which frees its port', async () => {
    const web = bystander(
      `require('net').createServer().listen(${port}, () => console.log('up')); setInterval(() => {}, 1000)`,
    )
    await once(web.stdout, 'data')
    leaveLock(GONE, { children: [{ name: 'web', kind: 'service', ...describeProcess(web.pid) }] })
    await expect(checkPlace({ dataDir, port })).resolves.toBeUndefined()
    const exit = once(web, 'exit')
    await takePlace({ dataDir, port })
    expect((await exit)[1]).toBe('SIGTERM')
  })

  test('after kill -9 leaves alone a program that now has the number of a child', async () => {
    const other = bystander()
    leaveLock(GONE, {
      children: [{ name: 'web', kind: 'service', pid: other.pid, identity: 'an earlier start' }],
    })
    await takePlace({ dataDir, port })
    expect(other.exitCode ?? other.signalCode).toBe(null)
    other.kill('SIGKILL')
    await once(other, 'exit')
  })
})
