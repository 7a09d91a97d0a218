import { createHash, randomUUID } from 'node:crypto'
import { enterOrganisation } from '@fieldback/api/access/enter-organisation'
import { signInWithPassword } from '@fieldback/api/access/sign-in'
import { askLink, signInWithLink } from '@fieldback/api/access/sign-in-link'
import { membershipsOf } from '@fieldback/db/identity/identity.repo'
import type { Proof } from '@fieldback/domain/access/sign-in-rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, type Door, network, openDoor, PASSWORD, told } from './door.fixture.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

const byPassword = (): Proof => ({ way: 'password', at: door.deps.now().getTime() })
const enter = (personId: string, membershipId: string | null = null, proof = byPassword()) =>
  enterOrganisation(door.deps, {
    personId,
    membershipId,
    proof,
    browserId: randomUUID(),
    label: 'Test',
    kind: 'desk',
  })
const listed = async (personId: string) =>
  (await membershipsOf(door.world.db, personId)).map(({ orgId }) => orgId)

async function join(personId: string, orgId: string) {
  const id = randomUUID()
  const text = 'INSERT INTO membership (org_id, id, person_id, display_name) VALUES ($1, $2, $3, $4)'
  await door.world.sql(orgId, text, [orgId, id, personId, 'Somebody'])
  return id
}

/** Invited by an organisation's administrator: the membership, and the token that was mailed. */
async function invited(email: string, by: 'north' | 'other') {
  door.world.mails.length = 0
  const { people } = await door.world.callerFor(door.world[by].people.admin).access.invite({
    people: [{ email, displayName: 'Chosen by another', locale: null, roles: [] }],
  })
  return { membershipId: people[0]?.membershipId ?? '', token: mailedToken() }
}
const mailedToken = () => /\/link\?token=([\w-]+)/.exec(door.world.mails.at(-1)?.text ?? '')?.[1] ?? ''

async function askedFor(email: string) {
  const request = { email, address: network(), locale: 'fr', site: 'https://fieldback.test' } as const
  await (await askLink(door.deps, request))()
  return mailedToken()
}
async function use(token: string) {
  const { id, sentBy } = await signInWithLink(door.deps, { token, address: network() })
  const proof: Proof = {
    way: 'link',
    at: door.deps.now().getTime(),
    ...(sentBy === null ? {} : { sentBy }),
  }
  return { id, proof }
}

describe('an organisation that adds somebody who belongs to another', () => {
  it('is neither among his organisations nor entered, by password or by a link that he asked for', async () => {
    const { north, other } = door.world
    const { personId, email } = await door.somebody()
    const home = await join(personId, north.orgId)
    const { membershipId } = await invited(email, 'other')
    expect(await listed(personId)).toEqual([north.orgId])
    expect((await enter(personId)).session?.membershipId).toBe(home)
    expect(await codeOf(enter(personId, membershipId))).toBe('MEMBERSHIP_REVOKED')
    const { proof } = await use(await askedFor(email))
    expect(await listed(personId)).toEqual([north.orgId])
    expect(await codeOf(enter(personId, membershipId, proof))).toBe('MEMBERSHIP_REVOKED')
    const { session } = await enter(personId, null, proof)
    const names = await door.world.callerFor(session).access.organisations()
    expect(names.map(({ orgId }) => orgId)).toEqual([north.orgId])
    expect(other.orgId).not.toBe(north.orgId)
  })

  it('is his once he uses the link that it mailed, whatever else he used before', async () => {
    const { north, other } = door.world
    const { personId, email } = await door.somebody()
    await join(personId, north.orgId)
    const { token } = await invited(email, 'other')
    await use(await askedFor(email))
    const { proof } = await use(token)
    expect((await enter(personId, null, proof)).session?.orgId).toBe(other.orgId)
    expect((await listed(personId)).sort()).toEqual([north.orgId, other.orgId].sort())
    expect(await codeOf(use(token))).toBe('LINK_SPENT')
  })

  it('stays out when its link has run out, until it mails another', async () => {
    const { north, other } = door.world
    const { personId, email } = await door.somebody()
    await join(personId, north.orgId)
    const { membershipId } = await invited(email, 'other')
    const late = randomUUID()
    const hash = createHash('sha256').update(late).digest('base64url')
    await door.world.sql(
      other.orgId,
      `INSERT INTO sign_in_token (token_hash, email, expires_at, org_id) VALUES ($1, $2, now() - interval '1 minute', $3)`,
      [hash, email, other.orgId],
    )
    expect(await codeOf(use(late))).toBe('LINK_SPENT')
    expect(await listed(personId)).toEqual([north.orgId])
    await door.world.callerFor(other.people.admin).access.inviteAgain({ membershipId })
    await use(mailedToken())
    expect(await listed(personId)).toContain(other.orgId)
  })

  it('is not let in by the link of a third', async () => {
    const { north, other } = door.world
    const { email, personId } = await door.somebody()
    const first = await invited(email, 'north')
    const second = await invited(email, 'other')
    await use(first.token)
    expect(await listed(personId)).toEqual([north.orgId])
    await use(second.token)
    expect((await listed(personId)).sort()).toEqual([north.orgId, other.orgId].sort())
  })
})

