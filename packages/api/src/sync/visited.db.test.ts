import { randomUUID } from 'node:crypto'
import type { PullPage } from '@fieldback/domain/sync/pull'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrangeAccount, openTestWorld, type TestWorld } from '../test-world.ts'

let world: TestWorld
let account: { id: string; contactId: string }
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  const { north, sql } = world
  account = await arrangeAccount(sql, north.orgId, north.territories.basque, `Auberge ${randomUUID()}`)
})

const envelope = (entityId: string, seq: number) => ({
  opId: randomUUID(),
  entityId,
  seq,
  base: seq - 1,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
})

/** A visit of the account, by the rep of its sector. */
async function visit(day: string): Promise<string> {
  const id = randomUUID()
  await send({
    ...envelope(id, 1),
    kind: 'report.create',
    body: {
      accountId: account.id,
      contactId: account.contactId,
      kind: 'visit',
      outcome: 'order',
      day,
      note: null,
      fieldSet: 'unknown',
      values: {},
      seconds: {},
      durationSeconds: 30,
    },
  })
  return id
}

async function send(operation: object): Promise<void> {
  const { basqueRep } = world.north.people
  const { answers } = await world
    .callerFor(basqueRep)
    .sync.push({ protocol: 1, membershipId: basqueRep.membershipId, operations: [operation] })
  expect(answers.map(({ status }) => status)).toEqual(['applied'])
}

/** What a manager's phone is told from a page on. */
async function pull(from: PullPage | null = null): Promise<PullPage> {
  await world.settled()
  const { local } = world.north.people
  const page = await world.callerFor(local).sync.pull({
    protocol: 1,
    membershipId: local.membershipId,
    cursor: from?.cursor ?? null,
    frameTag: from?.frameTag ?? null,
    packAsOf: null,
  })
  expect(page.more).toBe(false)
  return page
}

const stamp = async () => {
  const [row] = await world.sql(world.north.orgId, 'SELECT sync_xid, sync_seq FROM account WHERE id = $1', [
    account.id,
  ])
  return row
}
const lastVisits = (page: PullPage) =>
  page.accounts.filter(({ id }) => id === account.id).map(({ lastVisitDay }) => lastVisitDay)

describe('the last visit of an account', () => {
  it('comes with the report that moved it, and gives the account no new stamp', async () => {
    const before = await pull()
    const stampBefore = await stamp()
    await visit('2026-11-19')
    const after = await pull(before)
    expect(lastVisits(after)).toEqual(['2026-11-19'])
    expect(after.reports).toHaveLength(1)
    expect(await stamp()).toEqual(stampBefore)
    expect(lastVisits(await pull(after))).toEqual([])
  })

  it('goes back with the report that is withdrawn', async () => {
    await visit('2026-11-02')
    const second = await visit('2026-11-19')
    const before = await pull()
    await send({ ...envelope(second, 2), kind: 'report.withdraw', body: { reason: null } })
    expect(lastVisits(await pull(before))).toEqual(['2026-11-02'])
  })

  it('comes once with an account that changed beside', async () => {
    const before = await pull()
    await visit('2026-11-19')
    await world.sql(world.north.orgId, `UPDATE account SET activity = 'Ferme' WHERE id = $1`, [account.id])
    expect(lastVisits(await pull(before))).toEqual(['2026-11-19'])
  })

  it('stamps the account when its report is too old to be told', async () => {
    const before = await pull()
    await visit('2024-03-05')
    const after = await pull(before)
    expect([lastVisits(after), after.reports]).toEqual([['2024-03-05'], []])
  })

  it('is told once in a first load, whatever was reported before', async () => {
    await visit('2026-11-19')
    expect(lastVisits(await pull())).toEqual(['2026-11-19'])
  })
})

it('every other column of an account gives it a new stamp', async () => {
  const rows = await world.sql<{ column: string }>(
    world.north.orgId,
    `SELECT a.attname::text AS column FROM pg_attribute a
      WHERE a.attrelid = 'account'::regclass AND a.attnum > 0 AND NOT a.attisdropped
        AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = a.attrelid AND g.tgname = 'stamp_sync' AND a.attnum = ANY (g.tgattr))`,
  )
  expect(rows.map(({ column }) => column).sort()).toEqual(['last_visit_day', 'sync_seq', 'sync_xid'])
})
