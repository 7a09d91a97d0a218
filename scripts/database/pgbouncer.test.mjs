import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '../../packages/api/src/root.ts'
import { push } from '../../packages/api/src/sync/push.ts'
import { openTestWorld } from '../../packages/api/src/test-world.ts'
import { createCallerFactory } from '../../packages/api/src/trpc.ts'
import { inOrg, openDb } from '../../packages/db/src/client.ts'
import { inOrgSql } from '../../packages/db/src/org-sql.ts'
import { root, startOwnCluster } from './own-cluster.fixture.mjs'
import { startPgBouncer } from './pgbouncer.fixture.mjs'

const createCaller = createCallerFactory(appRouter)
/** Connections of the web over those that the pooler has: transactions of tenants take turns on each. */
const CLIENTS = 20
const SERVERS = 4
const ROUNDS = 12

let cluster
let worlds
let tenants
let bouncer

beforeAll(async () => {
  cluster = await startOwnCluster()
  const world = await openTestWorld()
  worlds = [world]
  tenants = [world.north, world.other]
  const users = [world.database.appUrl].map((url) => [new URL(url).username, new URL(url).password])
  bouncer = await startPgBouncer({ root, cluster, users, size: SERVERS })
}, 120_000)
afterAll(async () => {
  for (const world of worlds ?? []) await world.close()
  await cluster?.stop()
}, 60_000)

function through(namedStatements) {
  const url = new URL(worlds[0].database.appUrl)
  url.port = String(bouncer.port)
  return openDb({ url: url.href, max: CLIENTS, namedStatements })
}

/** What the web does, each for a tenant: it answers whose rows it saw. */
const WORK = [
  (db, { orgId }) => inOrg(db, orgId, async (tx) => (await tx.territory.findMany()).map((row) => row.orgId)),
  (db, { orgId }) =>
    inOrgSql(db, orgId, async (tx) =>
      (await tx.$queryRaw`SELECT org_id AS id FROM account`).map(({ id }) => id),
    ),
  async (db, tenant) => {
    const caller = createCaller({ deps: { ...worlds[0].deps, db }, session: tenant.people.hq })
    const { roots } = await caller.analytics.place({ territoryId: null })
    return roots.map(({ id }) => (id === tenant.territories.france ? tenant.orgId : id))
  },
  async (db, tenant) => {
    const [{ status }] = await push({ ...worlds[0].deps, db }, tenant.people.basqueRep, [report(tenant)])
    if (status === 'waiting') throw new Error('put off')
    return status === 'applied' ? [tenant.orgId] : [status]
  },
  // Given up in the middle: nothing of it may be left on the connection.
  (db, { orgId }) =>
    inOrg(db, orgId, async (tx) => {
      await tx.$queryRaw`SELECT count(*)::int FROM report`
      throw new GivenUp()
    }).catch((error) => {
      if (error instanceof GivenUp) return [orgId]
      throw error
    }),
  // Without an organisation there is nothing to see, whoever was here before.
  async (db, { orgId }) =>
    (await db.pool.query('SELECT org_id AS id FROM territory')).rows.length === 0 ? [orgId] : ['leaked'],
]
class GivenUp extends Error {}

const report = ({ accounts }) => ({
  opId: randomUUID(),
  entityId: randomUUID(),
  seq: 1,
  base: 0,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
  kind: 'report.create',
  body: {
    accountId: accounts.basque.id,
    contactId: null,
    kind: 'visit',
    outcome: 'order',
    day: '2026-11-19',
    note: null,
    fieldSet: 'none',
    values: {},
    seconds: {},
    durationSeconds: 20,
  },
})

/** All kinds of work of all tenants at once, many times: what each saw of others, and the errors by their code. */
async function campaign(db) {
  const foreign = []
  const errors = new Map()
  let done = 0
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, at) => {
      for (let round = 0; round < ROUNDS; round++) {
        const tenant = tenants[(at + round) % tenants.length]
        const work = WORK[(at * 7 + round) % WORK.length]
        try {
          const seen = await work(db, tenant)
          if (seen.length === 0 || seen.some((id) => id !== tenant.orgId))
            foreign.push([...new Set(seen)].join())
          done += 1
        } catch (error) {
          const code = codeOf(error)
          errors.set(code, (errors.get(code) ?? 0) + 1)
        }
      }
    }),
  )
  return { done, foreign, errors: Object.fromEntries(errors) }
}

function codeOf(error) {
  for (let at = error; at; at = at.cause) {
    const code = at.meta?.driverAdapterError?.cause?.originalCode ?? at.code
    if (/^[0-9A-Z]{5}$/.test(code ?? '')) return code
  }
  return String(error?.message ?? error)
}

describe('PgBouncer in transaction mode', () => {
  it('keeps tenants apart, and everything works, without named statements', async () => {
    const db = through(false)
    const { done, foreign, errors } = await campaign(db)
    expect({ foreign, errors }).toEqual({ foreign: [], errors: {} })
    expect(done).toBe(CLIENTS * ROUNDS)
    await db.close()
  }, 120_000)

  it('keeps tenants apart with named statements; before 1.21 some are not found, which is said and nothing else', async () => {
    const db = through(true)
    const { done, foreign, errors } = await campaign(db)
    expect(foreign).toEqual([])
    const [major, minor] = bouncer.version
    if (major > 1 || minor >= 21) expect([errors, done]).toEqual([{}, CLIENTS * ROUNDS])
    // No such statement, or another of that name, or what came after it; a phone is then told to send again.
    else
      expect(Object.keys(errors).filter((code) => !/^(26000|42P05|08P01|25P02|put off)$/.test(code))).toEqual(
        [],
      )
    await db.close()
  }, 120_000)

  // Last, for what it leaves on the connections.
  it('really shares connections: a setting that outlives its transaction shows another tenant’s rows', async () => {
    const db = through(false)
    const wrong = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, at) => {
        const { orgId } = tenants[at % tenants.length]
        let seen = 0
        for (let round = 0; round < 20; round++) {
          await db.pool.query(`SELECT set_config('app.org', $1, false)`, [orgId])
          const { rows } = await db.pool.query('SELECT DISTINCT org_id AS id FROM territory')
          if (rows.some(({ id }) => id !== orgId)) seen += 1
        }
        return seen
      }),
    )
    expect(wrong.reduce((sum, seen) => sum + seen, 0)).toBeGreaterThan(0)
    await db.close()
  })
})
