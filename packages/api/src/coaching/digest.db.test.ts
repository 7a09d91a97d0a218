import { randomUUID } from 'node:crypto'
import { inOrg } from '@fieldback/db/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  arrangeField,
  arrangeReport,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from '../test-world.ts'
import { digestBranches } from './digest.job.ts'

let world: TestWorld
let north: TestOrg
let onAccount: string
let onContact: string

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const field = (entity: 'account' | 'contact', key: string) =>
    arrangeField(world.sql, north, {
      territoryId: north.territories.france,
      entity,
      key,
      spec: { type: 'yes_no', label: { fr: key } },
    })
  onAccount = await field('account', 'four')
  onContact = await field('contact', 'basque')
})
afterAll(() => world.close())

const sql = (text: string, values: readonly unknown[] = []) => world.sql(north.orgId, text, values)
const count = () => digestBranches({ db: world.db, now: () => WORLD_NOW }, north.orgId)
const view = (
  who: keyof TestOrg['people'],
  at: keyof TestOrg['territories'],
  span: 'month' | 'quarter' = 'month',
) => world.callerFor(north.people[who]).coaching.view({ territoryId: north.territories[at], span })
const report = async (
  by: 'basqueRep' | 'bearnRep',
  at: 'basque' | 'bearn',
  over: {
    readonly day?: string
    readonly outcome?: string
    readonly note?: string
    readonly status?: string
  } = {},
) => {
  const id = await arrangeReport(world.sql, north, { at, by })
  const { day = '2026-11-10', outcome = 'none', note = null, status = 'accepted' } = over
  await sql('UPDATE report SET day = $2, outcome = $3, note = $4, status = $5 WHERE id = $1', [
    id,
    day,
    outcome,
    note,
    status,
  ])
  return id
}

