import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestDatabase } from '@fieldback/db/test-database'
import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyBackup } from './archive-reader.ts'
import { Bench, contentOf, rowsOf, runVerb, SMALL } from './backup.fixture.ts'
import { MIGRATIONS_FOLDER } from './migrations.ts'

const bench = new Bench()
let database: TestDatabase
let organisation: string
beforeAll(async () => {
  database = await bench.small()
  const { organisations } = await verifyBackup(SMALL)
  organisation = organisations.find(({ name }) => name === 'Maison Lartigue')?.id ?? ''
})

/** Waits until it holds, asking again every few milliseconds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 10))
}

const dataDir = (name: string): string => {
  mkdirSync(bench.path(name), { recursive: true })
  return bench.path(name)
}

/** Rows of `change` and of `sync_receipt`, one each in one transaction, as a push writes them. */
class Writers {
  #going = true
  #written = 0
  readonly #ended: Promise<unknown>

  constructor(count: number) {
    this.#ended = Promise.all(Array.from({ length: count }, () => this.#write()))
  }

  async #write(): Promise<void> {
    const client = new pg.Client({ connectionString: database.ownerUrl })
    await client.connect()
    while (this.#going) {
      await client.query('BEGIN')
      await client.query(`SELECT set_config('app.org', $1, true)`, [organisation])
      const [op, entity] = [randomUUID(), randomUUID()]
      await client.query(
        `INSERT INTO sync_receipt (org_id, op_id, device_id, membership_id, entity, entity_id, seq, body_hash, status, answer)
         VALUES ($1, $2, $2, $2, 'report', $3, 1, 'written', 'applied', '{}')`,
        [organisation, op, entity],
      )
      await client.query(
        `INSERT INTO change (org_id, entity, entity_id, version, membership_id, op_id, kind, before, after)
         VALUES ($1, 'report', $2, 1, $3, $3, 'written', '{}', '{}')`,
        [organisation, entity, op],
      )
      await client.query('COMMIT')
      this.#written += 1
    }
    await client.end()
  }

  written = (): number => this.#written

  async stop(): Promise<void> {
    this.#going = false
    await this.#ended
  }
}

describe('a backup', () => {
  it('holds each transaction whole or not at all, while reports keep coming', async () => {
    const writers = new Writers(4)
    await until(() => writers.written() > 50)
    const file = await bench.backup(database, 'busy.tar.gz')
    await until(() => writers.written() > 100)
    await writers.stop()
    const copy = await bench.database()
    await bench.restore(file, copy)
    const [row] = await rowsOf<{ pairs: number; receipts: number; changes: number }>(
      copy,
      organisation,
      `SELECT (SELECT count(*)::int FROM sync_receipt WHERE body_hash = 'written') AS receipts,
              (SELECT count(*)::int FROM change WHERE kind = 'written') AS changes,
              (SELECT count(*)::int FROM change c JOIN sync_receipt r ON r.op_id = c.op_id WHERE c.kind = 'written') AS pairs`,
    )
    expect(row?.pairs).toBeGreaterThan(50)
    expect(row?.receipts).toBe(row?.pairs)
    expect(row?.changes).toBe(row?.pairs)
    expect(writers.written()).toBeGreaterThan(row?.pairs ?? 0)
  })

  it('is whole when two are taken at once', async () => {
    const files = await Promise.all([
      bench.backup(database, 'one.tar.gz'),
      bench.backup(database, 'two.tar.gz'),
    ])
    const [one, two] = await Promise.all(files.map((file) => verifyBackup(file)))
    expect(one?.tables).toEqual(two?.tables)
  })

  it('says where it is and how large, from the command line', async () => {
    const run = runVerb('backup', ['--to', bench.path('said.tar.gz')], { database, dataDir: dataDir('none') })
    expect(await run.ended, run.said()).toBe(0)
    expect(run.said()).toContain('2 organisations (Maison Lartigue, Atelier Vauquelin)')
    expect(run.said()).toMatch(/Backup: .*said\.tar\.gz\n[\d.]+ MB, [\d,]+ rows, [\d.]+ s, read again/)
  })

  it('leaves nothing behind when there is no room for it, and says so', async () => {
    const target = dataDir('small-disk')
    // Ignored, the signal of a file that grew too large becomes an error of the write, like a full disk.
    const run = runVerb('backup', ['--to', `${target}/b.tar.gz`], {
      database,
      dataDir: dataDir('none'),
      shell: `trap '' XFSZ; ulimit -f 8;`,
    })
    expect(await run.ended).toBe(1)
    expect(run.said()).toMatch(
      /There is no room for .*b\.tar\.gz: the disk or a quota is full\. Make room, then run it again\.\n$/,
    )
    expect(readdirSync(target)).toEqual([])
  })

  it('that is stopped with Ctrl-C leaves nothing behind', async () => {
    const target = dataDir('stopped')
    const run = runVerb('backup', ['--to', `${target}/b.tar.gz`], { database, dataDir: dataDir('none') })
    await until(() => readdirSync(target).length > 0)
    run.child.kill('SIGINT')
    expect(await run.ended).toBe(130)
    expect(readdirSync(target)).toEqual([])
  })

  it('of a folder without an installation is refused, and makes none', async () => {
    const dataOnly = { ...database, ownerUrl: '', appUrl: '', workerUrl: '' }
    const run = runVerb('backup', [], { database: dataOnly, dataDir: bench.path('nowhere') })
    expect(await run.ended).toBe(1)
    expect(run.said()).toMatch(/^\s*No database was made in .*nowhere yet; set FIELDBACK_DATA/)
    expect(existsSync(bench.path('nowhere'))).toBe(false)
  })
})

