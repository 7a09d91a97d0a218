import { randomUUID } from 'node:crypto'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  // An account seen twice: a badge then works.
  for (const day of ['2026-11-10', '2026-11-18'])
    await world.sql(
      north.orgId,
      `INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, captured_at)
       VALUES ($1, $2, $3, $4, $5, 'visit', 'order', $6, 'accepted', now())`,
      [
        north.orgId,
        randomUUID(),
        north.accounts.basque.id,
        north.territories.basque,
        north.people.basqueRep.membershipId,
        day,
      ],
    )
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.sql(north.orgId, 'DELETE FROM delegation')
  await world.sql(north.orgId, `UPDATE organisation SET headquarters_only = '[]'`)
})

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who])
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )
type Give = Parameters<ReturnType<typeof as>['delegation']['give']>[0]
const toRep = (over: Partial<Give> = {}): Give => ({
  receiverId: north.people.basqueRep.membershipId,
  territoryId: north.territories.basque,
  validFrom: '2026-11-20',
  validTo: null,
  ...over,
})
const question = (label: string, territoryId: string) => ({
  territoryId,
  entity: 'account' as const,
  spec: {
    label: { fr: label },
    why: { fr: 'Pour le test' },
    type: 'yes_no' as const,
    reportable: true,
    givebacks: [{ kind: 'badge' as const }],
  },
})
/** Whether somebody may ask a question at a place, as the draft of the builder is told. */
const asks = (who: keyof TestOrg['people'], place: keyof TestOrg['territories']) =>
  refusal(as(who).field.check({ ...question(randomUUID(), north.territories[place]), fieldId: null }))
const lastEvent = async (action: string) =>
  (
    await world.sql<{ detail: Record<string, unknown>; subject_id: string }>(
      north.orgId,
      'SELECT detail, subject_id FROM audit_event WHERE action = $1 ORDER BY at DESC LIMIT 1',
      [action],
    )
  )[0]

