import { randomUUID } from 'node:crypto'
import type { PullPage } from '@fieldback/domain/sync/pull'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import { arrangePerson, openTestWorld, type TestOrg, type TestWorld, WORLD_NOW } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let now = WORLD_NOW
let world: TestWorld
let north: TestOrg
let marc: SessionIds
let lea: SessionIds
beforeAll(async () => {
  world = await openTestWorld({ now: () => now })
  north = world.north
})
afterAll(() => world.close())
beforeEach(async () => {
  now = WORLD_NOW
  world.mails.length = 0
  marc = await arrangePerson(world.sql, north.orgId, {
    name: 'Marc',
    role: 'rep',
    territoryId: north.territories.basque,
  })
  lea = await arrangePerson(world.sql, north.orgId, {
    name: 'Léa',
    role: 'rep',
    territoryId: north.territories.bearn,
  })
})

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who])
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )
const replacing = (over: object = {}) => ({
  absentId: marc.membershipId,
  substituteId: lea.membershipId,
  validFrom: '2026-11-20',
  validTo: '2026-11-27',
  ...over,
})
const enter = (who: SessionIds, place: keyof TestOrg['territories'] = 'basque') =>
  refusal(world.callerFor(who).territory.get({ territoryId: north.territories[place] }))
const pull = async (who: SessionIds, from: PullPage | null = null): Promise<PullPage> => {
  await world.settled()
  return world.callerFor(who).sync.pull({
    protocol: 1,
    membershipId: who.membershipId,
    cursor: from?.cursor ?? null,
    frameTag: null,
    packAsOf: null,
  })
}
const promise = async (by: SessionIds, dueDay = '2026-11-21', account = north.accounts.basque) => {
  const id = randomUUID()
  await world.sql(
    north.orgId,
    'INSERT INTO callback (org_id, id, account_id, assignee_id, reason, due_day) VALUES ($1, $2, $3, $4, $5, $6)',
    [north.orgId, id, account.id, by.membershipId, 'Tarif du fromage', dueDay],
  )
  return id
}
const push = async (who: SessionIds, kind: 'callback.done' | 'callback.set', entityId: string, body = {}) => {
  const operation = {
    opId: randomUUID(),
    entityId,
    seq: 1,
    base: 1,
    capturedAt: now.toISOString(),
    clockOffset: 0,
    kind,
    body,
  }
  const { answers } = await world
    .callerFor(who)
    .sync.push({ protocol: 1, membershipId: who.membershipId, operations: [operation] })
  return answers[0]?.status
}

