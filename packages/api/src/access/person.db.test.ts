import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangePerson, openTestWorld, type TestWorld, WORLD_NOW } from '../test-world.ts'

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
  world.sql<{ subject_id: string; detail: object }>(
    world.north.orgId,
    'SELECT subject_id, detail FROM audit_event WHERE action = $1 ORDER BY at',
    [action],
  )

describe('one person', () => {
  const card = (membershipId: string) => admin().person({ membershipId })

  it('is shown with his address, language, devices and what he holds', async () => {
    const { north } = world
    const { membershipId, deviceId } = north.people.local
    expect(await card(membershipId)).toMatchObject({
      displayName: 'north-local',
      email: expect.stringContaining('@example.test'),
      state: 'live',
      locale: null,
      hasPassword: false,
      devices: [{ id: deviceId, label: 'test', kind: 'desk', revokedAt: null }],
      roles: [{ role: 'manager', territoryId: north.territories.pyrenees, validTo: null }],
    })
  })

  it('is renamed and given a language; what he was is answered, and no name is written down', async () => {
    const { membershipId } = world.north.people.local
    const before = await admin().setPerson({ membershipId, displayName: '  Ane Ibarra ', locale: 'en' })
    expect(before).toEqual({ displayName: 'north-local', locale: null })
    expect(await card(membershipId)).toMatchObject({ displayName: 'Ane Ibarra', locale: 'en' })
    expect((await audited('access.setPerson')).map(({ detail }) => detail)).toEqual([
      { nameChanged: true, locale: 'en' },
    ])
    await admin().setPerson({ membershipId, ...before, locale: null })
  })

  it('bears no name that turns the text around it, spreads over lines, or cannot be seen', async () => {
    const { membershipId } = world.north.people.local
    const rename = (displayName: string) => admin().setPerson({ membershipId, displayName, locale: null })
    const { displayName: before } = await rename('\u202eRené\nمرحبا\u202c <b>')
    expect(await card(membershipId)).toMatchObject({ displayName: 'René مرحبا <b>' })
    expect(await codeOf(rename('\u200b\u2060 '))).not.toBeNull()
    expect(await codeOf(rename('x'.repeat(10_000)))).not.toBeNull()
    await rename(before)
  })

  it('is sent his invitation again, and not for ever', async () => {
    const { people } = await admin().invite({
      people: [{ email: 'again@example.test', displayName: 'Again', locale: 'en', roles: [] }],
    })
    const membershipId = people[0]?.membershipId ?? ''
    expect((await card(membershipId)).invitedAt).toBe('2026-11-20T10:00:00+00:00')
    world.mails.length = 0
    expect(await admin().inviteAgain({ membershipId })).toEqual({ mailed: true })
    expect(world.mails).toMatchObject([{ to: 'again@example.test', subject: 'north opens Fieldback to you' }])
    for (let turn = 0; turn < 3; turn += 1) await admin().inviteAgain({ membershipId })
    expect(await codeOf(admin().inviteAgain({ membershipId }))).toBe('TOO_MANY_ATTEMPTS')
    await admin().revokeMembership({ membershipId })
    expect(await codeOf(admin().inviteAgain({ membershipId }))).toBe('NOT_FOUND')
  })

  it('is let in again by a link: his sessions here end, in no other organisation, and he may come back', async () => {
    const { north, other } = world
    const rep = {
      ...north.people.bearnRep,
      proof: { way: 'password', at: WORLD_NOW.getTime() - 1_000 },
    } as const
    const there = await arrangePerson(world.sql, other.orgId, {
      name: 'also-there',
      role: 'rep',
      territoryId: other.territories.basque,
    })
    expect(await codeOf(world.callerFor(rep).org.me())).toBeNull()
    world.mails.length = 0
    expect(await admin().resetSignIn({ membershipId: rep.membershipId })).toEqual({ mailed: true })
    expect(world.mails).toHaveLength(1)
    expect(await codeOf(world.callerFor(rep).org.me())).toBe('UNAUTHENTICATED')
    expect(await codeOf(world.callerFor(there).org.me())).toBeNull()
    const back = { ...rep, proof: { way: 'link', at: WORLD_NOW.getTime() + 1_000 } } as const
    expect(await codeOf(world.callerFor(back).org.me())).toBeNull()
    // Neither his device nor his access was withdrawn: what his phone holds waits for him.
    expect((await card(rep.membershipId)).devices.map(({ revokedAt }) => revokedAt)).toEqual([null])
  })
})

describe("a member's own devices", () => {
  it('are signed out one by one, and may come back', async () => {
    const { hq } = world.north.people
    const session = { ...hq, proof: { way: 'link', at: WORLD_NOW.getTime() - 60_000 } } as const
    const own = await world.callerFor(session).access.ownAccount()
    expect(own).toMatchObject({ deviceId: hq.deviceId, hasPassword: false, freshLink: true })
    expect(own.devices.map(({ id }) => id)).toEqual([hq.deviceId])
    await world.callerFor(session).access.signOutDevice({ deviceId: hq.deviceId })
    expect(await codeOf(world.callerFor(session).org.me())).toBe('UNAUTHENTICATED')
    const later = { ...hq, proof: { way: 'password', at: WORLD_NOW.getTime() + 1 } } as const
    // The database's clock is ahead of the one the world stopped at.
    await world.sql(
      hq.orgId,
      `UPDATE device SET last_seen_at = signed_out_at - interval '1 minute' WHERE id = $1`,
      [hq.deviceId],
    )
    expect((await world.callerFor(later).access.ownAccount()).devices).toEqual([])
    expect(await codeOf(world.callerFor(later).org.me())).toBeNull()
    expect((await audited('access.signOutDevice')).map(({ subject_id }) => subject_id)).toEqual([hq.deviceId])
  })

  it("a colleague's is not found", async () => {
    const { deviceId } = world.north.people.admin
    expect(await codeOf(world.callerFor(world.north.people.local).access.signOutDevice({ deviceId }))).toBe(
      'NOT_FOUND',
    )
  })
})
