import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrangePerson, openTestWorld, type TestWorld, WORLD_NOW } from '../test-world.ts'
import { admitInvitations, sendInvitations } from './invitation.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.mails.length = 0
})

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: Error) => error.message,
  )
const as = (who: keyof TestWorld['north']['people']) => world.callerFor(world.north.people[who]).access
const rep = (territoryId: string, more: object = {}) => ({
  role: 'rep' as const,
  territoryId,
  validFrom: '2026-11-20',
  validTo: null,
  ...more,
})
const somebody = (email: string, roles: ReturnType<typeof rep>[] = []) => ({
  email,
  displayName: 'Maya Etcheverry',
  locale: null,
  roles,
})

describe('inviting', () => {
  it('somebody again is told as it is: who he is, whether he has come, and which roles are new', async () => {
    const { basque, bearn } = world.north.territories
    const email = 'once.more@example.test'
    const [first] = (await as('admin').invite({ people: [somebody(email, [rep(basque)])] })).people
    const again = async (roles: ReturnType<typeof rep>[]) => {
      const person = { ...somebody(email.toUpperCase(), roles), displayName: 'Somebody Else' }
      return (await as('admin').invite({ people: [person] })).people[0]
    }
    const told = { created: false, mailed: false, displayName: 'Maya Etcheverry', standing: 'invited' }
    expect(await again([])).toMatchObject({ ...told, roles: 0 })
    expect(await again([rep(basque), rep(bearn)])).toMatchObject({ ...told, roles: 1 })
    const { membershipId = '' } = first ?? {}
    await world.sql(world.north.orgId, 'UPDATE membership SET pending = false WHERE id = $1', [membershipId])
    expect(await again([])).toMatchObject({ ...told, standing: 'live' })
    await as('admin').revokeMembership({ membershipId })
    expect(await again([])).toMatchObject({ ...told, standing: 'revoked' })
  })

  it('with one role named twice gives it once', async () => {
    const { basque } = world.north.territories
    const person = somebody('one.role@example.test', [rep(basque), rep(basque)])
    const { people } = await as('admin').invite({ people: [person] })
    expect(people[0]?.roles).toBe(1)
  })

  it('makes a member with his roles and mails him a link that lasts a week', async () => {
    const { basque } = world.north.territories
    const email = 'Maya.Etcheverry@Example.test '
    const { people } = await as('admin').invite({ people: [somebody(email, [rep(basque)])] })
    expect(people).toEqual([
      {
        email: 'maya.etcheverry@example.test',
        membershipId: expect.any(String),
        displayName: 'Maya Etcheverry',
        created: true,
        standing: 'invited',
        roles: 1,
        mailed: true,
      },
    ])
    const membershipId = people[0]?.membershipId ?? ''
    const held = await world.sql(
      world.north.orgId,
      'SELECT role, territory_id, valid_from::text FROM assignment WHERE membership_id = $1',
      [membershipId],
    )
    expect(held).toEqual([{ role: 'rep', territory_id: basque, valid_from: '2026-11-20' }])
    expect(world.mails.map(({ to }) => to)).toEqual(['maya.etcheverry@example.test'])
    expect(world.mails[0]?.subject).toContain('north')
    expect(world.mails[0]?.text).toMatch(/https:\/\/fieldback\.test\/link\?token=[\w-]{43}\s/)
    const [link] = await world.sql<{ expires_at: Date; org_id: string }>(
      world.north.orgId,
      'SELECT expires_at, org_id FROM sign_in_token WHERE email = $1',
      ['maya.etcheverry@example.test'],
    )
    expect(link?.org_id).toBe(world.north.orgId)
    expect((link?.expires_at.getTime() ?? 0) - WORLD_NOW.getTime()).toBe(7 * 86_400_000)
  })

  it('is written down with the roles given, and no address', async () => {
    const { bearn } = world.north.territories
    const { people } = await as('admin').invite({
      people: [somebody('written.down@example.test', [rep(bearn)])],
    })
    const lines = await world.sql<{ detail: object; membership_id: string }>(
      world.north.orgId,
      `SELECT detail, membership_id FROM audit_event WHERE action = 'access.invite' AND subject_id = $1`,
      [people[0]?.membershipId],
    )
    expect(lines).toEqual([
      {
        membership_id: world.north.people.admin.membershipId,
        detail: {
          created: true,
          roles: [{ role: 'rep', territoryId: bearn, validFrom: '2026-11-20', validTo: null }],
        },
      },
    ])
    expect(JSON.stringify(lines)).not.toContain('@')
  })

  it('answers the same for somebody that another organisation knows', async () => {
    const [known] = await world.sql<{ email: string }>(
      world.other.orgId,
      'SELECT email FROM person WHERE id = $1',
      [world.other.people.basqueRep.personId],
    )
    const emails = [known?.email ?? '', 'known.to.nobody@example.test']
    const { people } = await as('admin').invite({ people: emails.map((email) => somebody(email)) })
    expect(people.map(({ created, mailed }) => ({ created, mailed }))).toEqual([
      { created: true, mailed: true },
      { created: true, mailed: true },
    ])
    expect(new Set(world.mails.map(({ text }) => text.replace(/token=\S+/, ''))).size).toBe(1)
  })

  it('done twice makes one member, gives what is new, and writes to him once', async () => {
    const { basque, bearn } = world.north.territories
    const email = 'twice@example.test'
    const first = await as('admin').invite({ people: [somebody(email, [rep(basque)])] })
    const again = await as('admin').invite({
      people: [{ ...somebody(email, [rep(basque), rep(bearn)]), displayName: 'Another name' }],
    })
    expect(again.people).toEqual([
      {
        email,
        membershipId: first.people[0]?.membershipId,
        displayName: 'Maya Etcheverry',
        created: false,
        standing: 'invited',
        roles: 1,
        mailed: false,
      },
    ])
    expect(world.mails).toHaveLength(1)
    const held = await world.sql(
      world.north.orgId,
      'SELECT a.territory_id, m.display_name FROM assignment a JOIN membership m ON m.id = a.membership_id WHERE m.id = $1',
      [first.people[0]?.membershipId],
    )
    expect(held).toHaveLength(2)
    expect(held).toContainEqual({ territory_id: bearn, display_name: 'Maya Etcheverry' })
    // The journal says that he was added once, then given a role; what changes nothing leaves no line.
    await as('admin').invite({ people: [somebody(email, [rep(bearn)])] })
    const { membershipId } = again.people[0] ?? {}
    const lines = await world.sql(
      world.north.orgId,
      `SELECT action FROM audit_event WHERE subject_id = $1 OR detail->>'membershipId' = $1::text ORDER BY at, id`,
      [membershipId],
    )
    expect(lines).toEqual([{ action: 'access.invite' }, { action: 'assignment.assign' }])
  })

  it('refuses what assigning refuses, and then adds nobody', async () => {
    const { north, other } = world
    const tried = async (...roles: ReturnType<typeof rep>[]) =>
      codeOf(
        as('admin').invite({
          people: [somebody('first@example.test'), somebody('second@example.test', roles)],
        }),
      )
    expect(await tried(rep(other.territories.basque))).toBe('NOT_FOUND')
    expect(await tried(rep(north.territories.basque, { validFrom: '2026-11-19' }))).toBe('ASSIGNMENT_DATES')
    expect(await tried(rep(north.territories.basque, { validTo: '2026-11-01' }))).toBe('ASSIGNMENT_DATES')
    expect(
      await codeOf(as('admin').invite({ people: [somebody('a@example.test'), somebody(' A@example.test')] })),
    ).toBe('INVALID_INPUT')
    expect(await codeOf(as('admin').invite({ people: [somebody('not an address')] }))).toContain('"email"')
    const rows = await world.sql(
      north.orgId,
      `SELECT 1 FROM person WHERE email IN ('first@example.test', 'second@example.test', 'a@example.test')`,
    )
    expect(rows).toEqual([])
    expect(world.mails).toEqual([])
  })

  it('is for those who administer the whole organisation', async () => {
    const branch = await arrangePerson(world.sql, world.north.orgId, {
      name: 'branch-inviter',
      role: 'administrator',
      territoryId: world.north.territories.aquitaine,
    })
    const people = [somebody('refused@example.test')]
    expect(await codeOf(world.callerFor(branch).access.invite({ people }))).toBe('FORBIDDEN')
    expect(await codeOf(as('local').invite({ people }))).toBe('FORBIDDEN')
    expect(world.mails).toEqual([])
  })

  it('keeps the member when his mail does not leave, and says so', async () => {
    const { orgId, people } = world.north
    const failing = {
      ...world.deps,
      email: {
        send: async ({ to }: { to: string }) => {
          if (to.startsWith('unreachable')) throw new Error('refused')
        },
      },
    }
    const { people: added } = await as('admin').invite({
      people: [somebody('unreachable@example.test'), somebody('reachable@example.test')],
    })
    const membershipIds = added.map(({ membershipId }) => membershipId)
    const sent = await sendInvitations(failing, { orgId, membershipIds })
    expect([...sent]).toEqual([membershipIds[1]])
    expect(people.admin.orgId).toBe(orgId)
  })

  it('writes to nobody whose access was withdrawn, nor to members of another organisation', async () => {
    const { people } = await as('admin').invite({ people: [somebody('withdrawn@example.test')] })
    await as('admin').revokeMembership({ membershipId: people[0]?.membershipId ?? '' })
    world.mails.length = 0
    const membershipIds = [people[0]?.membershipId ?? '', world.other.people.hq.membershipId]
    expect(await sendInvitations(world.deps, { orgId: world.north.orgId, membershipIds })).toEqual(new Set())
    expect(world.mails).toEqual([])
  })
})