it('nothing was counted: it is asked for, and said so', async () => {
  expect(await view('local', 'pyrenees')).toMatchObject({ countedAt: null, counts: {}, since: '2026-10-01' })
  const jobs = await sql('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [`digest:${north.orgId}`])
  expect(jobs).toHaveLength(1)
})

it('counts what was said, won, promised, kept and called back since, at its place and at all above', async () => {
  const { basque, bearn } = north.accounts
  const said = (day: string) => ({ v: 1, x: true, d: day })
  await sql('UPDATE account SET values = $2, last_visit_day = $3 WHERE id = $1', [
    basque.id,
    JSON.stringify({ [onAccount]: said('2026-11-03') }),
    '2026-11-12',
  ])
  await sql('UPDATE contact SET values = $2 WHERE id = $1', [
    basque.contactId,
    JSON.stringify({ [onContact]: said('2026-11-04') }),
  ])
  // Said before: known for long.
  await sql('UPDATE account SET values = $2 WHERE id = $1', [
    bearn.id,
    JSON.stringify({ [onAccount]: said('2026-09-30') }),
  ])
  await sql(
    `INSERT INTO change (org_id, entity, entity_id, version, at, membership_id, op_id, kind, before, after)
     VALUES ($1, 'account', $2, 2, '2026-11-05', $3, gen_random_uuid(), 'account.update', '{"kind": "prospect"}', '{"kind": "client"}'),
            ($1, 'account', $4, 2, '2026-11-05', $3, gen_random_uuid(), 'account.update', '{"kind": "client"}', '{"kind": "prospect"}')`,
    [north.orgId, basque.id, north.people.basqueRep.membershipId, bearn.id],
  )
  await sql(`UPDATE account SET kind = 'client' WHERE id = $1`, [basque.id])
  await report('basqueRep', 'basque', { outcome: 'revisit', note: 'à revoir' })
  await report('bearnRep', 'bearn', { outcome: 'revisit', note: '   ' })
  await report('bearnRep', 'bearn', { status: 'withdrawn', outcome: 'revisit', note: 'retiré' })
  await report('bearnRep', 'bearn', { day: '2026-09-10', outcome: 'revisit' })
  await sql(
    `INSERT INTO callback (org_id, id, account_id, assignee_id, reason, due_day, done_at)
     VALUES ($1, gen_random_uuid(), $2, $3, 'devis', '2026-11-06', '2026-11-06'), ($1, gen_random_uuid(), $2, $3, 'devis', '2026-11-30', NULL)`,
    [north.orgId, bearn.id, north.people.bearnRep.membershipId],
  )
  await sql(
    `INSERT INTO report_use (org_id, author_id, day, user_id, kind, n) VALUES ($1, $2, '2026-11-07', $3, 'read', 2), ($1, $2, '2026-09-07', $3, 'read', 9)`,
    [north.orgId, north.people.basqueRep.membershipId, north.people.local.membershipId],
  )
  await count()
  expect((await view('local', 'pyrenees')).counts).toEqual({
    known: 1,
    [`field:${onAccount}`]: 1,
    [`field:${onContact}`]: 1,
    clients: 1,
    reports: 2,
    noted: 1,
    promised: 2,
    kept: 1,
    calledBack: 1,
    read: 2,
  })
  expect((await view('hq', 'france')).counts).toEqual((await view('local', 'pyrenees')).counts)
  expect((await view('local', 'bearn')).counts).toEqual({ reports: 1, promised: 1, calledBack: 1 })
  expect((await view('local', 'bearn', 'quarter')).counts).toMatchObject({
    reports: 2,
    promised: 2,
    known: 1,
  })
  expect((await view('local', 'pyrenees')).questions.map(({ id, n }) => [id, n]).sort()).toEqual(
    [
      [onAccount, 1],
      [onContact, 1],
    ].sort(),
  )
})

it('a rep is told what his managers read of his territory, and of no other', async () => {
  await world.settled()
  const { membershipId } = north.people.bearnRep
  const { pack } = await world
    .callerFor(north.people.bearnRep)
    .sync.pull({ protocol: 1, membershipId, cursor: null, frameTag: null, packAsOf: null })
  expect(pack?.digests).toEqual([
    {
      territoryId: north.territories.bearn,
      since: '2026-10-01',
      counts: { known: 0, clients: 0, promised: 1, kept: 0, calledBack: 1 },
    },
  ])
})

it('counted again, it counts the same; what goes is no longer counted', async () => {
  const before = (await view('local', 'pyrenees')).counts
  await count()
  expect((await view('local', 'pyrenees')).counts).toEqual(before)
  await sql('UPDATE callback SET done_at = NULL')
  await count()
  expect((await view('local', 'pyrenees')).counts.calledBack).toBeUndefined()
  expect((await view('local', 'bearn')).counts).toEqual({ reports: 1, promised: 1 })
})

it('leads to the accounts of the reader, and to none that left his branch', async () => {
  const behind = (who: keyof TestOrg['people'], at: keyof TestOrg['territories'], figure: 'known' | 'kept') =>
    world
      .callerFor(north.people[who])
      .coaching.behind({ territoryId: north.territories[at], span: 'month', figure })
  expect(await behind('local', 'pyrenees', 'known')).toMatchObject([
    { id: north.accounts.basque.id, name: 'Compte basque', day: '2026-11-04' },
  ])
  expect(await behind('local', 'pyrenees', 'kept')).toMatchObject([{ day: '2026-11-12' }])
  await sql('UPDATE account SET territory_id = $2 WHERE id = $1', [
    north.accounts.basque.id,
    north.territories.finistere,
  ])
  expect(await behind('local', 'pyrenees', 'known')).toEqual([])
  expect(await behind('hq', 'france', 'known')).toHaveLength(1)
  await sql('UPDATE account SET territory_id = $2 WHERE id = $1', [
    north.accounts.basque.id,
    north.territories.basque,
  ])
})

it('what reps made of what came back to them is told of five people or more, and of no fewer', async () => {
  const field = await arrangeField(world.sql, north, {
    territoryId: north.territories.france,
    entity: 'report',
    key: 'returned',
    spec: { type: 'yes_no', label: { fr: 'x' } },
  })
  const { membershipId } = north.people.basqueRep
  await sql(
    `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers, seconds, received, used)
     VALUES ($1, $2, $3, '2026-11-01', 1, 1, 9, 4), ($1, $2, $3, '2026-09-01', 1, 1, 9, 7)`,
    [north.orgId, membershipId, field],
  )
  await sql(
    `INSERT INTO insight_opinion (org_id, membership_id, key, useful, at) VALUES ($1, $2, 'a', true, '2026-11-02')`,
    [north.orgId, membershipId],
  )
  await count()
  const few = (await view('local', 'pyrenees')).counts
  expect([few.opened, few.useful, few.read]).toEqual([undefined, undefined, 2])
  for (let n = 0; n < 5; n++)
    await sql(
      `INSERT INTO rollup_person (org_id, basis, territory_id, month, membership_id, n) VALUES ($1, 'today', $2, '2026-11-01', $3, 1)`,
      [north.orgId, north.territories.aquitaine, randomUUID()],
    )
  expect((await view('regional', 'aquitaine')).counts).toMatchObject({ opened: 4, useful: 1 })
})

it('how deep reports are is not shown of fewer than five people, of one’s own branch either', async () => {
  for (let n = 0; n < 10; n++) await report('basqueRep', 'basque', { note: 'dit' })
  const people = async (place: 'pyrenees' | 'basque', among: number) => {
    for (let n = 0; n < among; n++)
      await sql(
        `INSERT INTO rollup_person (org_id, basis, territory_id, month, membership_id, n) VALUES ($1, 'today', $2, '2026-11-01', $3, 2)`,
        [north.orgId, north.territories[place], randomUUID()],
      )
  }
  await people('pyrenees', 4)
  await people('basque', 4)
  await count()
  const hidden = { visible: false, reason: 'people', have: 4, need: 5 }
  expect((await view('local', 'pyrenees')).here).toMatchObject({ size: hidden, depth: null })
  await people('pyrenees', 1)
  const { here, below } = await view('local', 'pyrenees')
  expect(here.depth).toMatchObject({ reports: 12, noted: 11, pictured: 0 })
  expect(below.find(({ place }) => place.name === 'basque')).toMatchObject({ size: hidden, depth: null })
  for (const session of ['local', 'hq'] as const)
    expect(JSON.stringify(await view(session, session === 'hq' ? 'france' : 'pyrenees'))).not.toContain(
      north.people.basqueRep.membershipId,
    )
})

it('what is optional is counted where all are asked it, from the roll-ups', async () => {
  const optional = await arrangeField(world.sql, north, {
    territoryId: north.territories.france,
    entity: 'report',
    key: 'optional',
    spec: { type: 'yes_no', label: { fr: 'Vitrine' }, reportable: true, required: false },
  })
  await inOrg(world.db, north.orgId, async (tx) => {
    for (const [bucket, n] of [
      ['_asked', 12],
      ['_answered', 9],
      ['true', 9],
    ] as const)
      await tx.$executeRaw`INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, n_none)
        VALUES (${north.orgId}::uuid, ${optional}::uuid, 'today', ${north.territories.pyrenees}::uuid, '2026-11-01', ${bucket}, ${n})`
  })
  const { here, questions } = await view('local', 'pyrenees')
  expect(here.depth).toMatchObject({ asked: 12, answered: 9 })
  expect(questions[0]).toMatchObject({ id: optional, n: 9 })
})

it('a rep and an administrator do not read it', async () => {
  for (const who of ['basqueRep', 'admin'] as const)
    await expect(view(who, 'basque')).rejects.toMatchObject({ message: 'FORBIDDEN' })
})
