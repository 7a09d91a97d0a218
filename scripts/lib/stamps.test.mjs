import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  buildInputs,
  changedSince,
  hashFiles,
  installHash,
  listSources,
  stampMatches,
  workspaceFolders,
  writeStamp,
} from './stamps.mjs'

let root
const write = (path, text = path) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fieldback-stamps-'))
  write('pnpm-workspace.yaml', "packages:\n  - apps/*\n  - 'packages/*'\n  - prisma\n\npmOnFail: ignore\n")
  write('pnpm-lock.yaml', 'lock')
  for (const folder of ['.', 'apps/web', 'packages/domain', 'prisma']) write(`${folder}/package.json`, '{}')
  write('apps/web/src/page.tsx')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('the hash of files', () => {
  test('changes with a name, with a content, and when a byte moves from one file to the next', () => {
    write('a', 'xy')
    write('b', 'z')
    const before = hashFiles(root, ['a', 'b'])
    expect(hashFiles(root, ['a', 'b'])).toBe(before)
    write('a', 'x')
    write('b', 'yz')
    expect(hashFiles(root, ['a', 'b'])).not.toBe(before)
    expect(hashFiles(root, ['b', 'a'])).not.toBe(hashFiles(root, ['a', 'b']))
  })

  test('changes with what is given beside the files', () => {
    expect(hashFiles(root, [], ['ab', 'c'])).not.toBe(hashFiles(root, [], ['a', 'bc']))
  })
})

describe('sources', () => {
  test('leave out what tools write, installed packages, and tests', () => {
    for (const path of [
      '.next/x.js',
      'node_modules/x/y.js',
      'src/page.test.tsx',
      'src/generated/c.ts',
      'a.tsbuildinfo',
      // A build rewrites it: counted, the next start would build again.
      'next-env.d.ts',
    ])
      write(`apps/web/${path}`)
    expect(listSources(root, ['apps/web', 'absent'])).toEqual([
      'apps/web/package.json',
      'apps/web/src/page.tsx',
    ])
  })
})

describe('the folders of the workspace', () => {
  test('are those that pnpm-workspace.yaml names, each folder under a star', () => {
    expect(workspaceFolders(root)).toEqual(['apps/web', 'packages/domain', 'prisma'])
  })
})

describe('packages are installed again', () => {
  test.each(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'packages/domain/package.json'])(
    'when %s changes',
    (path) => {
      const before = installHash(root)
      write(path, 'packages:\n  - apps/*\n  - packages/*\n  - prisma\n\n# changed\n')
      expect(installHash(root)).not.toBe(before)
    },
  )

  test('and not when a source changes', () => {
    const before = installHash(root)
    write('apps/web/src/page.tsx', 'changed')
    expect(installHash(root)).toBe(before)
  })
})

describe('the web application is built again', () => {
  test.each([
    'apps/web/src/page.tsx',
    'packages/i18n/messages/fr/common.json',
    'prisma/schema/org.prisma',
    'pnpm-lock.yaml',
  ])('when %s changes', (path) => {
    const before = buildInputs(root, {}).hash
    write(path, 'changed')
    expect(buildInputs(root, {}).hash).not.toBe(before)
  })

  test('when a variable that the build writes into pages changes, and not for another', () => {
    expect(buildInputs(root, { NEXT_PUBLIC_NAME: 'a' }).hash).not.toBe(buildInputs(root, {}).hash)
    expect(buildInputs(root, { PORT: '1' }).hash).toBe(buildInputs(root, {}).hash)
  })

  test('and not when a test changes', () => {
    const before = buildInputs(root, {}).hash
    write('apps/web/src/page.test.tsx', 'changed')
    expect(buildInputs(root, {}).hash).toBe(before)
  })
})

describe('a stamp', () => {
  test('matches the hash it was written with, and is absent before', () => {
    const file = join(root, 'deep', 'stamp')
    expect(stampMatches(file, 'one')).toBe(false)
    writeStamp(file, 'one')
    expect(stampMatches(file, 'one')).toBe(true)
    expect(stampMatches(file, 'two')).toBe(false)
  })

  test('tells which files changed, came or went since', () => {
    const file = join(root, 'stamp')
    expect(changedSince(file, { a: '1' })).toBe(null)
    writeStamp(file, 'one', { same: '1', changed: '1', gone: '1' })
    expect(changedSince(file, { same: '1', changed: '2', come: '1' })).toEqual(['changed', 'come', 'gone'])
  })
})
