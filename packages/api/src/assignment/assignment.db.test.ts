import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who])
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )
const give = (over: Partial<Parameters<ReturnType<typeof as>['assignment']['assign']>[0]> = {}) => ({
  membershipId: north.people.bearnRep.membershipId,
  territoryId: north.territories.basque,
  role: 'rep' as const,
  validFrom: '2026-11-20',
  validTo: null,
  ...over,
})
const member = async (name: string) =>
  (await arrangePerson(world.sql, north.orgId, { name, role: 'rep', territoryId: north.territories.basque }))
    .membershipId

describe('the people of a branch', () => {
  it('are listed with their roles, places and days, those of other branches left out', async () => {
    const { assignments, more } = await as('local').assignment.list({
      territoryId: north.territories.pyrenees,
    })
    expect(more).toBe(false)
    expect(
      assignments.map((a) => [a.displayName, a.role, a.territoryName, a.validFrom, a.changeable]),
    ).toEqual(
      expect.arrayContaining([
        ['north-local', 'manager', 'pyrenees', '2026-01-01', true],
        ['north-basqueRep', 'rep', 'basque', '2026-01-01', true],
        ['north-bearnRep', 'rep', 'bearn', '2026-01-01', true],
      ]),
    )
    expect(assignments).toHaveLength(3)
  })
  it('who may be assigned are those of the branch, and members who hold nothing yet', async () => {
    const loose = await member('loose')
    await world.sql(north.orgId, `DELETE FROM assignment WHERE membership_id = $1`, [loose])
    const names = (await as('local').assignment.people()).map((person) => person.displayName)
    expect(names).toEqual(['loose', 'north-basqueRep', 'north-bearnRep', 'north-local'])
  })
  it('whose membership was revoked are neither listed nor offered', async () => {
    const gone = await member('gone')
    await world.sql(north.orgId, `UPDATE membership SET revoked_at = now() WHERE id = $1`, [gone])
    const { assignments } = await as('local').assignment.list({ territoryId: north.territories.pyrenees })
    expect(assignments.map((a) => a.displayName)).not.toContain('gone')
    expect(await refusal(as('local').assignment.assign(give({ membershipId: gone })))).toBe('NOT_FOUND')
  })
  it('are for those who may grant: not a rep, not headquarters, not another branch or organisation', async () => {
    const at = { territoryId: north.territories.finistere }
    expect(await refusal(as('bretonRep').assignment.list(at))).toBe('FORBIDDEN')
    expect(await refusal(as('bretonRep').assignment.people())).toBe('FORBIDDEN')
    expect(await refusal(as('hq').assignment.list(at))).toBe('FORBIDDEN')
    expect(await refusal(as('local').assignment.list(at))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).assignment.list(at))).toBe('NOT_FOUND')
  })
})

describe('an assignment', () => {
  it('opens the sector to the rep at once, and is written in the journal', async () => {
    const before = as('bearnRep').territory.get({ territoryId: north.territories.basque })
    expect(await refusal(before)).toBe('FORBIDDEN')
    const { id } = await as('local').assignment.assign(give())
    const page = await as('bearnRep').territory.get({ territoryId: north.territories.basque })
    expect(page.territory.name).toBe('basque')
    const [event] = await world.sql<{ action: string; detail: Record<string, unknown> }>(
      north.orgId,
      'SELECT action, detail FROM audit_event WHERE subject_id = $1',
      [id],
    )
    expect(event).toMatchObject({
      action: 'assignment.assign',
      detail: { role: 'rep', validFrom: '2026-11-20' },
    })
  })
  it('of the same role on the same days is made once, even asked for at the same instant', async () => {
    const membershipId = north.people.basqueRep.membershipId
    const at = give({ membershipId, territoryId: north.territories.bearn })
    const answers = await Promise.all([1, 2, 3].map(() => refusal(as('local').assignment.assign(at))))
    expect(answers.sort()).toEqual(['ASSIGNMENT_EXISTS', 'ASSIGNMENT_EXISTS', 'accepted'])
  })
  it('never gives more than the giver holds', async () => {
    expect(await refusal(as('local').assignment.assign(give({ role: 'administrator' })))).toBe(
      'ASSIGNMENT_BEYOND_GRANTER',
    )
    // The administrator appoints to every role: it is what the role is for.
    expect(await refusal(as('admin').assignment.assign(give({ role: 'administrator' })))).toBe('accepted')
  })
  it('begins today at the earliest, and ends after it begins', async () => {
    expect(await refusal(as('local').assignment.assign(give({ validFrom: '2026-11-19' })))).toBe(
      'ASSIGNMENT_DATES',
    )
    expect(
      await refusal(as('local').assignment.assign(give({ validFrom: '2026-12-02', validTo: '2026-12-01' }))),
    ).toBe('ASSIGNMENT_DATES')
  })
  it('that begins later opens nothing today', async () => {
    const at = give({
      membershipId: north.people.basqueRep.membershipId,
      territoryId: north.territories.pyrenees,
    })
    await as('local').assignment.assign({ ...at, validFrom: '2026-12-01' })
    expect(await refusal(as('basqueRep').territory.get({ territoryId: north.territories.pyrenees }))).toBe(
      'FORBIDDEN',
    )
  })
  it('is refused for people, places and organisations out of reach', async () => {
    const { assign } = as('local').assignment
    expect(await refusal(assign(give({ membershipId: north.people.bretonRep.membershipId })))).toBe(
      'NOT_FOUND',
    )
    expect(await refusal(assign(give({ membershipId: world.other.people.basqueRep.membershipId })))).toBe(
      'NOT_FOUND',
    )
    expect(await refusal(assign(give({ territoryId: north.territories.finistere })))).toBe('FORBIDDEN')
    expect(await refusal(assign(give({ territoryId: world.other.territories.basque })))).toBe('NOT_FOUND')
    expect(await refusal(as('bretonRep').assignment.assign(give()))).toBe('FORBIDDEN')
    expect(await refusal(as('hq').assignment.assign(give()))).toBe('FORBIDDEN')
  })
})

