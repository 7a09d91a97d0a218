import { randomUUID } from 'node:crypto'
import { deviceIdOf, type Entry, enterOrganisation } from '@fieldback/api/access/enter-organisation'
import type { SessionIds } from '@fieldback/api/context'
import type { Proof } from '@fieldback/domain/access/sign-in-rules'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, type Door, openDoor } from './door.fixture.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

async function join(personId: string, orgId: string): Promise<string> {
  const membershipId = randomUUID()
  await door.world.sql(
    orgId,
    'INSERT INTO membership (org_id, id, person_id, display_name) VALUES ($1, $2, $3, $4)',
    [orgId, membershipId, personId, 'Somebody'],
  )
  return membershipId
}

describe('entering an organisation', () => {
  const enter = (personId: string, membershipId: string | null = null, browserId = randomUUID()) =>
    enterOrganisation(door.deps, {
      personId,
      membershipId,
      browserId,
      proof: { way: 'password', at: door.deps.now().getTime() },
      label: 'Chrome, Android',
      kind: 'phone',
    })
  const isLive = async (session: SessionIds | null) => codeOf(door.world.callerFor(session).org.me())

  it('goes straight into the only one', async () => {
    const { personId } = await door.somebody()
    const membershipId = await join(personId, door.world.north.orgId)
    const { session } = await enter(personId)
    expect(session).toMatchObject({ personId, orgId: door.world.north.orgId, membershipId })
    expect(await isLive(session)).toBeNull()
  })

  it('asks which when there are several, and goes into the one that is named', async () => {
    const { personId } = await door.somebody()
    const north = await join(personId, door.world.north.orgId)
    const other = await join(personId, door.world.other.orgId)
    expect((await enter(personId)).session).toBeNull()
    expect((await enter(personId, north)).session?.orgId).toBe(door.world.north.orgId)
    expect((await enter(personId, other)).session?.orgId).toBe(door.world.other.orgId)
  })

  it("refuses another person's membership, and a person who has none", async () => {
    const { personId } = await door.somebody()
    expect(await codeOf(enter(personId))).toBe('MEMBERSHIP_REVOKED')
    await join(personId, door.world.north.orgId)
    expect(await codeOf(enter(personId, door.world.north.people.admin.membershipId))).toBe(
      'MEMBERSHIP_REVOKED',
    )
  })

  it('a membership withdrawn ends the session at once, and the door stays shut', async () => {
    const { personId } = await door.somebody()
    const membershipId = await join(personId, door.world.north.orgId)
    const { session } = await enter(personId)
    const admin = door.world.callerFor(door.world.north.people.admin)
    await admin.access.revokeMembership({ membershipId })
    expect(await isLive(session)).toBe('MEMBERSHIP_REVOKED')
    expect(await codeOf(enter(personId))).toBe('MEMBERSHIP_REVOKED')
    await admin.access.restoreMembership({ membershipId })
    expect(await isLive(session)).toBeNull()
  })

  it('a device withdrawn ends its session at once and cannot enter again; the other device can', async () => {
    const { personId } = await door.somebody()
    await join(personId, door.world.north.orgId)
    const browserId = randomUUID()
    const lost = await enter(personId, null, browserId)
    const kept = await enter(personId)
    const deviceId = lost.session?.deviceId ?? ''
    await door.world.callerFor(door.world.north.people.admin).access.revokeDevice({ deviceId })
    expect(await isLive(lost.session)).toBe('DEVICE_REVOKED')
    expect(await codeOf(enter(personId, null, browserId))).toBe('DEVICE_REVOKED')
    expect(await isLive(kept.session)).toBeNull()
  })

  it('knows a browser again, and one shared by two people as two devices', async () => {
    const browserId = randomUUID()
    const [first, second] = [await door.somebody(), await door.somebody()]
    await join(first.personId, door.world.north.orgId)
    await join(second.personId, door.world.north.orgId)
    const once = await enter(first.personId, null, browserId)
    const again = await enter(first.personId, null, browserId)
    const colleague = await enter(second.personId, null, browserId)
    expect(again.session?.deviceId).toBe(once.session?.deviceId)
    expect(colleague.session?.deviceId).not.toBe(once.session?.deviceId)
    expect(await isLive(colleague.session)).toBeNull()
    expect(deviceIdOf(browserId, once.session?.membershipId ?? '')).toBe(once.session?.deviceId)
  })

  it('a session that names another device, membership or organisation is none', async () => {
    const { north, other } = door.world
    const real = north.people.basqueRep
    const forged: SessionIds[] = [
      { ...real, deviceId: north.people.bearnRep.deviceId },
      { ...real, membershipId: north.people.admin.membershipId },
      { ...real, orgId: other.orgId },
    ]
    for (const session of forged) expect(await isLive(session)).toMatch(/UNAUTHENTICATED|DEVICE_REVOKED/)
  })
})

