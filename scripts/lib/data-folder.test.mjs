import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSecrets, readState, requireWritableFolder, writeState } from './data-folder.mjs'

let base
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'fieldback-data-'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

describe('the data folder', () => {
  test('is made with the folders above it, closed to other users, and keeps no trace of the check', () => {
    const folder = join(base, 'deep', 'data')
    requireWritableFolder(folder)
    requireWritableFolder(folder)
    expect(readdirSync(folder)).toEqual(['logs'])
    expect(statSync(folder).mode & 0o066).toBe(0)
  })

  test('is refused when a file stands in its way', () => {
    writeFileSync(join(base, 'file'), '')
    expect(() => requireWritableFolder(join(base, 'file'))).toThrow(
      /^Cannot write in .*: a file stands where a folder is needed; /,
    )
    expect(() => requireWritableFolder(join(base, 'file', 'data'))).toThrow(
      /a file stands where a folder is needed/,
    )
  })

  // Root writes anywhere but in the kernel's own folders, and there a recursive mkdir never returned.
  test('is refused in a sentence where nobody may write', () => {
    expect(() => requireWritableFolder('/proc/fieldback/data')).toThrow(
      /^Cannot write in \/proc\/fieldback\/data: .*; set FIELDBACK_DATA /,
    )
  })
})

describe('the secrets', () => {
  test('are made once, long, all different, and readable by their owner only', () => {
    const secrets = readSecrets(base)
    expect(readSecrets(base)).toEqual(secrets)
    expect(new Set(Object.values(secrets)).size).toBe(5)
    for (const secret of Object.values(secrets)) expect(secret).toMatch(/^[0-9a-f]{64}$/)
    expect(statSync(join(base, 'secrets.json')).mode & 0o777).toBe(0o600)
    expect(readdirSync(base)).toEqual(['secrets.json'])
  })

  test('that cannot be read are never made anew: the database was created with them', () => {
    writeFileSync(join(base, 'secrets.json'), '{ cut')
    expect(() => readSecrets(base)).toThrow(/secrets.json cannot be read; put it back/)
    expect(readFileSync(join(base, 'secrets.json'), 'utf8')).toBe('{ cut')
  })
})

describe('the state', () => {
  test('is empty at first and keeps what was written before', () => {
    expect(readState(base)).toEqual({})
    writeState(base, { postgresPort: 1 })
    writeState(base, { seeded: ['x'] })
    expect(readState(base)).toEqual({ postgresPort: 1, seeded: ['x'] })
    expect(existsSync(join(base, 'state.json.new'))).toBe(false)
  })

  test('that a crash cut short counts as empty', () => {
    writeFileSync(join(base, 'state.json'), '{"postgresPort": 1')
    chmodSync(join(base, 'state.json'), 0o600)
    expect(readState(base)).toEqual({})
  })
})
