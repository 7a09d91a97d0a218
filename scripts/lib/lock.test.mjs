import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readLiveLock, readLock, releaseLock, takeLock, updateLock, withLock } from './lock.mjs'
import { describeProcess, processIdentity, stillRuns } from './process-identity.mjs'

let folder
let file
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldback-lock-'))
  file = join(folder, 'launcher.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const bystander = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
const end = async (child) => {
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

describe('a process is recognised', () => {
  test('while it runs, and not after', async () => {
    const child = bystander()
    const described = describeProcess(child.pid)
    expect(stillRuns(described)).toBe(true)
    await end(child)
    expect(stillRuns(described)).toBe(false)
  })

  test('by its start, so that another with the same number is not taken for it', () => {
    expect(stillRuns({ pid: process.pid, identity: 'an earlier start' })).toBe(false)
    expect(stillRuns({ pid: process.pid, identity: null })).toBe(false)
  })

  test.each([0, -1, Number.NaN, undefined])('never by the number %s', (pid) => {
    expect(processIdentity(pid)).toBe(null)
  })
})

describe('the lock of a data folder', () => {
  test('is taken once, and tells the second who holds it', () => {
    expect(takeLock(file, { port: 3000 })).toEqual({ taken: true, left: null })
    const second = takeLock(file)
    expect(second.taken).toBe(false)
    expect(second.holder).toMatchObject({ owner: { pid: process.pid }, port: 3000 })
  })

  test('of a dead process is taken over, with what it had started', async () => {
    const child = bystander()
    const owner = describeProcess(child.pid)
    writeFileSync(file, JSON.stringify({ owner, children: [{ name: 'web', pid: 7 }] }))
    expect(takeLock(file).taken).toBe(false)
    await end(child)
    expect(readLiveLock(file)).toBe(null)
    expect(takeLock(file)).toMatchObject({ taken: true, left: { children: [{ name: 'web', pid: 7 }] } })
    expect(readLock(file).owner.pid).toBe(process.pid)
  })

  test.each(['', '{', 'null', '[]', '{"owner":{}}'])(
    'that reads %j, cut short by a crash, is taken over',
    (text) => {
      writeFileSync(file, text)
      expect(takeLock(file).taken).toBe(true)
    },
  )

  test('keeps its facts when one is rewritten, and leaves nothing beside it', () => {
    takeLock(file, { port: 3000 })
    updateLock(file, { state: 'serving' })
    expect(readLock(file)).toMatchObject({ port: 3000, state: 'serving' })
    releaseLock(file)
    expect(readdirSync(folder)).toEqual([])
  })

  test('of another process is not released', async () => {
    const child = bystander()
    writeFileSync(file, JSON.stringify({ owner: describeProcess(child.pid) }))
    releaseLock(file)
    expect(existsSync(file)).toBe(true)
    await end(child)
  })
})

describe('work under a lock', () => {
  test('waits for the work before it, and gives the lock back when it fails', async () => {
    const order = []
    const failing = withLock(file, async () => {
      order.push('first begins')
      await new Promise((done) => setImmediate(done))
      order.push('first ends')
      throw new Error('broken')
    })
    const second = withLock(file, () => order.push('second'))
    await expect(failing).rejects.toThrow('broken')
    await second
    expect(order).toEqual(['first begins', 'first ends', 'second'])
    expect(existsSync(file)).toBe(false)
  })
})
