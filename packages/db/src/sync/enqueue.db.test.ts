import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { askForFold, enqueue } from './enqueue.ts'

let database: TestDatabase
let db: Db
let owner: Client
beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 5 })
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await db.close()
  await owner.end()
  await database.drop()
})

const jobs = async (orgId: string): Promise<number> =>
  (await owner.query('SELECT FROM graphile_worker.jobs WHERE key = $1', [`fold:${orgId}`])).rowCount ?? 0

it('folds asked for by many at once are one job', async () => {
  const orgId = randomUUID()
  await Promise.all(Array.from({ length: 50 }, () => askForFold(db, orgId)))
  expect(await jobs(orgId)).toBe(1)
})

it('a fold asked for while another request is under way is asked for again: its facts may have come too late for that one', async () => {
  const orgId = randomUUID()
  let release = (): void => {}
  const held = new Promise<void>((done) => {
    release = done
  })
  let holder: Promise<void> = Promise.resolve()
  await new Promise<void>((asked) => {
    holder = inOrg(db, orgId, async (tx) => {
      await enqueue(tx, 'fold', orgId)
      asked()
      await held
    })
  })
  const first = askForFold(db, orgId)
  // By now the first waits in the database for the row that is held.
  await expect.poll(async () => waitingForLock()).toBe(1)
  const second = askForFold(db, orgId)
  expect(second).not.toBe(first)
  expect(askForFold(db, orgId)).toBe(second)
  release()
  await Promise.all([holder, first, second])
  expect(await jobs(orgId)).toBe(1)
})

it('a request that failed does not stop the next', async () => {
  const orgId = randomUUID()
  await expect(askForFold(db, 'nobody')).resolves.toBeUndefined()
  const away = openDb({ url: database.appUrl.replace(/\/[^/]+$/, '/nothing'), max: 1 })
  await expect(askForFold(away, orgId)).rejects.toThrow()
  await expect(askForFold(away, orgId)).rejects.toThrow()
  await away.close()
  await askForFold(db, orgId)
  expect(await jobs(orgId)).toBe(1)
})

/** Connections of this database that wait for another's row. */
const waitingForLock = async (): Promise<number> =>
  (
    await owner.query(
      `SELECT FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE NOT l.granted AND a.datname = current_database()`,
    )
  ).rowCount ?? 0