describe('the right to ask questions, handed to a rep', () => {
  it('opens the builder of his sub-sector to him at once, and of nothing else', async () => {
    expect(await asks('basqueRep', 'basque')).toBe('FORBIDDEN')
    expect((await as('basqueRep').org.me()).permissions).not.toContain('field.define')
    await as('local').delegation.give(toRep())
    expect(await asks('basqueRep', 'basque')).toBe('accepted')
    expect(await asks('basqueRep', 'pyrenees')).toBe('FORBIDDEN')
    expect(await asks('basqueRep', 'bearn')).toBe('FORBIDDEN')
    expect((await as('basqueRep').org.me()).permissions).toContain('field.define')
    expect((await as('basqueRep').field.list({ territoryId: north.territories.basque })).canDefine).toBe(true)
  })
  it('lets him publish a question that is his to change', async () => {
    await as('local').delegation.give(toRep())
    const rep = as('basqueRep')
    const { fieldId } = await rep.field.publish(question('Parle basque', north.territories.basque))
    expect((await rep.field.get({ fieldId })).canDefine).toBe(true)
    await rep.field.retire({ fieldId })
    await rep.field.restore({ fieldId })
    const [event] = await world.sql<{ membership_id: string }>(
      north.orgId,
      `SELECT membership_id FROM audit_event WHERE action = 'field.publish' AND subject_id = $1`,
      [fieldId],
    )
    expect(event?.membership_id).toBe(north.people.basqueRep.membershipId)
  })
  it('ends at once when it is taken back, and can be given again', async () => {
    const { id } = await as('local').delegation.give(toRep())
    await as('local').delegation.takeBack({ delegationId: id })
    expect(await asks('basqueRep', 'basque')).toBe('FORBIDDEN')
    await as('local').delegation.giveAgain({ delegationId: id })
    expect(await asks('basqueRep', 'basque')).toBe('accepted')
  })
  it('ends when the right of its giver ends, by a role or by his access', async () => {
    const session = await arrangePerson(world.sql, north.orgId, {
      name: 'leaver',
      role: 'manager',
      territoryId: north.territories.pyrenees,
    })
    await world.callerFor(session).delegation.give(toRep())
    expect(await asks('basqueRep', 'basque')).toBe('accepted')
    await world.sql(north.orgId, `UPDATE membership SET revoked_at = now() WHERE id = $1`, [
      session.membershipId,
    ])
    expect(await asks('basqueRep', 'basque')).toBe('FORBIDDEN')
    await world.sql(north.orgId, `UPDATE membership SET revoked_at = NULL WHERE id = $1`, [
      session.membershipId,
    ])
    expect(await asks('basqueRep', 'basque')).toBe('accepted')
    await world.sql(north.orgId, `UPDATE assignment SET valid_to = '2026-11-19' WHERE membership_id = $1`, [
      session.membershipId,
    ])
    expect(await asks('basqueRep', 'basque')).toBe('FORBIDDEN')
    await world.sql(north.orgId, 'DELETE FROM delegation')
    await world.sql(north.orgId, 'DELETE FROM assignment WHERE membership_id = $1', [session.membershipId])
  })
  it('opens nothing before its first day', async () => {
    await as('local').delegation.give(toRep({ validFrom: '2026-11-21' }))
    expect(await asks('basqueRep', 'basque')).toBe('FORBIDDEN')
    const [line] = await as('basqueRep').delegation.received()
    expect(line).toMatchObject({ later: true, idle: false, until: null, giverName: 'north-local' })
  })
  it('brings no other right: the accounts, figures and people of a branch stay with its manager', async () => {
    await as('local').delegation.give(toRep())
    const at = { territoryId: north.territories.basque }
    expect(await refusal(as('basqueRep').assignment.list(at))).toBe('FORBIDDEN')
    expect(await refusal(as('basqueRep').analytics.place(at))).toBe('FORBIDDEN')
    expect(
      await refusal(
        as('basqueRep').territory.createSubSector({ parentId: north.territories.pyrenees, name: 'x' }),
      ),
    ).toBe('FORBIDDEN')
  })
})

