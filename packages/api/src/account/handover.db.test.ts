import { randomUUID } from 'node:crypto'
import type { Operation } from '@fieldback/domain/sync/operation'
import type { PullPage } from '@fieldback/domain/sync/pull'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { passCallbacks } from '../agenda/pass-callbacks.job.ts'
import type { SessionIds } from '../context.ts'
import {
  arrangeAccount,
  arrangeField,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let now = WORLD_NOW
let world: TestWorld
let north: TestOrg
/** An account of Pays Basque with a visit, a contact and a call-back of its rep. */
let account: { id: string; contactId: string }
let callbackId: string
beforeAll(async () => {
  world = await openTestWorld({ now: () => now })
  north = world.north
})
afterAll(() => world.close())
beforeEach(async () => {
  now = WORLD_NOW
  account = await arrangeAccount(world.sql, north.orgId, north.territories.basque, 'Fromagerie Harispe')
  await world.sql(north.orgId, `UPDATE account_home SET from_at = '2026-01-01' WHERE account_id = $1`, [
    account.id,
  ])
  await visit(north.people.basqueRep, '2026-11-02')
  callbackId = randomUUID()
  await world.sql(
    north.orgId,
    'INSERT INTO callback (org_id, id, account_id, assignee_id, reason, due_day) VALUES ($1, $2, $3, $4, $5, $6)',
    [
      north.orgId,
      callbackId,
      account.id,
      north.people.basqueRep.membershipId,
      'Tarif du fromage',
      '2026-11-25',
    ],
  )
})

const as = (who: keyof TestOrg['people']) => world.callerFor(north.people[who])
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )
async function visit(by: SessionIds, day: string, values: object = {}): Promise<string> {
  const id = randomUUID()
  await world.sql(
    north.orgId,
    `INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, "values", missing, duration_seconds, captured_at)
     SELECT $1, $2, $3, territory_id, $4, 'visit', 'quote', $5, 'accepted', $6, '[]', 60, now() FROM account WHERE org_id = $1 AND id = $3`,
    [north.orgId, id, account.id, by.membershipId, day, JSON.stringify(values)],
  )
  return id
}
const pull = async (who: keyof TestOrg['people'], from: PullPage | null = null): Promise<PullPage> => {
  await world.settled()
  const session = north.people[who]
  return world.callerFor(session).sync.pull({
    protocol: 1,
    membershipId: session.membershipId,
    cursor: from?.cursor ?? null,
    frameTag: from?.frameTag ?? null,
    packAsOf: from?.pack?.asOf ?? null,
  })
}
const push = async (
  who: keyof TestOrg['people'],
  said: Pick<Operation, 'kind' | 'body'>,
  capturedAt = now,
) => {
  const { membershipId } = north.people[who]
  const envelope = { opId: randomUUID(), entityId: randomUUID(), seq: 1, base: 0, clockOffset: 0 }
  const operation = { ...envelope, capturedAt: capturedAt.toISOString(), ...said }
  const { answers } = await as(who).sync.push({ protocol: 1, membershipId, operations: [operation] })
  return answers[0]?.status
}
const move = (to: keyof TestOrg['territories']) =>
  as('local').account.move({ accountIds: [account.id], territoryId: north.territories[to] })
const came = (page: PullPage) => page.pack?.handovers?.came.find(({ accountId }) => accountId === account.id)
const passOn = () => passCallbacks(world.deps, north.orgId)

