import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import type { SessionIds } from '../context.ts'
import { arrangeInsight } from '../insight/arrange-insight.fixture.ts'
import { arrangeField, openTestWorld, type TestWorld } from '../test-world.ts'

let world: TestWorld
let basque: string
let breton: string
beforeAll(async () => {
  world = await openTestWorld()
  const { north, sql } = world
  const spec = { type: 'yes_no' } as const
  basque = await arrangeField(sql, north, {
    territoryId: north.territories.basque,
    entity: 'contact',
    key: 'basque',
    spec,
  })
  breton = await arrangeField(sql, north, {
    territoryId: north.territories.bretagne,
    entity: 'contact',
    key: 'breton',
    spec,
  })
})
afterAll(() => world.close())
beforeEach(async () => {
  for (const table of ['ledger_cell', 'giveback_day', 'giveback_opinion', 'insight_opinion', 'insight'])
    await world.sql(world.north.orgId, `DELETE FROM ${table}`)
})

const sent = (kind: string, body: object, capturedAt = '2026-11-20T09:00:00.000Z', clockOffset = 0) => ({
  opId: randomUUID(),
  entityId: randomUUID(),
  seq: 1,
  base: 0,
  capturedAt,
  clockOffset,
  kind,
  body,
})
const note = (over: object = {}, capturedAt?: string, clockOffset?: number) =>
  sent(
    'giveback.record',
    { fieldId: basque, kind: 'badge', used: false, about: world.north.accounts.basque.id, ...over },
    capturedAt,
    clockOffset,
  )
const judge = (useful: boolean | null, over: object = {}) =>
  sent('giveback.judge', { fieldId: basque, kind: 'badge', useful, ...over })
const push = async (operations: readonly unknown[], session: SessionIds = world.north.people.basqueRep) =>
  (
    await world
      .callerFor(session)
      .sync.push({ protocol: 1, membershipId: session.membershipId, operations: [...operations] })
  ).answers
const pull = (session: SessionIds, opinionsTag: string | null = null) =>
  world.callerFor(session).sync.pull({
    protocol: 1,
    membershipId: session.membershipId,
    cursor: null,
    frameTag: null,
    packAsOf: null,
    opinionsTag,
  })
const secondPhone = async (): Promise<SessionIds> => {
  const session = { ...world.north.people.basqueRep, deviceId: randomUUID() }
  await world.sql(
    session.orgId,
    'INSERT INTO device (org_id, id, membership_id, label) VALUES ($1, $2, $3, $4)',
    [session.orgId, session.deviceId, session.membershipId, 'test'],
  )
  return session
}
const ledger = async () => {
  await fold({ db: world.db }, world.north.orgId)
  return world.sql(
    world.north.orgId,
    `SELECT to_char(month, 'YYYY-MM') AS month, received, used, followed, contacted FROM ledger_cell ORDER BY month`,
  )
}
const counts = (over: object = {}) => ({
  month: '2026-11',
  received: 0,
  used: 0,
  followed: 0,
  contacted: 0,
  ...over,
})

