import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, openDb } from '@fieldback/db/client'
import { readHealth } from '@fieldback/db/health/health.repo'
import { settled, type TestDatabase, testDatabase } from '@fieldback/db/test-database'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fold } from './analytics/fold.job.ts'
import type { Deps, SessionIds } from './context.ts'
import { memoryStorage } from './import/memory-storage.fixture.ts'
import { plainImages } from './media/plain-images.fixture.ts'
import { appRouter } from './root.ts'
import { push } from './sync/push.ts'
import { createCallerFactory } from './trpc.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const UPGRADE = join(ROOT, 'prisma', 'upgrade')
const FILES = readdirSync(UPGRADE).filter((name) => name.endsWith('.tar.gz'))

it('each released version has left a small backup of itself', () => {
  expect(FILES).toContain('20261121230000_sign_in.tar.gz')
  for (const name of FILES) expect(statSync(join(UPGRADE, name)).size, name).toBeLessThan(100_000)
})

describe.each(FILES)('the data of %s under this release', (name) => {
  let database: TestDatabase
  let db: Db
  let dataDir: string
  let owner: Client
  beforeAll(async () => {
    database = await testDatabase()
    dataDir = mkdtempSync(join(tmpdir(), 'fieldback-upgrade-'))
    // As an operator does it: migrations of then, rows, migrations since, rights and queue.
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'scripts', 'restore.mjs'), '--from', join(UPGRADE, name)],
      {
        env: {
          PATH: process.env.PATH,
          FIELDBACK_DATA: dataDir,
          DATABASE_OWNER_URL: database.ownerUrl,
          DATABASE_URL: database.appUrl,
          DATABASE_DIRECT_URL: database.workerUrl,
        },
        encoding: 'utf8',
      },
    )
    expect(status, `${stdout}${stderr}`).toBe(0)
    db = openDb({ url: database.appUrl, max: 2 })
    owner = new Client({ connectionString: database.ownerUrl })
    await owner.connect()
  }, 120_000)
  afterAll(async () => {
    await db?.close()
    await owner?.end()
    await database?.drop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** Rows of one organisation, as the owner. */
  const rows = async <T>(orgId: string, text: string): Promise<T[]> => {
    await owner.query(`SELECT set_config('app.org', $1, false)`, [orgId])
    return (await owner.query(text)).rows as T[]
  }
  const organisations = async (): Promise<{ id: string; name: string }[]> =>
    (await owner.query('SELECT id, name FROM organisation ORDER BY name')).rows

  it('is healthy: every migration is applied', async () => {
    const shipped = readdirSync(join(ROOT, 'prisma', 'migrations')).filter((entry) => /^\d/.test(entry))
    const health = await readHealth(db)
    expect([...health.appliedMigrations].sort()).toEqual(shipped.sort())
    // A fact that waited to be counted when the backup was taken waits still.
    expect(health.jobLagSeconds).toBeLessThan(120)
  })

  it('holds the rows of then, accents, tabs and line breaks included', async () => {
    const [second, first] = await organisations()
    expect([first?.name, second?.name]).toEqual(['Maison Lartigue', 'Atelier Vauquelin'])
    const notes = await rows<{ note: string }>(first?.id ?? '', 'SELECT note FROM report ORDER BY note')
    expect(notes.map(({ note }) => note)).toContain('Corrigé après coup.\nDeuxième ligne.')
    const [kept] = await rows<{ note: string }>(
      first?.id ?? '',
      `SELECT before ->> 'note' AS note FROM change WHERE kind = 'report.amend'`,
    )
    expect(kept?.note).toBe('Tabulation\tretour\nà la ligne, antislash \\ et « guillemets ».')
  })

  it('is read and written through the application: every role opens its pages, a rep pulls and files', async () => {
    const orgId = (await organisations())[1]?.id ?? ''
    const deps: Deps = {
      db,
      now: () => new Date(),
      newId: randomUUID,
      log: { info: () => {}, warn: () => {}, error: () => {} },
      email: { send: async () => {} },
      storage: memoryStorage(),
      images: plainImages,
      division: { read: () => Promise.reject(new Error('no country here')) },
      site: 'https://fieldback.test',
    }
    const callerOf = (session: SessionIds) => createCallerFactory(appRouter)({ deps, session })
    const sessionOf = async (role: string): Promise<SessionIds> => {
      const [row] = await rows<SessionIds>(
        orgId,
        `UPDATE device SET last_seen_at = now() FROM (
           SELECT m.person_id AS "personId", m.id AS "membershipId", d.id AS "deviceId" FROM membership m
             JOIN device d ON d.membership_id = m.id AND d.revoked_at IS NULL
             JOIN assignment a ON a.membership_id = m.id WHERE a.role = '${role}' ORDER BY m.display_name LIMIT 1) AS live
          WHERE id = live."deviceId" RETURNING live.*`,
      )
      if (!row) throw new Error(`nobody is ${role}`)
      return { ...row, orgId }
    }

    const rep = await sessionOf('rep')
    const caller = callerOf(rep)
    const asked = { protocol: 1, membershipId: rep.membershipId, frameTag: null, packAsOf: null }
    await settled(database.ownerUrl)
    const page = await caller.sync.pull({ ...asked, cursor: null })
    expect(page).toMatchObject({ reset: true, more: false })
    const account = page.accounts[0]
    if (!account) throw new Error('the rep pulled no account')
    expect(page.frame?.fields.length).toBeGreaterThan(0)
    expect(page.pack).not.toBeNull()

    const entityId = randomUUID()
    const answers = await push(deps, rep, [
      {
        opId: randomUUID(),
        entityId,
        seq: 1,
        base: 0,
        capturedAt: new Date().toISOString(),
        clockOffset: 0,
        kind: 'report.create',
        body: {
          accountId: account.id,
          contactId: null,
          kind: 'visit',
          outcome: 'order',
          day: '2026-11-20',
          note: 'Après la mise à jour',
          fieldSet: 'none',
          values: {},
          seconds: {},
          durationSeconds: 30,
        },
      },
    ])
    expect(answers).toMatchObject([{ status: 'applied' }])
    await settled(database.ownerUrl)
    const next = await caller.sync.pull({ ...asked, cursor: page.cursor })
    expect(next.reports.map(({ id }) => id)).toContain(entityId)
    expect((await fold({ db }, orgId)).done).toBe(true)

    const headquarters = callerOf(await sessionOf('headquarters'))
    const tree = await headquarters.territory.tree({})
    expect(JSON.stringify(tree)).toContain('france')
    const [{ id: territoryId } = { id: '' }] = await rows<{ id: string }>(
      orgId,
      'SELECT id FROM territory WHERE rank = 0',
    )
    const { lists } = await headquarters.list.list({ territoryId })
    const kept = await rows<{ id: string }>(orgId, 'SELECT id FROM list')
    expect(lists.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort())
    const places = await callerOf(await sessionOf('administrator')).access.organisations()
    expect(JSON.stringify(places)).toContain('Maison Lartigue')
  })
})