describe('an account that is given another home', () => {
  it('comes to its new rep with its whole history, what was promised, and a brief', async () => {
    const before = await pull('bearnRep')
    await move('bearn')
    await passOn()
    const page = await pull('bearnRep', before)
    expect(page.accounts.map(({ id }) => id)).toEqual([account.id])
    expect(new Set(page.contacts.map(({ id }) => id))).toEqual(new Set([account.contactId]))
    expect(new Set(page.reports.map((r) => [r.day, r.outcome, r.authorName].join()))).toEqual(
      new Set(['2026-11-02,quote,north-basqueRep']),
    )
    expect(page.callbacks).toContainEqual(
      expect.objectContaining({ id: callbackId, whose: 'north-basqueRep' }),
    )
    // Its brief does not wait for the ten minutes that figures may be old.
    expect(came(page)).toEqual({
      accountId: account.id,
      since: '2026-11-20',
      fromName: 'north-basqueRep',
      note: null,
    })
  })

  it('leaves the phone of its former rep, who sees nothing of what comes after and keeps his own ledger', async () => {
    await world.sql(
      north.orgId,
      `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers, seconds) VALUES ($1, $2, $3, '2026-11-01', 3, 12)`,
      [north.orgId, north.people.basqueRep.membershipId, await question('basque', 'yes_no')],
    )
    const before = await pull('basqueRep')
    const ledger = before.pack?.ledger
    expect(ledger?.length).toBeGreaterThan(0)
    await move('bearn')
    await passOn()
    const after = await visit(north.people.bearnRep, '2026-11-20')
    const page = await pull('basqueRep', before)
    expect(page.left).toContain(account.id)
    expect(page.reports).toEqual([])
    expect(page.callbacks.map(({ id }) => id)).not.toContain(callbackId)
    // Its name and town apart, so that he may leave a word.
    const { pack, ...again } = await pull('basqueRep')
    expect(pack?.handovers?.left.map(({ accountId }) => accountId)).toContain(account.id)
    expect(JSON.stringify([again, { ...pack, handovers: null }])).not.toContain(account.id)
    expect(page.pack?.ledger).toEqual(ledger)
    expect(page.pack?.handovers?.left.map(({ accountId }) => accountId)).toContain(account.id)
    expect(await refusal(as('basqueRep').report.get({ reportId: after }))).toBe('FORBIDDEN')
  })

  it('does not take the free text of a question that its new rep may not read with it', async () => {
    const secret = await question('basque', 'short_text')
    await visit(north.people.basqueRep, '2026-11-03', { [secret]: { v: 1, x: 'PLANTED-SECRET' } })
    expect(JSON.stringify(await pull('basqueRep'))).toContain('PLANTED-SECRET')
    await move('bearn')
    const page = await pull('bearnRep')
    expect(page.reports.filter(({ accountId }) => accountId === account.id)).toHaveLength(2)
    expect(JSON.stringify(page)).not.toContain('PLANTED-SECRET')
  })

  it('has its brief put away by a visit of its new rep, and by his word', async () => {
    await move('bearn')
    await visit(north.people.bearnRep, '2026-11-19')
    expect(came(await pull('bearnRep'))).toBeDefined()
    const seen = await visit(north.people.bearnRep, '2026-11-20')
    expect(came(await pull('bearnRep'))).toBeUndefined()
    await world.sql(north.orgId, `UPDATE report SET status = 'withdrawn' WHERE id = $1`, [seen])
    expect(came(await pull('bearnRep'))).toBeDefined()
    const dismissed = { kind: 'handover.dismiss', body: { accountId: account.id } } as const
    expect(await push('bearnRep', dismissed)).toBe('applied')
    expect(came(await pull('bearnRep'))).toBeUndefined()
  })

  it('is told for ninety days at most, and is none for who had it, or has it from above', async () => {
    await move('bearn')
    const day = '2026-08-21T10:00:00Z'
    await world.sql(
      north.orgId,
      'UPDATE account_home SET from_at = $2 WHERE account_id = $1 AND to_at IS NULL',
      [account.id, day],
    )
    expect(came(await pull('bearnRep'))).toBeUndefined()
    expect(came(await pull('local'))).toBeUndefined()
    await move('basque')
    expect(came(await pull('bearnRep'))).toBeUndefined()
  })

  it('gives its call-back back to who promised it when it returns, and to nobody where nobody is', async () => {
    const assignee = async () => {
      const [row] = await world.sql<{ a: string; f: string | null }>(
        north.orgId,
        'SELECT assignee_id AS a, former_id AS f FROM callback WHERE id = $1',
        [callbackId],
      )
      return [row?.a, row?.f]
    }
    const { basqueRep, bearnRep } = north.people
    await move('bearn')
    await passOn()
    await passOn()
    expect(await assignee()).toEqual([bearnRep.membershipId, basqueRep.membershipId])
    await move('basque')
    await passOn()
    expect(await assignee()).toEqual([basqueRep.membershipId, null])
    await move('pyrenees')
    await passOn()
    expect(await assignee()).toEqual([basqueRep.membershipId, null])
  })

  it('is listed to its manager until somebody has been there, and to no other branch', async () => {
    await move('bearn')
    const arrivals = async (who: 'local' | 'bearnRep', place: keyof TestOrg['territories']) =>
      (await as(who).account.arrivals({ territoryId: north.territories[place] })).arrivals.find(
        (one) => one.accountId === account.id,
      )
    expect(await arrivals('local', 'pyrenees')).toMatchObject({
      fromName: 'basque',
      toName: 'bearn',
      since: '2026-11-20',
    })
    expect((await arrivals('bearnRep', 'bearn'))?.fromName).toBeNull()
    expect(await arrivals('local', 'basque')).toBeUndefined()
    await world.sql(north.orgId, `UPDATE account SET last_visit_day = '2026-11-20' WHERE id = $1`, [
      account.id,
    ])
    expect(await arrivals('local', 'pyrenees')).toBeUndefined()
    expect(await refusal(as('bretonRep').account.arrivals({ territoryId: north.territories.bearn }))).toBe(
      'FORBIDDEN',
    )
  })

  it('lets its former rep tick off what he promised, though his phone learns late that it passed', async () => {
    await move('bearn')
    await passOn()
    const { membershipId } = north.people.basqueRep
    const done = {
      opId: randomUUID(),
      entityId: callbackId,
      seq: 1,
      base: 1,
      clockOffset: 0,
      capturedAt: now.toISOString(),
      kind: 'callback.done',
      body: {},
    }
    const { answers } = await as('basqueRep').sync.push({ protocol: 1, membershipId, operations: [done] })
    expect(answers[0]?.status).toBe('applied')
  })
})

