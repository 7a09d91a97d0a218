import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSecrets } from './data-folder.mjs'
import { sizedFor, socketFolder, startPostgres } from './postgres.mjs'
import { createProcesses } from './processes.mjs'
import { createRoles, databaseUrls } from './roles.mjs'
import { loadPg } from './workspace-require.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

describe('the embedded Postgres of a data folder', () => {
  let dataDir
  let processes
  let secrets
  let running

  const start = async () => {
    processes = createProcesses({ logDir: join(dataDir, 'logs') })
    running = await startPostgres({ root, dataDir, password: secrets.superuser, processes, env: process.env })
  }
  const query = async (url, sql) => {
    const client = new (loadPg(root).Client)({ connectionString: url })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'fieldback-postgres-'))
    chmodSync(dataDir, 0o711)
    secrets = readSecrets(dataDir)
    await start()
  }, 60_000)

  afterAll(async () => {
    await processes?.stopAll()
    rmSync(dataDir, { recursive: true, force: true })
  }, 60_000)

  test('is a real PostgreSQL 18 with the extensions the search needs', async () => {
    const rows = await query(
      running.superuserUrl,
      "SELECT name FROM pg_available_extensions WHERE name IN ('pg_trgm', 'unaccent')",
    )
    const [{ version }] = await query(running.superuserUrl, 'SELECT version()')
    expect(version).toMatch(/^PostgreSQL 18\./)
    expect(rows).toHaveLength(2)
  })

  test('keeps at hand an eighth of the machine’s memory, within bounds, and few checkpoints', async () => {
    const gigabytes = (n) => sizedFor(n * 1024 ** 3)[0]
    expect([0.5, 8, 64].map(gigabytes)).toEqual([
      'shared_buffers=128MB',
      'shared_buffers=1024MB',
      'shared_buffers=2048MB',
    ])
    const shown = await query(running.superuserUrl, 'SHOW max_wal_size')
    expect(shown).toEqual([{ max_wal_size: '2GB' }])
  })

  test('has an owner and two plain roles, created again without complaint', async () => {
    const options = { root, superuserUrl: running.superuserUrl, secrets }
    await createRoles(options)
    await createRoles(options)
    const urls = databaseUrls({ port: running.port, secrets })
    await query(urls.owner, 'CREATE TABLE IF NOT EXISTS kept (value text)')
    for (const url of [urls.app, urls.worker]) {
      const [role] = await query(
        url,
        'SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user',
      )
      expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false })
      await expect(query(url, 'SELECT * FROM kept')).rejects.toThrow(/permission denied/)
      await expect(query(url, 'CREATE TABLE made_by_a_plain_role (value text)')).rejects.toThrow(
        /permission denied/,
      )
    }
  }, 30_000)

  test('answers by its socket who has the password, and is reached without one where the path is too long', async () => {
    const { port, socket } = running
    expect(socket).toBe(join(dataDir, 'postgres'))
    const { app } = databaseUrls({ port, secrets, socket })
    const [{ by }] = await query(app, 'SELECT inet_server_addr() AS by')
    expect(by).toBeNull()
    await expect(query(app.replace(secrets.app, 'wrong'), 'SELECT 1')).rejects.toThrow(/password/)
    const long = join('/tmp', 'x'.repeat(100))
    expect(socketFolder(long, port)).toBeNull()
    expect(databaseUrls({ port, secrets, socket: null }).app).not.toContain('host=')
  }, 30_000)

  test('keeps what was committed through kill -9 of the postmaster', async () => {
    const urls = databaseUrls({ port: running.port, secrets })
    await query(urls.owner, "INSERT INTO kept VALUES ('before the crash')")
    process.kill(running.handle.pid, 'SIGKILL')
    await running.handle.exited
    await start()
    const rows = await query(databaseUrls({ port: running.port, secrets }).owner, 'SELECT value FROM kept')
    expect(rows).toEqual([{ value: 'before the crash' }])
  }, 60_000)

  test('takes over from a postmaster that a killed launcher left running', async () => {
    const orphan = running.handle
    await start()
    await orphan.exited
    expect(running.handle.pid).not.toBe(orphan.pid)
    expect(await query(running.superuserUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  }, 60_000)

  test('starts when the number in postmaster.pid now belongs to another program', async () => {
    await processes.stopAll()
    const file = join(dataDir, 'postgres', 'postmaster.pid')
    expect(existsSync(file)).toBe(false)
    writeFileSync(file, `${process.pid}\n${join(dataDir, 'postgres')}\n0\n5432\n\n\n\n`)
    await start()
    expect(Number(readFileSync(file, 'utf8').split('\n')[0])).toBe(running.handle.pid)
  }, 60_000)

  test('stops cleanly, so that the next start has nothing to recover', async () => {
    await processes.stopAll()
    expect(readFileSync(join(dataDir, 'logs', 'postgres.log'), 'utf8').trimEnd()).toMatch(
      /database system is shut down$/,
    )
  }, 60_000)
})