describe('invitations of a day', () => {
  const HOURS_20 = 20 * 3_600
  /** As after so many mails of the organisation; the counter is its own. */
  const mailedSoFar = (count: number) =>
    world.sql(
      world.north.orgId,
      `INSERT INTO sign_in_attempt (subject, failures, window_start) VALUES ($1, $2, clock_timestamp())
       ON CONFLICT (subject) DO UPDATE SET failures = $2, window_start = clock_timestamp(), locked_until = NULL`,
      [`invitations:${world.north.orgId}`, count],
    )
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: { cause?: { code: string; params: { seconds: number } } }) => error.cause,
    )

  it('are five to one person, however they are asked for', async () => {
    await mailedSoFar(0)
    const email = 'five.a.day@example.test'
    const { people } = await as('admin').invite({ people: [somebody(email)] })
    const membershipId = people[0]?.membershipId ?? ''
    for (const membershipIds of [[membershipId], [membershipId, membershipId]])
      await sendInvitations(world.deps, { orgId: world.north.orgId, membershipIds })
    expect(await as('admin').inviteAgain({ membershipId })).toEqual({ mailed: true })
    world.mails.length = 0
    const refused = await refusal(as('admin').inviteAgain({ membershipId }))
    expect(refused?.code).toBe('TOO_MANY_ATTEMPTS')
    expect(refused?.params.seconds).toBeGreaterThan(HOURS_20)
    expect(
      await sendInvitations(world.deps, { orgId: world.north.orgId, membershipIds: [membershipId] }),
    ).toEqual(new Set())
    expect(world.mails).toEqual([])
  })

  it('stop at the organisation’s share: people are added all the same, and said not to be mailed', async () => {
    await mailedSoFar(4_998)
    const emails = ['last.but.one', 'last', 'too.many'].map((name) => `${name}@example.test`)
    const { people } = await as('admin').invite({ people: emails.map((email) => somebody(email)) })
    expect(people.map(({ created, mailed }) => [created, mailed])).toEqual([
      [true, true],
      [true, true],
      [true, false],
    ])
    expect(world.mails.map(({ to }) => to).sort()).toEqual(emails.slice(0, 2).sort())
    const membershipId = people[2]?.membershipId ?? ''
    expect((await refusal(as('admin').inviteAgain({ membershipId })))?.code).toBe('TOO_MANY_ATTEMPTS')
    await mailedSoFar(0)
    expect(await as('admin').inviteAgain({ membershipId })).toEqual({ mailed: true })
  })

  it('of another organisation are counted apart', async () => {
    await mailedSoFar(5_000)
    const { people } = await world.callerFor(world.other.people.admin).access.invite({
      people: [somebody('counted.apart@example.test')],
    })
    expect(people[0]?.mailed).toBe(true)
    await mailedSoFar(0)
  })

  it('reach two thousand people of one file', async () => {
    const { orgId } = world.north
    const ids = Array.from({ length: 2_000 }, () => crypto.randomUUID())
    const { membershipIds, seconds } = await admitInvitations(world.deps, { orgId, membershipIds: ids })
    expect([membershipIds.length, seconds]).toEqual([2_000, 0])
  })
})