describe('a replacement', () => {
  it('gives the places of who is away for its days, ends by itself, and takes nothing from him', async () => {
    expect(await enter(lea)).toBe('FORBIDDEN')
    const made = await as('local').assignment.replace(replacing())
    expect(made).toMatchObject({ places: 1, left: 0, standsIn: [] })
    expect([await enter(lea), await enter(marc)]).toEqual(['accepted', 'accepted'])
    now = new Date('2026-11-27T22:00:00Z')
    expect(await enter(lea)).toBe('accepted')
    now = new Date('2026-11-28T10:00:00Z')
    expect([await enter(lea), await enter(marc)]).toEqual(['FORBIDDEN', 'accepted'])
  })

  it('goes along when its place is merged into another, and ended early is over there too', async () => {
    const { pyrenees } = north.territories
    const sector = async (name: string) =>
      (await as('local').territory.createSubSector({ parentId: pyrenees, name: `${name} ${randomUUID()}` }))
        .id
    const [from, into] = [await sector('Soule'), await sector('Barousse')]
    const anne = await arrangePerson(world.sql, north.orgId, { name: 'Anne', role: 'rep', territoryId: from })
    const { id } = await as('local').assignment.replace(replacing({ absentId: anne.membershipId }))
    const { gestureIds } = await as('local').territory.merge({ territoryId: from, intoId: into })
    const reaches = (territoryId: string) => refusal(world.callerFor(lea).territory.get({ territoryId }))
    expect(await reaches(into)).toBe('accepted')
    await as('local').assignment.endReplacement({ replacementId: id, lastDay: '2026-11-19' })
    expect(await reaches(into)).toBe('FORBIDDEN')
    await as('local').assignment.endReplacement({ replacementId: id, lastDay: '2026-11-20' })
    await as('local').territory.undo({ gestureIds: [...gestureIds] })
    expect([await reaches(from), await reaches(into)]).toEqual(['accepted', 'FORBIDDEN'])
  })

  it('is shown as one in the list of the place and of both people, and stays in the history', async () => {
    await as('local').assignment.replace(replacing())
    const { assignments } = await as('local').assignment.list({ territoryId: north.territories.basque })
    const line = assignments.find(({ membershipId }) => membershipId === lea.membershipId)
    expect(line).toMatchObject({ absentName: 'Marc', validTo: '2026-11-27', changeable: false })
    const own = await as('local').assignment.ofPerson({ membershipId: marc.membershipId })
    expect(own.assignments.map((a) => [a.territoryName, a.validTo])).toEqual([['basque', null]])
    expect(own.replacements.map((r) => [r.absentName, r.substituteName])).toEqual([['Marc', 'Léa']])
    const running = await as('local').assignment.replacements({ territoryId: north.territories.pyrenees })
    expect(running.map(({ absentId }) => absentId)).toContain(marc.membershipId)
    now = new Date('2026-12-01T10:00:00Z')
    const { assignments: past } = await as('local').assignment.ended({
      territoryId: north.territories.basque,
    })
    expect(past[0]).toMatchObject({ displayName: 'Léa', absentName: 'Marc', validTo: '2026-11-27' })
    const later = await as('local').assignment.ofPerson({ membershipId: lea.membershipId })
    expect(later.assignments.map((a) => [a.territoryName, a.absentName])).toEqual([
      ['basque', 'Marc'],
      ['bearn', null],
    ])
  })

  it('tells both, each in his language', async () => {
    await world.sql(north.orgId, `UPDATE membership SET locale = 'en' WHERE id = $1`, [lea.membershipId])
    await as('local').assignment.replace(replacing())
    const [toMarc, toLea] = ['marc', 'léa'].map((name) => world.mails.find(({ to }) => to.startsWith(name)))
    expect(toMarc?.text).toContain('Léa vous remplace du 20 novembre 2026 au 27 novembre 2026')
    expect(toLea?.text).toContain('You replace Marc')
  })

  it('of places that its maker may give in part passes those, and says how many it leaves', async () => {
    await world.sql(
      north.orgId,
      `INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from) VALUES ($1, $2, $3, $4, 'rep', '2026-01-01')`,
      [north.orgId, randomUUID(), marc.membershipId, north.territories.finistere],
    )
    expect(await as('local').assignment.replace(replacing())).toMatchObject({ places: 1, left: 1 })
    expect([await enter(lea), await enter(lea, 'finistere')]).toEqual(['accepted', 'FORBIDDEN'])
  })

  it('gives nobody more than its maker holds', async () => {
    const boss = await arrangePerson(world.sql, north.orgId, {
      name: 'Chef',
      role: 'administrator',
      territoryId: north.territories.pyrenees,
    })
    expect(await refusal(as('local').assignment.replace(replacing({ absentId: boss.membershipId })))).toBe(
      'ASSIGNMENT_BEYOND_GRANTER',
    )
  })

  it('is refused to who may not, for people out of reach and of another organisation', async () => {
    expect(await refusal(world.callerFor(lea).assignment.replace(replacing()))).toBe('FORBIDDEN')
    expect(await refusal(as('hq').assignment.replace(replacing()))).toBe('FORBIDDEN')
    const { bretonRep } = north.people
    const { replace } = as('local').assignment
    expect(await refusal(replace(replacing({ absentId: bretonRep.membershipId })))).toBe('NOT_FOUND')
    expect(await refusal(replace(replacing({ substituteId: bretonRep.membershipId })))).toBe('NOT_FOUND')
    expect(await refusal(as('local', world.other).assignment.replace(replacing()))).toBe('NOT_FOUND')
    expect(await refusal(as('local').assignment.ofPerson({ membershipId: bretonRep.membershipId }))).toBe(
      'NOT_FOUND',
    )
    expect(await refusal(world.callerFor(lea).assignment.ofPerson({ membershipId: lea.membershipId }))).toBe(
      'FORBIDDEN',
    )
    expect(await refusal(as('bretonRep').assignment.ended({ territoryId: north.territories.basque }))).toBe(
      'FORBIDDEN',
    )
    expect(
      await refusal(as('local').assignment.replacements({ territoryId: north.territories.finistere })),
    ).toBe('FORBIDDEN')
  })

  it('of somebody without places on these days has nothing to give, and says so', async () => {
    const { assignments } = await as('local').assignment.ofPerson({ membershipId: marc.membershipId })
    await as('local').assignment.end({ assignmentId: assignments[0]?.id ?? '', lastDay: '2026-11-21' })
    const after = replacing({ validFrom: '2026-11-22' })
    expect(await refusal(as('local').assignment.replace(after))).toBe('REPLACEMENT_NO_PLACES')
  })

  it('is made once for a day, even asked for twice at the same instant', async () => {
    const { bearnRep } = north.people
    const other = replacing({ substituteId: bearnRep.membershipId })
    const answers = await Promise.all(
      [replacing(), other].map((one) => refusal(as('local').assignment.replace(one))),
    )
    expect(answers.sort()).toEqual(['REPLACEMENT_OVERLAPS', 'accepted'])
  })

  it('of a substitute passes his own places and not those he holds in replacement', async () => {
    await as('local').assignment.replace(replacing())
    const third = await arrangePerson(world.sql, north.orgId, {
      name: 'Paul',
      role: 'rep',
      territoryId: north.territories.pyrenees,
    })
    await world.sql(north.orgId, `UPDATE assignment SET valid_to = '2026-11-19' WHERE membership_id = $1`, [
      third.membershipId,
    ])
    const nested = { ...replacing(), absentId: lea.membershipId, substituteId: third.membershipId }
    expect(await as('local').assignment.replace(nested)).toMatchObject({ places: 1, standsIn: ['Marc'] })
    expect([await enter(third, 'bearn'), await enter(third)]).toEqual(['accepted', 'FORBIDDEN'])
  })

  it('ends before its day with all its places, can be taken back, and is told', async () => {
    const { id } = await as('local').assignment.replace(replacing())
    world.mails.length = 0
    const { previous } = await as('local').assignment.endReplacement({
      replacementId: id,
      lastDay: '2026-11-19',
    })
    expect(previous).toBe('2026-11-27')
    expect([await enter(lea), world.mails.length]).toEqual(['FORBIDDEN', 2])
    await as('local').assignment.endReplacement({ replacementId: id, lastDay: previous, known: '2026-11-19' })
    expect(await enter(lea)).toBe('accepted')
    const ended = { replacementId: id, lastDay: '2026-11-20' }
    expect(await refusal(as('bretonRep').assignment.endReplacement(ended))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).assignment.endReplacement(ended))).toBe('NOT_FOUND')
    expect(await refusal(as('local').assignment.endReplacement({ ...ended, known: '2026-11-25' }))).toBe(
      'CHANGED_MEANWHILE',
    )
  })

  it('lasts no longer than the place it stands for, and a place of it is not ended by itself', async () => {
    await as('local').assignment.replace(replacing())
    const { assignments } = await as('local').assignment.ofPerson({ membershipId: marc.membershipId })
    await as('local').assignment.end({ assignmentId: assignments[0]?.id ?? '', lastDay: '2026-11-19' })
    expect(await enter(lea)).toBe('FORBIDDEN')
    await as('local').assignment.end({ assignmentId: assignments[0]?.id ?? '', lastDay: null })
    const held = await as('local').assignment.ofPerson({ membershipId: lea.membershipId })
    const line = held.assignments.find(({ absentName }) => absentName === 'Marc')
    expect(line?.validTo).toBe('2026-11-27')
    const alone = { assignmentId: line?.id ?? '', lastDay: '2026-11-20' }
    expect(await refusal(as('local').assignment.end(alone))).toBe('ASSIGNMENT_OF_REPLACEMENT')
  })

  it('lets the substitute be given the place for good meanwhile', async () => {
    await as('local').assignment.replace(replacing())
    const given = {
      membershipId: lea.membershipId,
      territoryId: north.territories.basque,
      role: 'rep',
      validFrom: '2026-11-20',
      validTo: null,
    } as const
    expect(await refusal(as('local').assignment.assign(given))).toBe('accepted')
  })

  it('leaves lines in the journal, when it is made and when it ends', async () => {
    const { id } = await as('local').assignment.replace(replacing())
    await as('local').assignment.endReplacement({ replacementId: id, lastDay: '2026-11-22' })
    const lines = await world.sql<{ action: string }>(
      north.orgId,
      `SELECT action FROM audit_event WHERE detail ->> 'replacementId' = $1 ORDER BY at`,
      [id],
    )
    expect(lines.map(({ action }) => action)).toEqual(['assignment.replace', 'assignment.endReplacement'])
  })
})

