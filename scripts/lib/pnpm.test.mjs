import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installFailure, pnpmCommand } from './pnpm.mjs'

describe('the pinned pnpm', () => {
  let root
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'fieldback-pnpm-'))
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  const pin = (packageManager) =>
    writeFileSync(join(root, 'package.json'), JSON.stringify({ packageManager }))

  test('is run through the npm that runs us, else through the one on the PATH', () => {
    pin('pnpm@12.21.0+sha512.abc')
    const exec = ['exec', '--yes', '--package=pnpm@12.21.0', '--', 'pnpm', 'install']
    expect(pnpmCommand(root, ['install'], {})).toEqual({ command: 'npm', args: exec })
    const npm = '/usr/lib/node_modules/npm/bin/npm-cli.js'
    expect(pnpmCommand(root, ['install'], { npm_execpath: npm })).toEqual({
      command: process.execPath,
      args: [npm, ...exec],
    })
    expect(pnpmCommand(root, ['install'], { npm_execpath: '/opt/pnpm.cjs' }).command).toBe('npm')
  })

  test.each([undefined, 'yarn@4.0.0'])('must be named by packageManager: %s is refused', (packageManager) => {
    pin(packageManager)
    expect(() => pnpmCommand(root, [], {})).toThrow(/packageManager/)
  })
})

describe('an install that failed', () => {
  test.each([
    ['npm error code ECONNREFUSED', /^The package registry cannot be reached/],
    ['npm error code ENOTFOUND', /^The package registry cannot be reached/],
    ['ERR_PNPM_META_FETCH_FAIL  GET: request failed', /^The package registry cannot be reached/],
    ['npm error code E401', /^The package registry refuses this machine/],
    ['ERR_PNPM_OUTDATED_LOCKFILE  Cannot install', /^pnpm-lock.yaml does not match/],
    ['ENOSPC: no space left on device', /^The disk is full/],
  ])('%s is told in one sentence', (output, sentence) => {
    const failure = installFailure(`some lines\n${output}\n`, 1, '/log')
    expect(failure.message).toMatch(sentence)
    expect(failure.details).toEqual([])
  })

  test('for another reason names the log and shows its end', () => {
    const failure = installFailure('one\n\ntwo\n', 7, '/log')
    expect(failure.message).toBe('The packages could not be installed (exit code 7); the log is /log.')
    expect(failure.details).toEqual(['one', 'two'])
  })
})
