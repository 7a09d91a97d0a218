import { randomUUID } from 'node:crypto'
import { type PasswordAttempt, signInWithPassword } from '@fieldback/api/access/sign-in'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, type Door, network, openDoor, PASSWORD, told } from './door.fixture.ts'
import { verifyPassword } from './password.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

const attempt = (email: string, password = PASSWORD, address = network()): PasswordAttempt => ({
  email,
  password,
  address,
})
const waits = { code: 'TOO_MANY_ATTEMPTS', params: { seconds: expect.any(Number) } }

describe('a password', () => {
  it('lets in whoever knows it, however the address is typed', async () => {
    const { personId, email } = await door.somebody()
    expect(await signInWithPassword(door.deps, attempt(` ${email.toUpperCase()} `))).toEqual({
      id: personId,
      email,
    })
  })

  it('is answered the same for an unknown address, a wrong word and a person without a password', async () => {
    const { email } = await door.somebody()
    const withoutPassword = await door.somebody()
    await door.world.sql(door.world.north.orgId, 'UPDATE person SET password_hash = NULL WHERE id = $1', [
      withoutPassword.personId,
    ])
    const answers = [
      await told(signInWithPassword(door.deps, attempt('nobody@example.test'))),
      await told(signInWithPassword(door.deps, attempt(email, 'wrong'))),
      await told(signInWithPassword(door.deps, attempt(withoutPassword.email, ''))),
    ]
    for (const answer of answers) expect(answer).toEqual({ code: 'CREDENTIALS_WRONG', params: {} })
  })

  it('takes as long to refuse an unknown address', async () => {
    const spent = async (known: string | null) => {
      const start = performance.now()
      await verifyPassword(known, 'wrong')
      return performance.now() - start
    }
    await spent(null)
    const unknown: number[] = []
    const wrong: number[] = []
    // In turn, and the least of each: what else this machine does must not be measured.
    for (let turn = 0; turn < 10; turn += 1) {
      unknown.push(await spent(null))
      wrong.push(await spent(door.passwordHash))
    }
    const ratio = Math.min(...unknown) / Math.min(...wrong)
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  })

  it('tried five times wrong shuts the address for a quarter of an hour, even to the right one', async () => {
    const { email } = await door.somebody()
    for (let turn = 0; turn < 5; turn += 1)
      expect(await codeOf(signInWithPassword(door.deps, attempt(email, 'wrong')))).toBe('CREDENTIALS_WRONG')
    const shut = await told(signInWithPassword(door.deps, attempt(email)))
    expect(shut).toEqual(waits)
    expect(shut?.params.seconds).toBeGreaterThan(14 * 60)
    expect(shut?.params.seconds).toBeLessThanOrEqual(15 * 60)
  })

  it('shuts an unknown address in the same way', async () => {
    const email = `${randomUUID()}@example.test`
    for (let turn = 0; turn < 5; turn += 1)
      await codeOf(signInWithPassword(door.deps, attempt(email, 'wrong')))
    expect(await told(signInWithPassword(door.deps, attempt(email)))).toEqual(waits)
  })

  it('opens again once the quarter of an hour is over', async () => {
    const { email, personId } = await door.somebody()
    for (let turn = 0; turn < 6; turn += 1)
      await codeOf(signInWithPassword(door.deps, attempt(email, 'wrong')))
    await door.world.sql(
      door.world.north.orgId,
      `UPDATE sign_in_attempt SET locked_until = now() - interval '1 second' WHERE locked_until > now()`,
    )
    expect(await codeOf(signInWithPassword(door.deps, attempt(email, 'wrong')))).toBe('CREDENTIALS_WRONG')
    expect((await signInWithPassword(door.deps, attempt(email))).id).toBe(personId)
  })

  it('that is right starts the count again', async () => {
    const { email, personId } = await door.somebody()
    for (let round = 0; round < 3; round += 1) {
      for (let turn = 0; turn < 4; turn += 1)
        await codeOf(signInWithPassword(door.deps, attempt(email, 'wrong')))
      expect((await signInWithPassword(door.deps, attempt(email))).id).toBe(personId)
    }
  })

  it('tried by many at the same moment is looked at five times', async () => {
    const { email } = await door.somebody()
    const tries = Array.from({ length: 20 }, () =>
      codeOf(signInWithPassword(door.deps, attempt(email, 'wrong'))),
    )
    const codes = await Promise.all(tries)
    expect(codes.filter((code) => code === 'CREDENTIALS_WRONG')).toHaveLength(5)
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(15)
  })

  it('tried thirty times from one network, over many addresses, shuts that network alone', async () => {
    const address = network()
    const { email } = await door.somebody()
    for (let turn = 0; turn < 30; turn += 1)
      await codeOf(signInWithPassword(door.deps, attempt(`${randomUUID()}@example.test`, 'wrong', address)))
    expect(await told(signInWithPassword(door.deps, attempt(email, PASSWORD, address)))).toEqual(waits)
    expect(await codeOf(signInWithPassword(door.deps, attempt(email)))).toBeNull()
  })

  it('leaves no address and no network in the counters', async () => {
    const { email } = await door.somebody()
    const address = network()
    await codeOf(signInWithPassword(door.deps, attempt(email, 'wrong', address)))
    const rows = await door.world.sql<{ subject: string }>(
      door.world.north.orgId,
      'SELECT subject FROM sign_in_attempt',
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { subject } of rows) expect(subject).toMatch(/^(password|network|link):[\w-]{43}$/)
  })
})
