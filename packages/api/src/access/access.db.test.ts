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
    expect(rows[0]).toMatchObject({ state: 'live', invitedAt: null, lastSeenAt: expect.any(String) })
    expect(rows[0]?.email).toMatch(/^north-basquerep-.*@example\.test$/)
    expect(rows[0]?.roles).toEqual([
      {
        id: expect.any(String),
        role: 'rep',
        territoryId: world.north.territories.basque,
        territory: 'basque',
        rank: 3,
        validFrom: '2026-01-01',
        validTo: null,
      },
    ])
    expect((await admin().people({ search: 'other' })).rows).toEqual([])
  })

  it('are found by a part of their address, those of this organisation alone', async () => {
    const found = async (search: string) =>
      (await admin().people({ search })).rows.map(({ displayName }) => displayName)
    const [mine] = (await admin().people({ search: 'north-hq' })).rows
    expect(await found(mine?.email.toUpperCase() ?? '')).toEqual(['north-hq'])
    expect(await found('north-hq-')).toEqual([])
    const theirs = await world.callerFor(world.other.people.admin).access.people({ search: 'other-hq' })
    expect(await found(theirs.rows[0]?.email ?? '')).toEqual([])
  })

  it('are filtered by what they hold, where, and whether they came', async () => {
    const { north } = world
    const names = async (input: Parameters<ReturnType<typeof admin>['people']>[0]) =>
      (await admin().people(input)).rows.map(({ displayName }) => displayName)
    expect(await names({ role: 'manager' })).toEqual(['north-local', 'north-regional'])
    expect(await names({ role: 'manager', territoryId: north.territories.pyrenees })).toEqual(['north-local'])
    expect(await names({ role: 'rep', territoryId: north.territories.bretagne })).toEqual(['north-bretonRep'])
    await admin().invite({
      people: [{ email: 'never.came@example.test', displayName: 'Never Came', locale: null, roles: [] }],
    })
    expect(await names({ state: 'invited' })).toEqual(['Never Came'])
    expect(await names({ state: 'live', search: 'never' })).toEqual([])
    const { membershipId } = north.people.bearnRep
    await admin().revokeMembership({ membershipId })
    expect(await names({ state: 'revoked' })).toEqual(['north-bearnRep'])
    await admin().restoreMembership({ membershipId })
    expect(await codeOf(admin().people({ territoryId: world.other.territories.basque }))).toBe('NOT_FOUND')
  })

  it('are sorted by name or by when they were last seen, each once over the pages', async () => {
    const { north } = world
    await world.sql(
      north.orgId,
      `UPDATE device SET last_seen_at = now() - interval '40 days' WHERE membership_id = $1`,
      [north.people.regional.membershipId],
    )
    const all = async (sort: { by: 'name' | 'seen'; down: boolean }) => {
      const rows: { displayName: string; lastSeenAt: string | null }[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<ReturnType<typeof admin>['people']>> = await admin().people({
          limit: 3,
          cursor,
          sort,
        })
        rows.push(...page.rows)
        cursor = page.next
      } while (cursor !== null)
      return rows
    }
    const down = await all({ by: 'seen', down: true })
    const seen = down.map(({ lastSeenAt }) => Date.parse(lastSeenAt ?? '1970-01-01'))
    expect(seen).toEqual(seen.toSorted((a, b) => b - a))
    expect(new Set(down.map(({ displayName }) => displayName)).size).toBe(down.length)
    const up = await all({ by: 'seen', down: false })
    expect(up.map(({ displayName }) => displayName)).toEqual(
      down.map(({ displayName }) => displayName).reverse(),
    )
    const names = (await all({ by: 'name', down: true })).map(({ displayName }) => displayName)
    expect(names).toEqual((await all({ by: 'name', down: false })).map((row) => row.displayName).reverse())
    expect(names).toHaveLength(down.length)
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
    const { membershipId } = north.people.hq
    expect(await codeOf(caller.person({ membershipId }))).toBe('FORBIDDEN')
    expect(await codeOf(caller.setPerson({ membershipId, displayName: 'Else', locale: null }))).toBe(
      'FORBIDDEN',
    )
    expect(await codeOf(caller.inviteAgain({ membershipId }))).toBe('FORBIDDEN')
    expect(await codeOf(caller.resetSignIn({ membershipId }))).toBe('FORBIDDEN')
    expect(await codeOf(caller.signInRules())).toBe('FORBIDDEN')
    expect(
      await codeOf(caller.setSignInRules({ password: true, link: true, deskDays: 1, phoneDays: 1 })),
    ).toBe('FORBIDDEN')
  })
})

describe('withdrawing and restoring access', () => {
  it('is written down, each time, with who did it', async () => {
    const { admin: paul } = world.north.people
    const bretonRep = await arrangePerson(world.sql, world.north.orgId, {
      name: 'written-down',
      role: 'rep',
      territoryId: world.north.territories.finistere,
    })
    const about = async (action: string) =>
      (await audited(action)).filter(({ subject_id }) =>
        [bretonRep.membershipId, bretonRep.deviceId].includes(subject_id),
      )
    await admin().revokeMembership({ membershipId: bretonRep.membershipId })
    await admin().restoreMembership({ membershipId: bretonRep.membershipId })
    await admin().revokeDevice({ deviceId: bretonRep.deviceId })
    await admin().restoreDevice({ deviceId: bretonRep.deviceId })
    const by = { membership_id: paul.membershipId }
    expect(await about('access.revokeMembership')).toEqual([
      { ...by, subject_id: bretonRep.membershipId, detail: {} },
    ])
    expect(await about('access.restoreMembership')).toEqual([
      { ...by, subject_id: bretonRep.membershipId, detail: {} },
    ])
    const detail = { membershipId: bretonRep.membershipId }
    expect(await about('access.revokeDevice')).toEqual([{ ...by, subject_id: bretonRep.deviceId, detail }])
    expect(await about('access.restoreDevice')).toEqual([{ ...by, subject_id: bretonRep.deviceId, detail }])
    expect(await codeOf(world.callerFor(bretonRep).org.me())).toBeNull()
  })

  it('done twice keeps the first date', async () => {
    const { membershipId } = world.north.people.hq
    const revokedAt = async () =>
      (
        await world.sql<{ revoked_at: Date | null }>(
          world.north.orgId,
          'SELECT revoked_at FROM membership WHERE id = $1',
          [membershipId],
        )
      )[0]?.revoked_at?.getTime() ?? null
    await admin().revokeMembership({ membershipId })
    const first = await revokedAt()
    await admin().revokeMembership({ membershipId })
    expect(first).not.toBeNull()
    expect(await revokedAt()).toBe(first)
    await admin().restoreMembership({ membershipId })
    expect(await revokedAt()).toBeNull()
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
