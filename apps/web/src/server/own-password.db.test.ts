import { randomUUID } from 'node:crypto'
import { enterOrganisation } from '@fieldback/api/access/enter-organisation'
import { changePassword } from '@fieldback/api/access/own-account'
import { signInWithPassword } from '@fieldback/api/access/sign-in'
import type { Session } from '@fieldback/api/context'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, type Door, network, openDoor, PASSWORD, told } from './door.fixture.ts'
import { hashPassword } from './password.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

const NEXT = 'cheval orange sans pluie'
const deps = () => ({ ...door.deps, hashPassword })
const now = () => door.deps.now().getTime()

async function somebody(way: 'password' | 'link', more: { hash?: null } = {}) {
  const { personId, email } = await door.somebody()
  const { orgId } = door.world.north
  if (more.hash === null)
    await door.world.sql(orgId, 'UPDATE person SET password_hash = NULL WHERE id = $1', [personId])
  await door.world.sql(
    orgId,
    'INSERT INTO membership (org_id, id, person_id, display_name) VALUES ($1, $2, $3, $4)',
    [orgId, randomUUID(), personId, 'Somebody'],
  )
  const { session } = await enterOrganisation(door.deps, {
    personId,
    membershipId: null,
    proof: { way, at: now() },
    browserId: randomUUID(),
    label: 'Firefox, Linux',
    kind: 'desk',
  })
  return { email, session: session as Session }
}
const signIn = (email: string, password: string) =>
  codeOf(signInWithPassword(door.deps, { email, password, address: network() }))

describe('choosing a password', () => {
  it('takes the one in use, and then the new one alone opens the door', async () => {
    const { email, session } = await somebody('password')
    await changePassword(deps(), session, { current: PASSWORD, next: NEXT })
    expect(await signIn(email, NEXT)).toBeNull()
    expect(await signIn(email, PASSWORD)).toBe('CREDENTIALS_WRONG')
    const lines = await door.world.sql<{ detail: object }>(
      session.orgId,
      `SELECT detail FROM audit_event WHERE action = 'access.setPassword' AND subject_id = $1`,
      [session.membershipId],
    )
    expect(lines).toEqual([{ detail: {} }])
  })

  it('is refused with a wrong one or none, five times before a pause', async () => {
    const { email, session } = await somebody('password')
    const attempt = (current: string | null) => told(changePassword(deps(), session, { current, next: NEXT }))
    for (const current of [null, 'wrong', 'wrong', 'wrong', 'wrong'])
      expect((await attempt(current))?.code).toBe('PASSWORD_CURRENT')
    expect((await attempt(PASSWORD))?.code).toBe('TOO_MANY_ATTEMPTS')
    // The same counter as the door's: neither gives the other more attempts.
    expect(await signIn(email, PASSWORD)).toBe('TOO_MANY_ATTEMPTS')
  })

  it('takes none from who has just come by an e-mailed link, for ten minutes', async () => {
    const { email, session } = await somebody('link', { hash: null })
    await changePassword(deps(), session, { current: null, next: NEXT })
    expect(await signIn(email, NEXT)).toBeNull()
    const later = { ...session, proof: { way: 'link', at: now() - 10 * 60_000 - 1_000 } } as const
    expect(await codeOf(changePassword(deps(), later, { current: null, next: NEXT }))).toBe(
      'PASSWORD_CURRENT',
    )
    const tomorrow = { ...session, proof: { way: 'link', at: now() + 86_400_000 } } as const
    expect(await codeOf(changePassword(deps(), tomorrow, { current: null, next: NEXT }))).toBe(
      'PASSWORD_CURRENT',
    )
  })

  it("refuses what is short, one's address, or among the first tried", async () => {
    const { email, session } = await somebody('link')
    for (const [next, reason] of [
      ['onze-lettre', 'short'],
      [email, 'address'],
      ['motdepasse1234', 'common'],
    ] as const)
      expect(await told(changePassword(deps(), session, { current: null, next }))).toEqual({
        code: 'PASSWORD_WEAK',
        params: { reason },
      })
    expect(await signIn(email, PASSWORD)).toBeNull()
  })

  it('is refused to a session that has ended', async () => {
    const { session } = await somebody('link')
    const admin = door.world.callerFor(door.world.north.people.admin).access
    await admin.revokeMembership({ membershipId: session.membershipId })
    expect(await codeOf(changePassword(deps(), session, { current: null, next: NEXT }))).toBe(
      'MEMBERSHIP_REVOKED',
    )
  })
})
