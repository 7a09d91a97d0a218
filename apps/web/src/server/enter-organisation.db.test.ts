import { randomUUID } from 'node:crypto'
import { deviceIdOf, enterOrganisation } from '@fieldback/api/access/enter-organisation'
import type { SessionIds } from '@fieldback/api/context'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
    enterOrganisation(door.deps, { personId, membershipId, browserId, label: 'Chrome, Android' })
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
