import { randomUUID } from 'node:crypto'
import { sendInvitations } from '@fieldback/api/access/invitation'
import { askLink, signInWithLink } from '@fieldback/api/access/sign-in-link'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, type Door, network, openDoor, told } from './door.fixture.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())
beforeEach(() => {
  door.world.mails.length = 0
})

const SITE = 'https://fieldback.example.com'
const waits = { code: 'TOO_MANY_ATTEMPTS', params: { seconds: expect.any(Number) } }

describe('a link', () => {
  const ask = async (email: string, address = network()) =>
    (await askLink(door.deps, { email, address, locale: 'fr', site: SITE }))()
  const tokenOf = (text: string | undefined) => /\/link\?token=([\w-]+)/.exec(text ?? '')?.[1] ?? ''

  it('is mailed to a known address and lets in once', async () => {
    const { personId, email } = await door.somebody()
    await ask(email)
    expect(door.world.mails).toHaveLength(1)
    expect(door.world.mails[0]).toMatchObject({ to: email, subject: 'Votre lien pour ouvrir Fieldback' })
    const token = tokenOf(door.world.mails[0]?.text)
    expect((await signInWithLink(door.deps, { token, address: network() })).id).toBe(personId)
    expect(await codeOf(signInWithLink(door.deps, { token, address: network() }))).toBe('LINK_SPENT')
  })

  it('asked for an unknown address is answered the same, and mailed to nobody', async () => {
    await ask('nobody@example.test')
    expect(door.world.mails).toEqual([])
    const rows = await door.world.sql(
      door.world.north.orgId,
      `SELECT 1 FROM sign_in_token WHERE email = 'nobody@example.test'`,
    )
    expect(rows).toEqual([])
  })

  it('used by two at the same moment lets one in', async () => {
    const { email } = await door.somebody()
    await ask(email)
    const token = tokenOf(door.world.mails[0]?.text)
    const codes = await Promise.all(
      [1, 2, 3].map(() => codeOf(signInWithLink(door.deps, { token, address: network() }))),
    )
    expect(codes.filter((code) => code === null)).toHaveLength(1)
  })

  it('of an organisation holds a week, and says whose it is', async () => {
    const { orgId, people } = door.world.north
    const sendTo = async () => {
      door.world.mails.length = 0
      await sendInvitations(door.deps, { orgId, membershipIds: [people.bretonRep.membershipId] })
      return tokenOf(door.world.mails[0]?.text)
    }
    const [first, second] = [await sendTo(), await sendTo()]
    const holder = await signInWithLink(door.deps, { token: first, address: network() })
    expect(holder).toMatchObject({ id: people.bretonRep.personId, sentBy: orgId })
    expect(await codeOf(signInWithLink(door.deps, { token: second, address: network() }))).toBe('LINK_SPENT')
    const third = await sendTo()
    door.pass(7 * 86_400_000 + 1_000)
    expect(await codeOf(signInWithLink(door.deps, { token: third, address: network() }))).toBe('LINK_SPENT')
  })

  it('holds a quarter of an hour', async () => {
    const { email } = await door.somebody()
    await ask(email)
    door.pass(15 * 60_000 + 1_000)
    const token = tokenOf(door.world.mails[0]?.text)
    expect(await codeOf(signInWithLink(door.deps, { token, address: network() }))).toBe('LINK_SPENT')
  })

  it('that is used takes the others of the same person with it', async () => {
    const { email } = await door.somebody()
    await ask(email)
    await ask(email)
    const [first, second] = door.world.mails.map(({ text }) => tokenOf(text))
    expect(await codeOf(signInWithLink(door.deps, { token: second ?? '', address: network() }))).toBeNull()
    expect(await codeOf(signInWithLink(door.deps, { token: first ?? '', address: network() }))).toBe(
      'LINK_SPENT',
    )
  })

  it('is kept as a hash, and names nobody in its address', async () => {
    const { email } = await door.somebody()
    await ask(email)
    const token = tokenOf(door.world.mails[0]?.text)
    const rows = await door.world.sql<{ token_hash: string }>(
      door.world.north.orgId,
      'SELECT token_hash FROM sign_in_token WHERE email = $1',
      [email],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.token_hash).not.toContain(token)
    expect(/https:\S+/.exec(door.world.mails[0]?.text ?? '')?.[0]).not.toContain('@')
  })

  it('is asked for five times at most, known or not', async () => {
    for (const email of [(await door.somebody()).email, `${randomUUID()}@example.test`]) {
      for (let turn = 0; turn < 5; turn += 1) expect(await codeOf(ask(email))).toBeNull()
      expect(await told(ask(email))).toEqual(waits)
    }
  })

  it('cannot be guessed at length: thirty wrong ones shut the network', async () => {
    const address = network()
    for (let turn = 0; turn < 30; turn += 1)
      expect(await codeOf(signInWithLink(door.deps, { token: randomUUID(), address }))).toBe('LINK_SPENT')
    expect(await told(signInWithLink(door.deps, { token: randomUUID(), address }))).toEqual(waits)
  })

  it('that cannot be mailed is logged without the address, and the asker is told nothing', async () => {
    const { email } = await door.somebody()
    const lines: string[] = []
    const log = { ...door.deps.log, error: (...line: unknown[]) => void lines.push(JSON.stringify(line)) }
    const send = () => Promise.reject(new Error(`550 no mailbox ${email}`))
    const request = { email, address: network(), locale: 'fr', site: SITE } as const
    await (await askLink({ ...door.deps, log, email: { send } }, request))()
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain(email)
  })
})
