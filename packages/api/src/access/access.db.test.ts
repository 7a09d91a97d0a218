import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangePerson, openTestWorld, type TestWorld } from '../test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: Error) => error.message,
  )
const admin = () => world.callerFor(world.north.people.admin).access
const audited = (action: string) =>
  world.sql<{ subject_id: string; membership_id: string; detail: object }>(
    world.north.orgId,
    'SELECT subject_id, membership_id, detail FROM audit_event WHERE action = $1 ORDER BY at',
    [action],
  )

describe('people of the organisation', () => {
  it('are listed by name, with what they hold and use, a page at a time and each once', async () => {
    const names: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<ReturnType<typeof admin>['people']>> = await admin().people({
        limit: 2,
        cursor,
      })
      names.push(...page.rows.map(({ displayName }) => displayName))
      cursor = page.next
    } while (cursor !== null)
    expect(names).toEqual(
      Object.keys(world.north.people)
        .map((name) => `north-${name}`)
        .sort(),
    )
  })

  it('are listed as people sort names: accents beside their letter', async () => {
    const { north } = world
    for (const name of ['Zoé Zapata', 'Élodie Zapata', 'Eric Zapata', 'élise Zapata'])
      await arrangePerson(world.sql, north.orgId, {
        name,
        role: 'rep',
        territoryId: north.territories.basque,
      })
    const { rows } = await admin().people({ search: 'zapata' })
    expect(rows.map(({ displayName }) => displayName.split(' ')[0])).toEqual([
      'élise',
      'Élodie',
      'Eric',
      'Zoé',
    ])
    const second = await admin().people({ search: 'zapata', limit: 2 })
    const rest = await admin().people({ search: 'zapata', cursor: second.next })
    expect(rest.rows.map(({ displayName }) => displayName.split(' ')[0])).toEqual(['Eric', 'Zoé'])
  })

  it('are found by a part of their name, and never those of another organisation', async () => {
    const { rows } = await admin().people({ search: 'BASQUE' })
    expect(rows.map(({ displayName }) => displayName)).toEqual(['north-basqueRep'])
    expect(rows[0]?.assignments).toEqual([
      { role: 'rep', territoryId: world.north.territories.basque, territory: 'basque', rank: 3 },
    ])
    expect(rows[0]?.devices).toHaveLength(1)
    expect((await admin().people({ search: 'other' })).rows).toEqual([])
  })

  it('start again from the first for a cursor that is not ours', async () => {
    const first = await admin().people({ limit: 1 })
    expect(await admin().people({ limit: 1, cursor: 'bm90IG91cnM' })).toEqual(first)
  })

  it('are for those who administer the whole organisation: one branch is not enough', async () => {
    const { north } = world
    const branch = await arrangePerson(world.sql, north.orgId, {
      name: 'branch-admin',
      role: 'administrator',
      territoryId: north.territories.aquitaine,
    })
    const caller = world.callerFor(branch).access
    expect(await codeOf(caller.people({}))).toBe('FORBIDDEN')
    expect(await codeOf(caller.revokeMembership({ membershipId: north.people.hq.membershipId }))).toBe(
      'FORBIDDEN',
    )
    expect(await codeOf(caller.revokeDevice({ deviceId: north.people.hq.deviceId }))).toBe('FORBIDDEN')
  })
})

describe('withdrawing and restoring access', () => {
  it('is written down, each time, with who did it', async () => {
    const { bretonRep, admin: paul } = world.north.people
    await admin().revokeMembership({ membershipId: bretonRep.membershipId })
    await admin().restoreMembership({ membershipId: bretonRep.membershipId })
    await admin().revokeDevice({ deviceId: bretonRep.deviceId })
    await admin().restoreDevice({ deviceId: bretonRep.deviceId })
    const by = { membership_id: paul.membershipId }
    expect(await audited('access.revokeMembership')).toEqual([
      { ...by, subject_id: bretonRep.membershipId, detail: {} },
    ])
    expect(await audited('access.restoreMembership')).toEqual([
      { ...by, subject_id: bretonRep.membershipId, detail: {} },
    ])
    const detail = { membershipId: bretonRep.membershipId }
    expect(await audited('access.revokeDevice')).toEqual([{ ...by, subject_id: bretonRep.deviceId, detail }])
    expect(await audited('access.restoreDevice')).toEqual([{ ...by, subject_id: bretonRep.deviceId, detail }])
    expect(await codeOf(world.callerFor(bretonRep).org.me())).toBeNull()
  })

  it('done twice keeps the first date', async () => {
    const { membershipId } = world.north.people.hq
    const revokedAt = async () =>
      (await admin().people({ search: 'north-hq' })).rows.map((person) => person.revokedAt)[0]
    await admin().revokeMembership({ membershipId })
    const first = await revokedAt()
    await admin().revokeMembership({ membershipId })
    expect(first).not.toBeNull()
    expect(await revokedAt()).toBe(first)
    await admin().restoreMembership({ membershipId })
    expect(await revokedAt()).toBeNull()
  })

  it('never leaves an organisation without an administrator', async () => {
    const { north } = world
    const paul = north.people.admin
    expect(await codeOf(admin().revokeMembership({ membershipId: paul.membershipId }))).toBe(
      'LAST_ADMINISTRATOR',
    )
    expect(await codeOf(world.callerFor(paul).org.me())).toBeNull()
    const second = await arrangePerson(world.sql, north.orgId, {
      name: 'second-admin',
      role: 'administrator',
      territoryId: north.territories.france,
    })
    const [one, two] = await Promise.all([
      codeOf(admin().revokeMembership({ membershipId: second.membershipId })),
      codeOf(world.callerFor(second).access.revokeMembership({ membershipId: paul.membershipId })),
    ])
    // Each withdraws the other at the same moment: one of the two is refused.
    expect([one, two].filter((code) => code === null)).toHaveLength(1)
  })
})

describe('a member', () => {
  it('sees the organisations he may enter, and no other', async () => {
    const { north, other } = world
    const rep = north.people.basqueRep
    const list = () => world.callerFor(rep).access.organisations()
    expect((await list()).map(({ orgId }) => orgId)).toEqual([north.orgId])
    await world.sql(
      other.orgId,
      'INSERT INTO membership (org_id, id, person_id, display_name) VALUES ($1, gen_random_uuid(), $2, $3)',
      [other.orgId, rep.personId, 'Also there'],
    )
    expect((await list()).map(({ orgName }) => orgName)).toEqual(['north', 'other'])
  })

  it('chooses his language for himself alone', async () => {
    const { basqueRep, bearnRep } = world.north.people
    await world.callerFor(basqueRep).access.setLocale({ locale: 'en' })
    expect((await world.callerFor(basqueRep).org.me()).locale).toBe('en')
    expect((await world.callerFor(bearnRep).org.me()).locale).toBeNull()
  })
})