describe('what a rep wants to pass on', () => {
  const note = (text: string | null) =>
    ({ kind: 'handover.note', body: { accountId: account.id, text } }) as const
  it('is read by whoever comes after him, by nobody before, and by himself', async () => {
    expect(await push('basqueRep', note('Passer avant dix heures'))).toBe('applied')
    expect((await pull('basqueRep')).pack?.handovers?.own).toContainEqual({
      accountId: account.id,
      text: 'Passer avant dix heures',
    })
    expect(JSON.stringify(await pull('local'))).not.toContain('Passer avant')
    await move('bearn')
    expect(came(await pull('bearnRep'))?.note).toEqual({
      text: 'Passer avant dix heures',
      authorName: 'north-basqueRep',
    })
  })
  it('is taken when it was written before the account left, and taken back by nothing', async () => {
    await move('bearn')
    const earlier = new Date('2026-11-20T09:00:00Z')
    expect(await push('basqueRep', note('Écrit avant'), earlier)).toBe('applied')
    expect(came(await pull('bearnRep'))?.note?.text).toBe('Écrit avant')
    expect(await push('basqueRep', note(null), earlier)).toBe('applied')
    expect(came(await pull('bearnRep'))?.note).toBeNull()
  })
  it('may still be written once the account has left him, for thirty days, and tells him nothing of what came after', async () => {
    await move('bearn')
    const left = async () =>
      (await pull('basqueRep')).pack?.handovers?.left.find(({ accountId }) => accountId === account.id)
    expect(await left()).toEqual({
      accountId: account.id,
      name: 'Fromagerie Harispe',
      city: null,
      since: '2026-11-20',
    })
    expect((await pull('bretonRep')).pack?.handovers?.left).toEqual([])
    await world.sql(
      north.orgId,
      'UPDATE account_home SET to_at = now() WHERE account_id = $1 AND to_at IS NOT NULL',
      [account.id],
    )
    now = new Date(Date.now() + 60_000)
    expect(await push('basqueRep', note('Écrit après'))).toBe('applied')
    expect(await push('basqueRep', { kind: 'handover.dismiss', body: { accountId: account.id } })).toBe(
      'quarantined',
    )
    await world.sql(
      north.orgId,
      `UPDATE account_home SET to_at = now() - interval '40 days' WHERE account_id = $1 AND to_at IS NOT NULL`,
      [account.id],
    )
    expect(await left()).toBeUndefined()
    expect(await push('basqueRep', note('Trop tard'))).toBe('quarantined')
  })

  it('of an account that he never held is put aside, for nobody to read', async () => {
    expect(await push('bretonRep', note('Indiscret'))).toBe('quarantined')
    expect(await push('bretonRep', { kind: 'handover.dismiss', body: { accountId: account.id } })).toBe(
      'quarantined',
    )
    const rows = await world.sql(
      north.orgId,
      `SELECT 1 FROM sync_quarantine WHERE territory_id IS NOT NULL AND operation ->> 'kind' LIKE 'handover.%'`,
    )
    expect(rows).toEqual([])
  })
})

describe('a place that is given to another rep', () => {
  it('brings him all its accounts with briefs from the day he begins, and who was there sees them no more', async () => {
    const { assignments } = await as('local').assignment.ofPerson({
      membershipId: north.people.basqueRep.membershipId,
    })
    const [own] = assignments
    const membershipId = north.people.bearnRep.membershipId
    await as('local').assignment.end({ assignmentId: own?.id ?? '', lastDay: '2026-11-20' })
    await as('local').assignment.assign({
      membershipId,
      territoryId: north.territories.basque,
      role: 'rep',
      validFrom: '2026-11-21',
      validTo: null,
    })
    expect(came(await pull('bearnRep'))).toBeUndefined()
    now = new Date('2026-11-21T10:00:00Z')
    await passOn()
    const page = await pull('bearnRep')
    expect(page.reports.map(({ accountId }) => accountId)).toContain(account.id)
    expect(page.callbacks.map(({ id }) => id)).toContain(callbackId)
    expect(came(page)).toMatchObject({ since: '2026-11-21', fromName: 'north-basqueRep' })
    expect(page.pack?.handovers?.came.map(({ accountId }) => accountId)).not.toContain(
      north.accounts.bearn.id,
    )
    expect(await refusal(pull('basqueRep'))).toBe('FORBIDDEN')
  })
})

async function question(at: keyof TestOrg['territories'], type: 'yes_no' | 'short_text'): Promise<string> {
  return arrangeField(world.sql, north, {
    territoryId: north.territories[at],
    entity: 'report',
    key: randomUUID(),
    spec: { type } as never,
  })
}
