import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { noteMigrations, readMigrationSums, readRecord, releasedUpTo } from './migration-sums.mjs'

const COMMAND = 'note a new migration with: node prisma/upgrade/record-migrations.mjs'

describe('the migrations of this checkout', () => {
  it('are those that were noted, to the byte: a shipped one is never edited', () => {
    expect(Object.fromEntries(readMigrationSums()), COMMAND).toEqual(Object.fromEntries(readRecord()))
  })

  it('end no transaction of their own, so that a restore can run them in its one', () => {
    for (const name of readMigrationSums().keys()) {
      const sql = readFileSync(join(import.meta.dirname, '..', 'migrations', name, 'migration.sql'), 'utf8')
      expect(sql, name).not.toMatch(/^\s*(BEGIN\s*;|START\s+TRANSACTION|COMMIT|ROLLBACK)/im)
    }
  })

  it('reach as far as the newest release, whose backup is named after its last one', () => {
    expect([...readMigrationSums().keys()]).toContain(releasedUpTo())
  })
})

describe('noting', () => {
  const record = new Map([
    ['1_released', 'a'],
    ['2_new', 'b'],
  ])
  const rules = { edited: null, released: '1_released' }

  it('adds a new migration', () => {
    const sums = new Map([...record, ['3_newer', 'c']])
    const { text, refused } = noteMigrations(record, sums, rules)
    expect(refused).toEqual([])
    expect(text).toBe('a  1_released/migration.sql\nb  2_new/migration.sql\nc  3_newer/migration.sql\n')
  })

  it('refuses one that was edited or removed', () => {
    expect(noteMigrations(record, new Map([['1_released', 'x']]), rules).refused).toEqual([
      '1_released',
      '2_new',
    ])
  })

  it('takes an edit that is named, of a migration that no release holds, and no other', () => {
    const sums = new Map([
      ['1_released', 'a'],
      ['2_new', 'x'],
    ])
    expect(noteMigrations(record, sums, rules).refused).toEqual(['2_new'])
    expect(noteMigrations(record, sums, { ...rules, edited: '2_new' }).refused).toEqual([])
    const released = { edited: '2_new', released: '2_new' }
    expect(noteMigrations(record, sums, released).refused).toEqual(['2_new'])
  })
})