describe('what the absent promised', () => {
  it('is on the phone of his substitute, under his name, and on his own', async () => {
    const id = await promise(marc)
    const before = await pull(lea)
    expect(before.callbacks).toEqual([])
    await as('local').assignment.replace(replacing())
    const page = await pull(lea, before)
    expect([page.reset, page.callbacks.map((b) => [b.id, b.whose])]).toEqual([true, [[id, 'Marc']]])
    const own = await pull(marc)
    expect(own.callbacks.map((b) => [b.id, b.whose])).toEqual([[id, undefined]])
    expect(page.pack?.handovers?.replaces).toEqual([{ name: 'Marc', until: '2026-11-27' }])
    expect(own.pack?.handovers?.replacedBy).toEqual([{ name: 'Léa', until: '2026-11-27' }])
    now = new Date('2026-11-28T10:00:00Z')
    const after = await pull(lea, page)
    expect([after.reset, after.callbacks, after.accounts.map((a) => a.id)]).toEqual([
      true,
      [],
      [north.accounts.bearn.id],
    ])
  })

  it('is told to a substitute who holds the place himself too', async () => {
    const beside = await arrangePerson(world.sql, north.orgId, {
      name: 'Inès',
      role: 'rep',
      territoryId: north.territories.basque,
    })
    const id = await promise(marc)
    const page = await pull(beside)
    expect(page.callbacks).toEqual([])
    const made = await as('local').assignment.replace(replacing({ substituteId: beside.membershipId }))
    expect(made.places).toBe(1)
    expect((await pull(beside, page)).callbacks.map((b) => b.id)).toContain(id)
  })

  it('is settled by the substitute while he stands in, also when it arrives later, and stays the other one’s', async () => {
    const [done, moved, late] = [await promise(marc), await promise(marc), await promise(marc)]
    await as('local').assignment.replace(replacing())
    const body = {
      accountId: north.accounts.basque.id,
      contactId: null,
      dueDay: '2026-12-09',
      reason: 'Après les fêtes',
    }
    expect(await push(lea, 'callback.done', done)).toBe('applied')
    expect(await push(lea, 'callback.set', moved, body)).toBe('applied')
    // Where he holds no place of the other one's, it is not his to settle.
    const elsewhere = await promise(marc, '2026-11-21', north.accounts.finistere)
    expect(await push(lea, 'callback.done', elsewhere)).toBe('quarantined')
    now = new Date('2026-11-28T10:00:00Z')
    expect(await push(lea, 'callback.done', late)).toBe('quarantined')
    const rows = await world.sql<{ id: string; assignee_id: string; done: boolean }>(
      north.orgId,
      'SELECT id, assignee_id, done_at IS NOT NULL AS done FROM callback WHERE id = ANY ($1)',
      [[done, moved, late]],
    )
    expect(new Map(rows.map((row) => [row.id, [row.assignee_id, row.done]]))).toEqual(
      new Map([
        [done, [marc.membershipId, true]],
        [moved, [marc.membershipId, false]],
        [late, [marc.membershipId, false]],
      ]),
    )
  })
})