describe('handing it on', () => {
  it('is for those who hold it there: not a rep, not the administrator, not another branch or organisation', async () => {
    expect(await refusal(as('bearnRep').delegation.give(toRep()))).toBe('FORBIDDEN')
    expect(await refusal(as('admin').delegation.give(toRep()))).toBe('FORBIDDEN')
    const breton = toRep({
      receiverId: north.people.bretonRep.membershipId,
      territoryId: north.territories.finistere,
    })
    expect(await refusal(as('local').delegation.give(breton))).toBe('FORBIDDEN')
    expect(await refusal(as('hq').delegation.give(breton))).toBe('accepted')
    expect(await refusal(as('local', world.other).delegation.give(toRep()))).toBe('NOT_FOUND')
  })
  it('goes to people who stand there, never to oneself or to who has it already', async () => {
    const to = (person: keyof TestOrg['people'], org: TestOrg = north) =>
      refusal(as('local').delegation.give(toRep({ receiverId: org.people[person].membershipId })))
    expect(await to('bearnRep')).toBe('NOT_FOUND')
    expect(await to('bretonRep')).toBe('NOT_FOUND')
    expect(await to('basqueRep', world.other)).toBe('NOT_FOUND')
    expect(await to('local')).toBe('NOT_FOUND')
    expect(await to('regional')).toBe('NOT_FOUND')
    const receivers = await as('local').delegation.receivers({ territoryId: north.territories.pyrenees })
    expect(receivers.map(({ displayName, territoryName }) => [displayName, territoryName])).toEqual([
      ['north-admin', 'pyrenees'],
      ['north-basqueRep', 'basque'],
      ['north-bearnRep', 'bearn'],
    ])
  })
  it('begins today at the earliest, ends after it begins, and is given once', async () => {
    expect(await refusal(as('local').delegation.give(toRep({ validFrom: '2026-11-19' })))).toBe(
      'DELEGATION_DATES',
    )
    expect(await refusal(as('local').delegation.give(toRep({ validTo: '2026-11-19' })))).toBe(
      'DELEGATION_DATES',
    )
    const answers = await Promise.all([1, 2, 3].map(() => refusal(as('local').delegation.give(toRep()))))
    expect(answers.sort()).toEqual(['DELEGATION_EXISTS', 'DELEGATION_EXISTS', 'accepted'])
  })
  it('again goes no further than it came: neither in place nor in time', async () => {
    const { basque, pyrenees } = north.territories
    const chief = await arrangePerson(world.sql, north.orgId, {
      name: 'chief',
      role: 'rep',
      territoryId: pyrenees,
    })
    const second = await arrangePerson(world.sql, north.orgId, {
      name: 'second',
      role: 'rep',
      territoryId: basque,
    })
    const give = (over: Partial<Give>) =>
      refusal(world.callerFor(chief).delegation.give(toRep({ receiverId: second.membershipId, ...over })))
    await as('local').delegation.give(
      toRep({ receiverId: chief.membershipId, territoryId: basque, validTo: '2026-12-01' }),
    )
    expect(await give({ territoryId: pyrenees })).toBe('FORBIDDEN')
    expect(await give({ validTo: '2026-12-02' })).toBe('DELEGATION_BEYOND_GIVER')
    expect(await give({ validFrom: '2026-12-02' })).toBe('DELEGATION_BEYOND_GIVER')
    expect(await give({})).toBe('accepted')
    const [line] = await world.callerFor(second).delegation.received()
    expect(line).toMatchObject({ giverName: 'chief', validTo: null, until: '2026-12-01', idle: false })
    const [first] = (await as('local').delegation.list({ territoryId: basque })).delegations
    await as('local').delegation.takeBack({ delegationId: first?.id ?? '' })
    expect(await world.callerFor(second).delegation.received()).toEqual([
      expect.objectContaining({ giverName: 'chief', idle: true }),
    ])
    expect(
      await refusal(world.callerFor(second).field.check({ ...question('x', basque), fieldId: null })),
    ).toBe('FORBIDDEN')
  })
  it('is taken back by its giver, or by who has the right there by a role; not by who has it from him', async () => {
    const { id } = await as('local').delegation.give(toRep())
    const at = { delegationId: id }
    expect(await refusal(as('basqueRep').delegation.takeBack(at))).toBe('FORBIDDEN')
    expect(await refusal(as('bearnRep').delegation.takeBack(at))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).delegation.takeBack(at))).toBe('NOT_FOUND')
    expect(await refusal(as('regional').delegation.takeBack(at))).toBe('accepted')
    expect(await refusal(as('regional').delegation.giveAgain(at))).toBe('accepted')
  })
  it('is listed with who may by a role, for those who hold the right there', async () => {
    await as('local').delegation.give(toRep({ validTo: '2026-12-31' }))
    const told = await as('regional').delegation.list({ territoryId: north.territories.basque })
    expect(told.kept).toBe(false)
    expect(
      told.byRole.map(({ displayName, role, territoryName }) => [displayName, role, territoryName]),
    ).toEqual([
      ['north-hq', 'headquarters', 'france'],
      ['north-local', 'manager', 'pyrenees'],
      ['north-regional', 'manager', 'aquitaine'],
    ])
    expect(told.delegations).toEqual([
      expect.objectContaining({
        receiverName: 'north-basqueRep',
        giverName: 'north-local',
        until: '2026-12-31',
        changeable: true,
      }),
    ])
    expect(await refusal(as('basqueRep').delegation.list({ territoryId: north.territories.pyrenees }))).toBe(
      'FORBIDDEN',
    )
    expect(
      (await as('basqueRep').delegation.list({ territoryId: north.territories.basque })).delegations,
    ).toEqual([expect.objectContaining({ changeable: false })])
  })
  it('is written in the journal with what stood before and after', async () => {
    const { id } = await as('local').delegation.give(toRep({ validTo: '2026-12-31' }))
    const days = { validFrom: '2026-11-20', validTo: '2026-12-31' }
    expect(await lastEvent('delegation.give')).toMatchObject({
      subject_id: north.people.basqueRep.membershipId,
      detail: { territoryId: north.territories.basque, before: null, after: days },
    })
    await as('local').delegation.takeBack({ delegationId: id })
    expect((await lastEvent('delegation.takeBack'))?.detail).toMatchObject({ before: days, after: null })
    await as('local').delegation.giveAgain({ delegationId: id })
    expect((await lastEvent('delegation.giveAgain'))?.detail).toMatchObject({ before: null, after: days })
  })
})

