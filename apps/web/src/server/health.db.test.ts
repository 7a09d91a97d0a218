import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, openDb } from '@fieldback/db/client'
import { type TestDatabase, testDatabase } from '@fieldback/db/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkHealth } from './health.ts'

const PLACES = {
  migrations: join(import.meta.dirname, '..', '..', '..', '..', 'prisma', 'migrations'),
  data: tmpdir(),
  foldLag: 60,
}

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

describe('health', () => {
  it('is good when the database answers and has every migration', async () => {
    expect(await checkHealth(db, PLACES)).toEqual({
      status: 'ok',
      database: 'ok',
      migrations: 'ok',
      jobLagSeconds: 0,
      horizonAgeSeconds: expect.any(Number),
      foldLagSeconds: 0,
      folds: 'ok',
      rollups: 'ok',
      disk: 'ok',
    })
  })

  it('fails on a migration that this code has and the database has not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldback-migrations-'))
    await mkdir(join(folder, '20990101000000_tomorrow'))
    expect(await checkHealth(db, { ...PLACES, migrations: folder })).toMatchObject({
      status: 'failing',
      database: 'ok',
      migrations: 'pending',
    })
    await rm(folder, { recursive: true })
  })

  it('fails, and says so in time, when the database is away', async () => {
    const url = new URL(database.appUrl)
    url.port = '1'
    const away = openDb({ url: url.href, max: 1 })
    expect(await checkHealth(away, PLACES)).toMatchObject({ status: 'failing', database: 'unreachable' })
    await away.close()
  })

  it('says that it does not know the room left where it cannot see the folder', async () => {
    const elsewhere = { ...PLACES, data: join(tmpdir(), 'fieldback-no-such-folder') }
    expect(await checkHealth(db, elsewhere)).toMatchObject({ status: 'ok', disk: 'unknown' })
  })

  it('tells the age of the oldest open transaction that writes', async () => {
    const late = db.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT pg_current_xact_id()::text, pg_sleep(1.6)::text`
      return checkHealth(db, PLACES)
    })
    expect((await late).horizonAgeSeconds).toBeGreaterThanOrEqual(1)
  })

  it('does not count one that only reads: no phone waits for it', async () => {
    const late = db.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT pg_sleep(1.6)::text`
      return checkHealth(db, PLACES)
    })
    expect((await late).horizonAgeSeconds).toBe(0)
  })

  it('tells how long figures are behind, and that they drifted, in whichever organisation', async () => {
    const owner = openDb({ url: database.ownerUrl, max: 1 })
    const orgId = randomUUID()
    for (const statement of [
      `SELECT set_config('app.org', '${orgId}', false)`,
      `INSERT INTO organisation (id, name, slug, level_names, epoch) VALUES ('${orgId}', 'x', 'x', '[]', gen_random_uuid())`,
      `INSERT INTO rollup_outbox (org_id, fact, at) VALUES ('${orgId}', '{}', now() - interval '90 seconds')`,
      `INSERT INTO rollup_check (org_id, id, territory_id, how, rows, drifted) VALUES ('${orgId}', gen_random_uuid(), gen_random_uuid(), 'counted', 9, 1)`,
    ])
      await owner.pool.query(statement)
    await owner.close()
    const { foldLagSeconds, ...health } = await checkHealth(db, PLACES)
    expect(foldLagSeconds).toBeGreaterThanOrEqual(90)
    expect(health).toMatchObject({ status: 'ok', folds: 'late', rollups: 'drifted' })
    expect(await checkHealth(db, { ...PLACES, foldLag: 900 })).toMatchObject({ folds: 'ok' })
  })
})