describe('the end of an assignment', () => {
  const held = async (name: string) => {
    const session = await arrangePerson(world.sql, north.orgId, {
      name,
      role: 'rep',
      territoryId: north.territories.bearn,
    })
    const { assignments } = await as('local').assignment.list({ territoryId: north.territories.bearn })
    const id = assignments.find((a) => a.membershipId === session.membershipId)?.id ?? ''
    const enter = () =>
      refusal(world.callerFor(session).territory.get({ territoryId: north.territories.bearn }))
    return { id, enter }
  }
  it('yesterday closes the sector at once, and can be taken back', async () => {
    const { id, enter } = await held('ender')
    expect(await enter()).toBe('accepted')
    const { previous } = await as('local').assignment.end({ assignmentId: id, lastDay: '2026-11-19' })
    expect(previous).toBeNull()
    expect(await enter()).toBe('FORBIDDEN')
    await as('local').assignment.end({ assignmentId: id, lastDay: previous })
    expect(await enter()).toBe('accepted')
  })
  it('today lets the day be finished', async () => {
    const { id, enter } = await held('finisher')
    await as('local').assignment.end({ assignmentId: id, lastDay: '2026-11-20' })
    expect(await enter()).toBe('accepted')
  })
  it('never rewrites the past: no earlier than yesterday, and what ended before stays ended', async () => {
    const { id } = await held('past')
    expect(await refusal(as('local').assignment.end({ assignmentId: id, lastDay: '2026-11-18' }))).toBe(
      'ASSIGNMENT_DATES',
    )
    await world.sql(north.orgId, `UPDATE assignment SET valid_to = '2026-11-01' WHERE id = $1`, [id])
    expect(await refusal(as('local').assignment.end({ assignmentId: id, lastDay: null }))).toBe(
      'ASSIGNMENT_DATES',
    )
  })
  it('is not taken back where the territory has closed since', async () => {
    const parentId = north.territories.aquitaine
    const { id: territoryId } = await as('admin').territory.add({
      parentId,
      rank: 2,
      name: 'Creuse',
      code: null,
    })
    const { id: assignmentId } = await as('admin').assignment.assign(give({ territoryId }))
    await as('admin').assignment.end({ assignmentId, lastDay: '2026-11-19' })
    await as('admin').territory.close({ territoryId })
    const runOn = (lastDay: string | null) =>
      refusal(as('admin').assignment.end({ assignmentId, lastDay, known: '2026-11-19' }))
    expect([await runOn(null), await runOn('2026-12-31')]).toEqual(['NOT_FOUND', 'NOT_FOUND'])
    await as('admin').territory.reopen({ territoryId })
    expect(await runOn(null)).toBe('accepted')
  })
  it('before it begins calls it off', async () => {
    const { id } = await as('local').assignment.assign(
      give({ validFrom: '2026-12-10', territoryId: north.territories.bearn, role: 'manager' }),
    )
    await as('local').assignment.end({ assignmentId: id, lastDay: '2026-12-09' })
    const { assignments } = await as('local').assignment.list({ territoryId: north.territories.bearn })
    expect(assignments.map((a) => a.id)).not.toContain(id)
  })
  it('is refused out of the branch, to a rep, to another organisation, and for a role beyond the reader', async () => {
    const [breton] = (await as('admin').assignment.list({ territoryId: north.territories.finistere }))
      .assignments
    const at = { assignmentId: breton?.id ?? '', lastDay: '2026-11-20' }
    expect(await refusal(as('local').assignment.end(at))).toBe('FORBIDDEN')
    expect(await refusal(as('bretonRep').assignment.end(at))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).assignment.end(at))).toBe('NOT_FOUND')
    const { assignments } = await as('local').assignment.list({ territoryId: north.territories.basque })
    const admin = assignments.find((a) => a.role === 'administrator')
    expect(admin?.changeable).toBe(false)
    expect(
      await refusal(as('local').assignment.end({ assignmentId: admin?.id ?? '', lastDay: '2026-11-20' })),
    ).toBe('ASSIGNMENT_BEYOND_GRANTER')
  })
})