describe('the rules of an organisation', () => {
  const DAY_MS = 86_400_000
  const now = () => door.deps.now().getTime()
  const enterBy = (personId: string, proof: Proof, more: Partial<Entry> = {}) =>
    enterOrganisation(door.deps, {
      personId,
      membershipId: null,
      browserId: randomUUID(),
      proof,
      label: 'Chrome, Windows',
      kind: 'desk',
      ...more,
    })
  const setRules = (orgId: string, rules: object) =>
    door.world.sql(orgId, 'UPDATE organisation SET sign_in_rules = sign_in_rules || $2 WHERE id = $1', [
      orgId,
      JSON.stringify(rules),
    ])
  const isLive = async (session: SessionIds | null) => codeOf(door.world.callerFor(session).org.me())
  const somebodyIn = async (orgId: string) => {
    const { personId } = await door.somebody()
    return { personId, membershipId: await join(personId, orgId) }
  }
  afterEach(async () => {
    for (const { orgId } of [door.world.north, door.world.other])
      await setRules(orgId, { password: true, link: true, deskDays: 30, phoneDays: 30 })
  })

  it('shut the way they do not allow, and name the other', async () => {
    const { north } = door.world
    const { personId } = await somebodyIn(north.orgId)
    await setRules(north.orgId, { password: false })
    expect(await codeOf(enterBy(personId, { way: 'password', at: now() }))).toBe('SIGN_IN_BY_LINK')
    expect(await codeOf(enterBy(personId, { way: 'link', at: now() }))).toBeNull()
    await setRules(north.orgId, { password: true, link: false })
    expect(await codeOf(enterBy(personId, { way: 'link', at: now() }))).toBe('SIGN_IN_BY_PASSWORD')
    expect(await codeOf(enterBy(personId, { way: 'password', at: now() }))).toBeNull()
  })

  it("let in by the organisation's own link whatever they say, and by no other organisation's", async () => {
    const { north, other } = door.world
    const { personId } = await somebodyIn(north.orgId)
    const there = await join(personId, other.orgId)
    await setRules(north.orgId, { link: false })
    await setRules(other.orgId, { link: false })
    const proof = { way: 'link', at: now(), sentBy: north.orgId } as const
    // It also says where its holder goes, who has two organisations.
    expect((await enterBy(personId, proof)).session?.orgId).toBe(north.orgId)
    expect(await codeOf(enterBy(personId, proof, { membershipId: there }))).toBe('SIGN_IN_BY_PASSWORD')
  })

  it('end a session that was not used for as long as they say, the desk apart from the phone', async () => {
    const { orgId } = door.world.north
    const { personId } = await somebodyIn(orgId)
    await setRules(orgId, { deskDays: 1, phoneDays: 60 })
    const proof = { way: 'password', at: now() } as const
    const desk = (await enterBy(personId, proof)).session
    const phone = (await enterBy(personId, proof, { kind: 'phone' })).session
    const unusedFor = (session: SessionIds | null, days: number) =>
      door.world.sql(
        orgId,
        'UPDATE device SET last_seen_at = now() - make_interval(days => $2) WHERE id = $1',
        [session?.deviceId, days],
      )
    for (const session of [desk, phone]) await unusedFor(session, 2)
    expect(await isLive(desk)).toBe('UNAUTHENTICATED')
    expect(await isLive(phone)).toBeNull()
    await unusedFor(phone, 61)
    expect(await isLive(phone)).toBe('UNAUTHENTICATED')
  })

  it('ask for a new proof of who comes over from elsewhere with one that is too old here', async () => {
    const { north, other } = door.world
    const { personId } = await somebodyIn(north.orgId)
    const there = await join(personId, other.orgId)
    await setRules(other.orgId, { deskDays: 2 })
    const old = { way: 'password', at: now() - 3 * DAY_MS } as const
    expect(await codeOf(enterBy(personId, old, { membershipId: there }))).toBe('UNAUTHENTICATED')
    const fresh = { way: 'password', at: now() - DAY_MS } as const
    expect(await codeOf(enterBy(personId, fresh, { membershipId: there }))).toBeNull()
  })

  it('do not open again what an administrator ended: only a new proof does', async () => {
    const { orgId } = door.world.north
    const { personId, membershipId } = await somebodyIn(orgId)
    const before = { way: 'password', at: now() } as const
    const browserId = randomUUID()
    const { session } = await enterBy(personId, before, { browserId })
    expect(await isLive(session)).toBeNull()
    await door.world.sql(orgId, 'UPDATE membership SET sessions_ended_at = $2 WHERE id = $1', [
      membershipId,
      new Date(now()),
    ])
    expect(await isLive(session)).toBe('UNAUTHENTICATED')
    expect(await codeOf(enterBy(personId, before, { browserId }))).toBe('UNAUTHENTICATED')
    door.pass(1_000)
    const again = await enterBy(personId, { way: 'link', at: now() }, { browserId })
    expect(again.session?.deviceId).toBe(session?.deviceId)
    expect(await isLive(again.session)).toBeNull()
  })
})