describe('somebody new', () => {
  it('reaches the organisation that invited him by a link that he asks for, when the invitation has run out', async () => {
    const email = `${randomUUID()}@example.test`
    const { membershipId } = await invited(email, 'north')
    const { id, proof } = await use(await askedFor(email))
    expect((await enter(id, null, proof)).session?.membershipId).toBe(membershipId)
    expect((await enter(id)).session?.membershipId).toBe(membershipId)
  })

  it('with a password and no organisation left enters by a mailed link, not by the password', async () => {
    const { north, other } = door.world
    const { personId, email } = await door.somebody()
    const left = await join(personId, north.orgId)
    await door.world.sql(north.orgId, 'UPDATE membership SET revoked_at = now() WHERE id = $1', [left])
    await invited(email, 'other')
    expect(await codeOf(enter(personId))).toBe('INVITATION_WAITING')
    const { proof } = await use(await askedFor(email))
    expect((await enter(personId, null, proof)).session?.orgId).toBe(other.orgId)
  })
})

describe('somebody whom only an invitation awaits', () => {
  const signIn = (email: string, password: string) =>
    signInWithPassword(door.deps, { email, password, address: network() })

  it('is told so behind his right password, and before it nothing that a stranger is not told', async () => {
    const { personId, email } = await door.somebody()
    await invited(email, 'north')
    expect(await told(signIn(email, 'wrong'))).toEqual(
      await told(signIn(`${randomUUID()}@example.test`, 'wrong')),
    )
    expect((await signIn(email, PASSWORD)).id).toBe(personId)
    expect(await codeOf(enter(personId))).toBe('INVITATION_WAITING')
  })

  it('is told that his access was withdrawn once the invitation is', async () => {
    const { personId, email } = await door.somebody()
    const { membershipId } = await invited(email, 'north')
    await door.world.callerFor(door.world.north.people.admin).access.revokeMembership({ membershipId })
    expect(await codeOf(enter(personId))).toBe('MEMBERSHIP_REVOKED')
  })

  it('learns nothing of invitations when he founded with an address that he never proved', async () => {
    const { north } = door.world
    const { personId, email } = await door.somebody()
    const own = await join(personId, north.orgId)
    await door.world.sql(north.orgId, 'UPDATE membership SET revoked_at = now() WHERE id = $1', [own])
    await door.world.sql(north.orgId, 'UPDATE person SET founded_org = $1 WHERE id = $2', [
      north.orgId,
      personId,
    ])
    await invited(email, 'other')
    expect(await codeOf(enter(personId))).toBe('MEMBERSHIP_REVOKED')
  })
})