describe('the ledger of what came back', () => {
  it('counts a return once a day for each of what became of it, from two phones and in two folds alike', async () => {
    const opened = { used: true, done: 'opened' }
    await push([note(), note(), note(opened)])
    expect(await ledger()).toEqual([counts({ received: 1, used: 1 })])
    await push([note(), note(opened), note(opened)], await secondPhone())
    expect(await ledger()).toEqual([counts({ received: 1, used: 1 })])
    await push([note({}, '2026-11-19T09:00:00.000Z')])
    expect(await ledger()).toEqual([counts({ received: 2, used: 1 })])
  })

  it('two folds at the same time count it once', async () => {
    await push([note()])
    await push([note()], await secondPhone())
    await Promise.all([fold({ db: world.db }, world.north.orgId), fold({ db: world.db }, world.north.orgId)])
    expect(await ledger()).toEqual([counts({ received: 1 })])
  })

  it('a forged phone that invents accounts, days and clocks gains one of each day of the last month', async () => {
    const invented = Array.from({ length: 40 }, () => note({ about: randomUUID() }))
    await push(invented)
    expect(await ledger()).toEqual([counts({ received: 1 })])
    const days = Array.from({ length: 120 }, (_, at) =>
      note({ about: null }, new Date(Date.parse('2026-11-20T09:00:00Z') - at * 86_400_000).toISOString()),
    )
    const ahead = [note({ about: null }, '2031-01-01T00:00:00.000Z'), note({ about: null }, undefined, 9e12)]
    await push([...days, ...ahead])
    const rows = (await ledger()) as { month: string; received: number }[]
    expect(rows.reduce((sum, { received }) => sum + received, 0)).toBe(31)
    expect(rows.map(({ month }) => month)).toEqual(['2026-10', '2026-11'])
  })

  it('counts reminders that were followed and lists that were written from, and each as opened', async () => {
    const acted = { used: true, done: 'acted' }
    await push([
      note({ ...acted, kind: 'reminder' }),
      note({ ...acted, kind: 'reminder' }),
      note({ ...acted, kind: 'segment', about: null }),
    ])
    expect(await ledger()).toEqual([counts({ used: 2, followed: 1, contacted: 1 })])
    const { pack } = await pull(world.north.people.basqueRep)
    expect(pack?.ledger).toMatchObject([{ fieldId: basque, used: 2, followed: 1, contacted: 1 }])
  })

  it('takes what a phone of an earlier version says', async () => {
    await push([
      sent('giveback.record', { fieldId: basque, kind: 'badge', used: false }),
      sent('giveback.record', { fieldId: basque, kind: 'badge', used: true }),
    ])
    expect(await ledger()).toEqual([counts({ received: 1, used: 1 })])
  })

  it('still counts what was waiting to be folded when the version changed', async () => {
    const { orgId, people } = world.north
    const given = { fieldId: basque, month: '2026-11', answers: 2, seconds: 9, received: 3, used: 1 }
    await world.sql(orgId, 'INSERT INTO rollup_outbox (org_id, fact) VALUES ($1, $2)', [
      orgId,
      JSON.stringify({ of: 'ledger', member: people.basqueRep.membershipId, given: [given] }),
    ])
    await push([note()])
    expect(await ledger()).toEqual([counts({ received: 4, used: 1 })])
  })

  it('forgets which returns it counted once no phone may tell of that day', async () => {
    const { orgId, people } = world.north
    await world.sql(
      orgId,
      `INSERT INTO giveback_day (org_id, membership_id, day, field_id, kind, about, done)
       VALUES ($1, $2, '2026-10-01', $3, 'badge', $3, 'shown'), ($1, $2, '2026-10-25', $3, 'badge', $3, 'shown')`,
      [orgId, people.basqueRep.membershipId, basque],
    )
    await push([note()])
    await ledger()
    const days = await world.sql(
      orgId,
      `SELECT to_char(day, 'MM-DD') AS day FROM giveback_day ORDER BY giveback_day.day`,
    )
    expect(days).toEqual([{ day: '10-25' }, { day: '11-20' }])
  })
})

describe('what a rep thinks of what comes back', () => {
  it('comes down to his second phone, the last to arrive, and to nobody else', async () => {
    const { people } = world.north
    await push([judge(true)])
    await push([judge(false)], await secondPhone())
    const first = (await pull(people.basqueRep)).opinions
    expect(first?.held.returns).toEqual([
      { fieldId: basque, kind: 'badge', useful: false, day: '2026-11-20' },
    ])
    expect((await pull(people.local)).opinions?.held.returns).toEqual([])
    expect((await pull(people.basqueRep, first?.tag ?? null)).opinions).toBeNull()
    await push([judge(null)])
    expect((await pull(people.basqueRep, first?.tag ?? null)).opinions?.held.returns).toEqual([])
  })

  it('is asked of what he is asked: of a neighbour’s question it is put aside, read by no manager', async () => {
    const [answer] = await push([judge(true, { fieldId: breton })])
    expect(answer).toMatchObject({ status: 'quarantined', code: 'OP_FORBIDDEN' })
    const { orgId } = world.north
    expect(await world.sql(orgId, 'SELECT 1 FROM giveback_opinion')).toEqual([])
    expect(await world.sql(orgId, 'SELECT territory_id FROM sync_quarantine')).toEqual([
      { territory_id: null },
    ])
  })

  it('of an insight is the one he gives at a desk, and of one that he may not be told nothing is kept', async () => {
    const { north } = world
    const { key } = await arrangeInsight(world.sql, north, { at: 'pyrenees', people: 6 })
    const far = await arrangeInsight(world.sql, north, { at: 'finistere', people: 6 })
    const said = (of: string, useful: boolean | null) => sent('insight.judge', { key: of, useful })
    await push([said(key, false), said(far.key, true), said('nowhere', true)])
    const held = async () => (await pull(north.people.basqueRep)).opinions?.held.insights
    expect(await held()).toEqual([{ key, useful: false, day: '2026-11-20' }])
    await world.callerFor(north.people.basqueRep).insight.judge({ key, useful: true })
    expect(await held()).toEqual([{ key, useful: true, day: '2026-11-20' }])
    await push([said(key, null)])
    expect(await held()).toEqual([])
  })

  it('of another organisation is unknown here', async () => {
    const { other } = world
    const [answer] = await push([judge(true)], other.people.basqueRep)
    expect(answer).toMatchObject({ status: 'quarantined', code: 'OP_FIELD_UNKNOWN' })
    expect((await pull(other.people.basqueRep)).opinions?.held).toEqual({ returns: [], insights: [] })
  })
})
