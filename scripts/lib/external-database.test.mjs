import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSecrets } from './data-folder.mjs'
import { checkExternalDatabase } from './external-database.mjs'
import { findFreePort } from './ports.mjs'
import { startPostgres } from './postgres.mjs'
import { createProcesses } from './processes.mjs'
import { createRoles, databaseUrls } from './roles.mjs'
import { loadPg } from './workspace-require.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

describe('an existing Postgres given by its three addresses', () => {
  let dataDir
  let processes
  let superuserUrl
  let good

  const asSuperuser = async (...statements) => {
    const client = new (loadPg(root).Client)({
      connectionString: superuserUrl.replace(/postgres$/, 'fieldback'),
    })
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  const check = (changed) => checkExternalDatabase({ root, external: { ...good, ...changed } })
  const withUser = (name, password) => {
    const url = new URL(good.app)
    url.username = name
    url.password = password
    return url.href
  }
  const withPath = (url, path) => url.replace(/fieldback$/, path)

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'fieldback-external-'))
    chmodSync(dataDir, 0o711)
    processes = createProcesses({ logDir: join(dataDir, 'logs') })
    const secrets = readSecrets(dataDir)
    const started = await startPostgres({
      root,
      dataDir,
      password: secrets.superuser,
      processes,
      env: process.env,
    })
    superuserUrl = started.superuserUrl
    await createRoles({ root, superuserUrl, secrets })
    good = databaseUrls({ port: started.port, secrets })
    await asSuperuser(
      "CREATE ROLE free_reader LOGIN BYPASSRLS PASSWORD 'x'",
      "CREATE ROLE quiet_owner LOGIN NOINHERIT PASSWORD 'x' IN ROLE fieldback_owner",
      "CREATE ROLE table_owner LOGIN PASSWORD 'x'",
      "CREATE ROLE stranger LOGIN PASSWORD 'x'",
      'GRANT CONNECT ON DATABASE fieldback TO free_reader, quiet_owner, table_owner',
      'CREATE SCHEMA shop AUTHORIZATION table_owner',
      'CREATE TABLE shop.mine (id int)',
      'ALTER TABLE shop.mine OWNER TO table_owner',
      'CREATE DATABASE second OWNER fieldback_owner',
    )
  }, 60_000)

  afterAll(async () => {
    await processes?.stopAll()
    rmSync(dataDir, { recursive: true, force: true })
  }, 60_000)

  test('is accepted with an owner and two plain roles', async () => {
    await expect(check({})).resolves.toBeUndefined()
  })

  test.each([
    [
      'a superuser',
      () => withPath(superuserUrl, 'fieldback').replace(/postgres$/, 'fieldback'),
      'is a superuser',
    ],
    ['the owner', () => good.owner, 'owns the database'],
    [
      'a member of the owner, even one that must ask',
      () => withUser('quiet_owner', 'x'),
      'owns the database',
    ],
    [
      'a role that bypasses row-level security',
      () => withUser('free_reader', 'x'),
      'bypasses row-level security',
    ],
    ['the owner of a table', () => withUser('table_owner', 'x'), 'owns tables'],
  ])('is refused when the application or the worker is %s', async (_who, url, fault) => {
    await expect(check({ app: url() })).rejects.toThrow(`The DATABASE_URL role ${fault}, `)
    await expect(check({ worker: url() })).rejects.toThrow(`The DATABASE_DIRECT_URL role ${fault}, `)
  })

  test('is refused when the owner may create nothing', async () => {
    await expect(check({ owner: good.worker })).rejects.toThrow(
      /^The DATABASE_OWNER_URL role may not create schemas/,
    )
  })

  test('is refused when the addresses lead to different databases', async () => {
    await expect(check({ owner: withPath(good.owner, 'second') })).rejects.toThrow(
      /lead to different databases/,
    )
  })

  test('a wrong password, an unknown user, an unknown database, a closed door: each has its sentence', async () => {
    await expect(check({ app: withUser('fieldback_app', 'wrong') })).rejects.toThrow(
      /^DATABASE_URL: .* refuses the user fieldback_app; /,
    )
    await expect(check({ owner: withUser('nobody', 'x') })).rejects.toThrow(
      /^DATABASE_OWNER_URL: .* refuses the user nobody; /,
    )
    await expect(check({ app: withPath(good.app, 'absent') })).rejects.toThrow(
      /has no database absent; create it first/,
    )
    await expect(check({ app: withUser('stranger', 'x') })).rejects.toThrow(
      /stranger may not use the database fieldback/,
    )
  })

  test('an address where nobody listens, or that no name server knows', async () => {
    const port = await findFreePort()
    await expect(check({ worker: `postgresql://a:b@127.0.0.1:${port}/x` })).rejects.toThrow(
      `DATABASE_DIRECT_URL: no Postgres answers at 127.0.0.1:${port} (ECONNREFUSED); check the address.`,
    )
    await expect(check({ app: 'postgresql://a:b@nowhere.invalid/x' })).rejects.toThrow(
      /no Postgres answers at nowhere.invalid:5432 /,
    )
  })

  test('no sentence repeats a password', async () => {
    const failure = await check({ app: withUser('fieldback_app', 'very-secret') }).catch((error) => error)
    expect(`${failure.message}${failure.details}`).not.toContain('very-secret')
  })
})