describe('levels kept for headquarters', () => {
  it('are closed to managers in every procedure, at once, and open again when they are given back', async () => {
    expect(await asks('local', 'basque')).toBe('accepted')
    const { fieldId } = await as('local').field.publish(question('Gardée', north.territories.basque))
    const before = await as('admin').delegation.keepLevels({ ranks: [3] })
    expect(before).toEqual({ ranks: [] })
    expect(await asks('local', 'basque')).toBe('FORBIDDEN')
    expect(await refusal(as('local').field.retire({ fieldId }))).toBe('FORBIDDEN')
    expect(
      await refusal(as('local').field.affected({ fieldId, territoryId: north.territories.basque })),
    ).toBe('FORBIDDEN')
    expect(await asks('local', 'pyrenees')).toBe('accepted')
    expect(await asks('hq', 'basque')).toBe('accepted')
    const page = await as('local').territory.get({ territoryId: north.territories.basque })
    expect(page.can.define).toBe(false)
    expect(await refusal(as('local').delegation.give(toRep()))).toBe('FORBIDDEN')
    await as('admin').delegation.keepLevels({ ranks: [], known: [3] })
    expect(await asks('local', 'basque')).toBe('accepted')
  })
  it('are opened to one person by headquarters, a manager of the place too', async () => {
    await as('admin').delegation.keepLevels({ ranks: [2, 3] })
    await as('hq').delegation.give(
      toRep({ receiverId: north.people.local.membershipId, territoryId: north.territories.pyrenees }),
    )
    expect(await asks('local', 'pyrenees')).toBe('accepted')
    expect(await refusal(as('local').delegation.give(toRep()))).toBe('accepted')
    expect(await asks('basqueRep', 'basque')).toBe('accepted')
  })
  it('end what managers had handed on there, as long as they are kept', async () => {
    await as('local').delegation.give(toRep())
    await as('admin').delegation.keepLevels({ ranks: [3] })
    expect(await asks('basqueRep', 'basque')).toBe('FORBIDDEN')
    await as('admin').delegation.keepLevels({ ranks: [] })
    expect(await asks('basqueRep', 'basque')).toBe('accepted')
  })
  it('are set by who administers the whole organisation, who must have seen what is set', async () => {
    for (const who of ['hq', 'regional', 'basqueRep'] as const) {
      expect(await refusal(as(who).delegation.keepLevels({ ranks: [0] }))).toBe('FORBIDDEN')
      expect(await refusal(as(who).delegation.levels())).toBe('FORBIDDEN')
    }
    await as('admin').delegation.keepLevels({ ranks: [1] })
    expect(await refusal(as('admin').delegation.keepLevels({ ranks: [2], known: [] }))).toBe(
      'CHANGED_MEANWHILE',
    )
    expect(await as('admin').delegation.levels()).toEqual({ ranks: [1] })
    expect((await lastEvent('delegation.keepLevels'))?.detail).toMatchObject({ before: [], after: [1] })
  })
})
