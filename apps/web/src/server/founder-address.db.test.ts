import { createHash, randomUUID } from 'node:crypto'
import { enterOrganisation } from '@fieldback/api/access/enter-organisation'
import { signInWithPassword } from '@fieldback/api/access/sign-in'
import { signInWithLink } from '@fieldback/api/access/sign-in-link'
import { found } from '@fieldback/api/org/found'
import { addMembers } from '@fieldback/db/access/membership.repo'
import { inOrg } from '@fieldback/db/client'
import { membershipsOf, personByEmail, proofHolds, startLink } from '@fieldback/db/identity/identity.repo'
import type { Proof } from '@fieldback/domain/access/sign-in-rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, type Door, network, openDoor } from './door.fixture.ts'
import { hashPassword } from './password.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

const PASSWORD = 'quatre mots sans rapport'
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

/** Somebody founds an organisation under an address that may be another's; then the north adds its owner. */
async function foundedThenAdded() {
  const email = `${randomUUID()}@example.test`
  const token = randomUUID()
  const { orgId: north } = door.world.north
  await door.world.sql(north, `SELECT founding_start($1, now() + interval '1 day', false)`, [hashOf(token)])
  const form = { token, name: 'Course', displayName: 'Un autre', email, password: PASSWORD } as const
  const founded = await found(
    { ...door.deps, hashPassword },
    { ...form, locale: 'fr', timeZone: 'Europe/Paris' },
    network(),
  )
  const proof: Proof = { way: 'password', at: door.deps.now().getTime() }
  const [added] = await inOrg(door.world.db, north, (tx) =>
    addMembers(tx, north, [{ email, displayName: 'La vraie', locale: null }], () => randomUUID()),
  )
  if (!added) throw new Error('nobody was added')
  return { email, north, founded, added, proof }
}

const orgsOf = async (personId: string) =>
  (await membershipsOf(door.world.db, personId)).map(({ orgId }) => orgId)
const enter = (personId: string, membershipId: string | null, proof: Proof) =>
  enterOrganisation(door.deps, {
    personId,
    membershipId,
    proof,
    browserId: randomUUID(),
    label: 'Test',
    kind: 'desk',
  })
const signIn = (email: string) =>
  codeOf(signInWithPassword(door.deps, { email, password: PASSWORD, address: network() }))

/** As the owner of the mailbox: the link that was mailed there. */
async function openLink(email: string) {
  const token = randomUUID()
  await startLink(door.world.db, email, hashOf(token), new Date(door.deps.now().getTime() + 900_000))
  const holder = await signInWithLink(door.deps, { token, address: network() })
  return { holder, proof: { way: 'link', at: door.deps.now().getTime() } as Proof }
}

describe('an address that somebody founded an organisation with', () => {
  it('opens that organisation and no other, until a link mailed there was used', async () => {
    const { founded, added, proof } = await foundedThenAdded()
    expect(added.personId).toBe(founded.personId)
    expect(await orgsOf(founded.personId)).toEqual([founded.orgId])
    expect((await enter(founded.personId, null, proof)).session?.orgId).toBe(founded.orgId)
    expect(await codeOf(enter(founded.personId, added.membershipId, proof))).toBe('MEMBERSHIP_REVOKED')
  })

  it('is then its owner’s: the password and the sessions of before open nothing more', async () => {
    const { email, north, founded, added, proof } = await foundedThenAdded()
    expect(await signIn(email)).toBeNull()
    const owner = await openLink(email)
    expect(owner.holder.id).toBe(founded.personId)
    expect((await enter(founded.personId, added.membershipId, owner.proof)).session?.orgId).toBe(north)
    expect(await signIn(email)).toBe('CREDENTIALS_WRONG')
    expect(await codeOf(enter(founded.personId, added.membershipId, proof))).toBe('UNAUTHENTICATED')
  })

  it('shuts the founder’s open sessions out once it is proved: they list no organisation of its owner', async () => {
    const { email, north, founded, proof } = await foundedThenAdded()
    const { session: founders } = await enter(founded.personId, null, proof)
    const listed = (session: typeof founders) => door.world.callerFor(session).access.organisations()
    expect((await listed(founders)).map(({ orgId }) => orgId)).toEqual([founded.orgId])
    expect(await proofHolds(door.world.db, founded.personId, proof.at)).toBe(true)
    door.pass(1_000)
    const owner = await openLink(email)
    expect(await codeOf(listed(founders))).toBe('UNAUTHENTICATED')
    expect(await proofHolds(door.world.db, founded.personId, proof.at)).toBe(false)
    const { session } = await enter(founded.personId, founded.membershipId, owner.proof)
    expect((await listed(session)).map(({ orgId }) => orgId).sort()).toEqual([founded.orgId, north].sort())
    expect(await proofHolds(door.world.db, founded.personId, owner.proof.at)).toBe(true)
  })

  it('keeps a password chosen after it was proved, whatever links are used later', async () => {
    const { email, founded, north } = await foundedThenAdded()
    await openLink(email)
    await door.world.sql(north, 'UPDATE person SET password_hash = $2 WHERE id = $1', [
      founded.personId,
      door.passwordHash,
    ])
    await openLink(email)
    expect((await personByEmail(door.world.db, email))?.passwordHash).toBe(door.passwordHash)
  })

  it('is not proved by a link that has run out', async () => {
    const { email, founded, added } = await foundedThenAdded()
    const token = randomUUID()
    await startLink(door.world.db, email, hashOf(token), new Date(door.deps.now().getTime() - 1_000))
    expect(await codeOf(signInWithLink(door.deps, { token, address: network() }))).toBe('LINK_SPENT')
    expect(await orgsOf(added.personId)).toEqual([founded.orgId])
    expect(await signIn(email)).toBeNull()
  })
})
