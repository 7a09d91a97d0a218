import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { TestDatabase } from '@fieldback/db/test-database'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyBackup } from './archive-reader.ts'
import { Bench, contentOf, SMALL } from './backup.fixture.ts'
import { MIGRATIONS_FOLDER } from './migrations.ts'

const bench = new Bench()
const written = (name: string, content: string | Buffer): string => {
  writeFileSync(bench.path(name), content)
  return bench.path(name)
}
/** Replaces bytes of the archive by as many others. */
const replace = (tar: Buffer, from: string, to: string): void => {
  expect(to.length).toBe(from.length)
  expect(tar.includes(from)).toBe(true)
  tar.write(to, tar.indexOf(from))
}

describe('what is no whole backup is refused in one sentence, before anything is touched', () => {
  it('a name that leads nowhere, or to a folder', async () => {
    await expect(verifyBackup(bench.path('absent'))).rejects.toThrow(/^There is no file .*absent\.$/)
    await expect(verifyBackup(bench.folder)).rejects.toThrow(/is a folder; name the backup file in it\.$/)
  })

  it.each([
    ['a text', () => written('a.tar.gz', 'nom;ville\n')],
    ['nothing at all', () => written('b.tar.gz', '')],
    ['something packed that is no archive', () => written('c.tar.gz', gzipSync('x'.repeat(5_000)))],
    ['a picture', () => fileURLToPath(new URL('../../docs/images/phone.png', import.meta.url))],
    [
      'an archive of something else',
      () =>
        bench.tampered('d.tar.gz', (tar) => {
          // The header's own checksum is made right again.
          replace(tar, 'fieldback-backup.json', 'something-else-1.json')
          const sum = [...tar.subarray(0, 512)].reduce(
            (total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte),
            0,
          )
          tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
        }),
    ],
    [
      'another product’s',
      () => bench.tampered('e.tar.gz', (tar) => replace(tar, '"fieldback"', '"otherback"')),
    ],
  ])('%s', async (_, make) => {
    await expect(verifyBackup(make())).rejects.toThrow(/is not a Fieldback backup\.$|was cut off/)
  })

  it('a file that was cut off anywhere', async () => {
    const whole = readFileSync(SMALL)
    for (const length of [20, 1_000, whole.length >> 1, whole.length - 9, whole.length - 1]) {
      const file = written('cut.tar.gz', whole.subarray(0, length))
      await expect(verifyBackup(file), String(length)).rejects.toThrow(/is not whole: it was cut off/)
    }
  })

  it('a file with one byte flipped, wherever it is', async () => {
    const whole = readFileSync(SMALL)
    for (let at = 12; at < whole.length; at += 611) {
      const flipped = Buffer.from(whole)
      flipped[at] = (flipped[at] ?? 0) ^ 0x10
      const file = written('flipped.tar.gz', flipped)
      await expect(verifyBackup(file), `byte ${at}`).rejects.toThrow(/is damaged|cut off|is not a Fieldback/)
    }
  })

  it('a value changed in an archive that was packed again', async () => {
    const file = bench.tampered('changed.tar.gz', (tar) =>
      replace(tar, 'Cidrerie Etxeberri', 'Cidrerie Etxeberry'),
    )
    await expect(verifyBackup(file)).rejects.toThrow(/is damaged at tables\/change\//)
  })

  it('a format that only newer code knows', async () => {
    const file = bench.tampered('format.tar.gz', (tar) => replace(tar, '"format": 1', '"format": 7'))
    await expect(verifyBackup(file)).rejects.toThrow(
      /was written by a newer Fieldback \(0\.1\.0\); bring this one up to date first\.$/,
    )
  })
})

describe('a backup that this release cannot read', () => {
  let database: TestDatabase
  let before: Record<string, string>
  beforeAll(async () => {
    database = await bench.small()
    before = await contentOf(database)
  })
  const folderOf = (name: string): string => {
    cpSync(MIGRATIONS_FOLDER, bench.path(name), { recursive: true })
    return bench.path(name)
  }

  it('made by a newer one is refused by the name of what is missing here', async () => {
    const file = await bench.backup(database, 'newer.tar.gz')
    const old = bench.path('old-migrations')
    mkdirSync(old)
    for (const name of readdirSync(MIGRATIONS_FOLDER).filter((entry) => entry < '20261122'))
      cpSync(join(MIGRATIONS_FOLDER, name), join(old, name), { recursive: true })
    await expect(bench.restore(file, database, { migrations: old, replace: true })).rejects.toThrow(
      /comes from a newer Fieldback \(0\.0\.0, 20261122000000_people\); bring this one up to date first\.$/,
    )
  })

  it('made by an edition whose migrations differ is refused', async () => {
    const edited = folderOf('edited-migrations')
    writeFileSync(join(edited, '20261121223000_desk_indexes', 'migration.sql'), 'SELECT 1;')
    await expect(bench.restore(SMALL, database, { migrations: edited, replace: true })).rejects.toThrow(
      /comes from another edition of Fieldback: 20261121223000_desk_indexes is not the same there/,
    )
  })

  it('whose upgrade fails in the middle leaves what was there', async () => {
    const broken = folderOf('broken-migrations')
    mkdirSync(join(broken, '20990101000000_broken'))
    writeFileSync(
      join(broken, '20990101000000_broken', 'migration.sql'),
      'DROP TABLE report CASCADE; SELECT 1 / 0;',
    )
    const restored = bench.restore(SMALL, database, { migrations: broken, replace: true })
    await expect(restored).rejects.toThrow('division by zero')
    expect(await contentOf(database)).toEqual(before)
  })

  it('is told of when one of its migrations ends the one transaction that keeps it whole', async () => {
    const committing = folderOf('committing-migrations')
    mkdirSync(join(committing, '20990101000000_commits'))
    writeFileSync(join(committing, '20990101000000_commits', 'migration.sql'), 'SELECT 1; COMMIT; BEGIN;')
    await expect(bench.restore(SMALL, database, { migrations: committing, replace: true })).rejects.toThrow(
      'ends its own transaction',
    )
  })
})

describe('a file is never overwritten', () => {
  it('by a backup', async () => {
    const taken = written('taken.tar.gz', 'of mine')
    await expect(bench.backup(await bench.small(), 'taken.tar.gz')).rejects.toThrow(
      /taken\.tar\.gz is there already and is never overwritten; choose another name\.$/,
    )
    expect(readFileSync(taken, 'utf8')).toBe('of mine')
    expect(statSync(taken).size).toBe(7)
  })

  it('not even one that appears while the backup is written', async () => {
    const database = await bench.small()
    const said: string[] = []
    const first = bench.backup(database, 'late.tar.gz', {
      push: (line: string) => {
        if (said.push(line) === 1) copyFileSync(SMALL, bench.path('late.tar.gz'))
        return said.length
      },
    } as string[])
    await expect(first).rejects.toThrow(/is there already/)
    expect(readdirSync(bench.folder).filter((name) => name.endsWith('.partial'))).toEqual([])
  })
})