describe('a restore', () => {
  it('refuses a database that holds organisations, names them, and changes nothing', async () => {
    const before = await contentOf(database)
    const run = runVerb('restore', ['--from', SMALL], { database, dataDir: dataDir('r1') })
    expect(await run.ended).toBe(1)
    expect(run.said()).toMatch(
      /The database holds 2 organisations \(Maison Lartigue, Atelier Vauquelin\), 7 accounts and \d+ reports\. Nothing was changed; .* add --replace\.\n$/,
    )
    expect(await contentOf(database)).toEqual(before)
  })

  it('refuses while the application is connected', async () => {
    const app = new pg.Client({ connectionString: database.appUrl })
    await app.connect()
    await expect(bench.restore(SMALL, database, { replace: true })).rejects.toThrow(
      /^The application is connected to this database \(1 connections\); stop it, then restore\.$/,
    )
    await app.end()
  })

  it('killed in the middle leaves what was there, and the next one works', async () => {
    const many = await bench.small()
    await fill(many, 20_000)
    const file = await bench.backup(many, 'many.tar.gz')
    const target = await bench.small()
    const before = await contentOf(target)
    const run = runVerb('restore', ['--from', file, '--replace'], {
      database: target,
      dataDir: dataDir('r2'),
    })
    await until(async () => run.child.exitCode !== null || (await isLoading(target, 'audit_event')))
    run.child.kill('SIGKILL')
    await run.ended
    expect(run.said()).not.toContain('Restored')
    await until(async () => (await sessionsOn(target)) === 0)
    expect(await contentOf(target)).toEqual(before)

    const again = runVerb('restore', ['--from', file, '--replace'], {
      database: target,
      dataDir: dataDir('r2'),
    })
    expect(await again.ended, again.said()).toBe(0)
    expect(await contentOf(target)).toEqual(await contentOf(many))
  }, 120_000)

  it('with --replace puts another installation’s backup in the place of one’s own and says whose', async () => {
    const foreign = await bench.database()
    await bench.restore(SMALL, foreign)
    const target = await bench.database()
    await bench.restore(SMALL, target)
    await rename(target, 'Brasserie Lacoume')
    const file = await bench.backup(foreign, 'foreign.tar.gz')
    const run = runVerb('restore', ['--from', file, '--replace'], {
      database: target,
      dataDir: dataDir('r3'),
    })
    expect(await run.ended, run.said()).toBe(0)
    expect(run.said()).toContain('2 organisations (Maison Lartigue, Atelier Vauquelin), kept on 2026-11-20')
    expect(run.said()).toMatch(
      /Replacing 2 organisations \(Brasserie Lacoume, .*with the backup of another installation/,
    )
    expect(await contentOf(target)).toEqual(await contentOf(foreign))
  })

  it('makes the rights anew, and a start adds no demonstration to it', async () => {
    const target = await bench.database()
    const run = runVerb('restore', ['--from', SMALL], { database: target, dataDir: dataDir('r4') })
    expect(await run.ended, run.said()).toBe(0)
    const app = new pg.Client({ connectionString: target.appUrl })
    await app.connect()
    await app.query(`SELECT set_config('app.org', $1, false)`, [organisation])
    expect((await app.query('SELECT name FROM organisation')).rows).toEqual([{ name: 'Maison Lartigue' }])
    await app.query(`SELECT enqueue_job('fold', json_build_object('orgId', $1::text), 'fold')`, [
      organisation,
    ])
    await app.end()
    expect(JSON.parse(readFileSync(bench.path('r4/state.json'), 'utf8')).seeded).toHaveLength(1)
  })

  it('asks the worker again for what was not done when the backup was taken, and for nothing else', async () => {
    const ask = (target: TestDatabase, task: string) =>
      asOwner(target, `SELECT enqueue_job($1, json_build_object('orgId', $2::text), $1)`, [
        task,
        organisation,
      ])
    const source = await bench.small()
    await ask(source, 'reslot')
    const file = await bench.backup(source, 'jobs.tar.gz')
    const target = await bench.small()
    await ask(target, 'fold')
    await bench.restore(file, target, { replace: true })
    const { rows } = await asOwner(
      target,
      `SELECT t.identifier AS task, j.key, j.payload ->> 'orgId' AS org FROM graphile_worker._private_jobs j
         JOIN graphile_worker._private_tasks t ON t.id = j.task_id ORDER BY j.id`,
    )
    expect(rows).toEqual([
      { task: 'fold', key: `fold:${organisation}`, org: organisation },
      { task: 'reslot', key: 'reslot', org: organisation },
    ])
  })

  it('leaves kept files alone that the earlier state needs, until it has succeeded', async () => {
    const target = await bench.small()
    mkdirSync(bench.path('keeping'))
    writeFileSync(bench.path('keeping/mine'), 'mine')
    const from = { filesDir: bench.path('keeping'), replace: true }
    await expect(bench.restore(SMALL, target, { ...from, migrations: brokenMigrations() })).rejects.toThrow(
      'division by zero',
    )
    expect(readFileSync(bench.path('keeping/mine'), 'utf8')).toBe('mine')
    await bench.restore(SMALL, target, from)
    expect(readdirSync(bench.path('keeping'))).toEqual([])
    expect(existsSync(bench.path('keeping.restoring'))).toBe(false)
  })
})

/** Those of this release and one that fails, once all rows are loaded. */
const brokenMigrations = (): string => {
  const folder = bench.path('broken-migrations')
  cpSync(MIGRATIONS_FOLDER, folder, { recursive: true })
  mkdirSync(join(folder, '20990101000000_broken'))
  writeFileSync(join(folder, '20990101000000_broken', 'migration.sql'), 'SELECT 1 / 0;')
  return folder
}

async function asOwner(target: TestDatabase, text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const owner = new pg.Client({ connectionString: target.ownerUrl })
  await owner.connect()
  try {
    await owner.query(`SELECT set_config('app.org', $1, false)`, [organisation])
    return await owner.query(text, values)
  } finally {
    await owner.end()
  }
}

const rename = (target: TestDatabase, name: string): Promise<unknown> =>
  asOwner(target, 'UPDATE organisation SET name = $1 WHERE id = $2', [name, organisation])

/** Rows that take long enough to load for somebody to stop it. */
const fill = (target: TestDatabase, rows: number): Promise<unknown> =>
  asOwner(
    target,
    `INSERT INTO audit_event (org_id, id, action, detail)
     SELECT $1, gen_random_uuid(), 'test.filled', jsonb_build_object('text', repeat(md5(n::text), 20)) FROM generate_series(1, $2) n`,
    [organisation, rows],
  )

const sessionsOn = async (target: TestDatabase): Promise<number> =>
  (
    await asOwner(
      target,
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    )
  ).rows[0].n

const isLoading = async (target: TestDatabase, table: string): Promise<boolean> =>
  (
    await asOwner(
      target,
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE $1`,
      [`COPY "${table}" %`],
    )
  ).rowCount === 1
