import { Client } from 'pg'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import { arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'

let world: TestWorld
let north: TestOrg
const worlds: TestWorld[] = []
// A world each: a rule about the last of its kind is tried from the start.
beforeEach(async () => {
  world = await openTestWorld()
  north = world.north
  worlds.push(world)
})
afterAll(() => Promise.all(worlds.map((one) => one.close())))

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: Error) => error.message,
  )
const paul = () => north.people.admin
const as = (session: SessionIds) => world.callerFor(session)
const secondAdmin = (territoryId = north.territories.france) =>
  arrangePerson(world.sql, north.orgId, { name: 'second-admin', role: 'administrator', territoryId })
const roleOf = async ({ membershipId }: SessionIds): Promise<string> => {
  const rows = await world.sql<{ id: string }>(
    north.orgId,
    `SELECT id FROM assignment WHERE membership_id = $1 AND role = 'administrator'`,
    [membershipId],
  )
  return rows[0]?.id ?? ''
}
const end = async (by: SessionIds, of: SessionIds, lastDay: string | null) =>
  codeOf(as(by).assignment.end({ assignmentId: await roleOf(of), lastDay }))
const setPassword = ({ personId }: SessionIds) =>
  world.sql(north.orgId, `UPDATE person SET password_hash = 'kept elsewhere' WHERE id = $1`, [personId])
const rules = (more: object) => ({ password: true, link: true, deskDays: 30, phoneDays: 30, ...more })

describe('the last administrator', () => {
  it('cannot withdraw his own access', async () => {
    const { membershipId } = paul()
    expect(await codeOf(as(paul()).access.revokeMembership({ membershipId }))).toBe('LAST_ADMINISTRATOR')
    expect(await codeOf(as(paul()).org.me())).toBeNull()
  })

  it('cannot end his own role: not yesterday, not today, not in a year', async () => {
    for (const lastDay of ['2026-11-19', '2026-11-20', '2027-11-20'])
      expect([lastDay, await end(paul(), paul(), lastDay)]).toEqual([lastDay, 'LAST_ADMINISTRATOR'])
    expect(await codeOf(as(paul()).access.people({}))).toBeNull()
  })

  it('is the last one though others administer a branch, were withdrawn, or will only begin', async () => {
    await secondAdmin(north.territories.aquitaine)
    const gone = await secondAdmin()
    await as(paul()).access.revokeMembership({ membershipId: gone.membershipId })
    await as(paul()).assignment.assign({
      membershipId: north.people.hq.membershipId,
      territoryId: north.territories.france,
      role: 'administrator',
      validFrom: '2026-12-01',
      validTo: null,
    })
    expect(await end(paul(), paul(), '2026-11-20')).toBe('LAST_ADMINISTRATOR')
    // Up to the eve of the next one's first day there is no gap.
    expect(await end(paul(), paul(), '2026-11-30')).toBeNull()
  })

  it('is the last one though another was invited, until that one has come: his address may be wrong', async () => {
    const { people } = await as(paul()).access.invite({
      people: [
        {
          email: 'never-came@example.test',
          displayName: 'Never Came',
          locale: null,
          roles: [
            {
              role: 'administrator',
              territoryId: north.territories.france,
              validFrom: '2026-11-20',
              validTo: null,
            },
          ],
        },
      ],
    })
    expect(await end(paul(), paul(), '2026-11-19')).toBe('LAST_ADMINISTRATOR')
    const { membershipId } = paul()
    expect(await codeOf(as(paul()).access.revokeMembership({ membershipId }))).toBe('LAST_ADMINISTRATOR')
    await world.sql(north.orgId, 'UPDATE membership SET pending = false WHERE id = $1', [
      people[0]?.membershipId,
    ])
    expect(await end(paul(), paul(), '2026-11-19')).toBeNull()
  })

  it('may leave once somebody else administers for as long', async () => {
    const second = await secondAdmin()
    expect(await end(paul(), paul(), '2026-11-19')).toBeNull()
    expect(await codeOf(as(paul()).access.people({}))).toBe('FORBIDDEN')
    expect(await end(second, second, '2026-11-19')).toBe('LAST_ADMINISTRATOR')
  })

  it('whose days are counted can still give and end what others hold, and be extended', async () => {
    await world.sql(north.orgId, `UPDATE assignment SET valid_to = '2026-12-31' WHERE id = $1`, [
      await roleOf(paul()),
    ])
    const second = await secondAdmin(north.territories.aquitaine)
    expect(await end(paul(), second, '2026-11-20')).toBeNull()
    expect(await end(paul(), paul(), '2026-12-30')).toBe('LAST_ADMINISTRATOR')
    expect(await end(paul(), paul(), '2027-12-31')).toBeNull()
  })
})

/** Starts all and lets none go on before each has been let in and waits for the organisation. */
async function together(changes: readonly (() => Promise<string | null>)[]): Promise<(string | null)[]> {
  const holder = new Client({ connectionString: world.database.ownerUrl })
  await holder.connect()
  try {
    await holder.query('BEGIN')
    await holder.query(`SELECT set_config('app.org', $1, true)`, [north.orgId])
    await holder.query('SELECT id FROM organisation WHERE id = $1 FOR UPDATE', [north.orgId])
    const started = changes.map((change) => change())
    await expect
      .poll(async () => {
        const rows = await world.sql<{ n: number }>(
          north.orgId,
          `SELECT count(*)::int AS n FROM pg_stat_activity
            WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
        )
        return rows[0]?.n
      })
      .toBe(changes.length)
    await holder.query('COMMIT')
    return await Promise.all(started)
  } finally {
    await holder.end()
  }
}

describe('two administrators at the same instant', () => {
  type Try = (by: SessionIds, of: SessionIds) => Promise<() => Promise<string | null>>
  const withdraw: Try =
    async (by, { membershipId }) =>
    () =>
      codeOf(as(by).access.revokeMembership({ membershipId }))
  const endRole: Try = async (by, of) => {
    const assignmentId = await roleOf(of)
    return () => codeOf(as(by).assignment.end({ assignmentId, lastDay: '2026-11-19' }))
  }
  const tries: readonly (readonly [string, Try, Try])[] = [
    ['withdraw each other', withdraw, withdraw],
    ["end each other's role", endRole, endRole],
    ['withdraw one and end the other', withdraw, endRole],
    ['leave both', (by) => endRole(by, by), (by) => endRole(by, by)],
  ]
  it.each(tries)('%s: one of the two is refused', async (_name, first, other) => {
    const second = await secondAdmin()
    const codes = await together([await first(paul(), second), await other(second, paul())])
    expect(codes.filter((code) => code === null)).toHaveLength(1)
    expect(codes).toContain('LAST_ADMINISTRATOR')
    const left = [await codeOf(as(paul()).access.people({})), await codeOf(as(second).access.people({}))]
    expect(left.filter((code) => code === null)).toHaveLength(1)
  })
})

describe('rules of signing in', () => {
  it('are read, changed and written down', async () => {
    const { access } = as(paul())
    expect(await access.signInRules()).toEqual(rules({}))
    expect(await access.setSignInRules(rules({ password: false, deskDays: 7 }))).toEqual(rules({}))
    expect(await access.signInRules()).toEqual(rules({ password: false, deskDays: 7 }))
    const lines = await world.sql<{ detail: object }>(
      north.orgId,
      `SELECT detail FROM audit_event WHERE action = 'access.setSignInRules'`,
    )
    expect(lines.map(({ detail }) => detail)).toEqual([rules({ password: false, deskDays: 7 })])
    expect(await world.callerFor(world.other.people.admin).access.signInRules()).toEqual(rules({}))
  })

  it('never shut the only way in of the administrator who sets them', async () => {
    const { access } = as(paul())
    expect(await codeOf(access.setSignInRules(rules({ link: false })))).toBe('SIGN_IN_RULES_LOCK_OUT')
    await setPassword(paul())
    expect(await codeOf(access.setSignInRules(rules({ link: false })))).toBeNull()
    expect(await codeOf(access.setSignInRules(rules({ link: false, password: false })))).not.toBeNull()
  })

  it('never count on an administrator who could not enter', async () => {
    const second = await secondAdmin()
    await setPassword(paul())
    await as(paul()).access.setSignInRules(rules({ link: false }))
    // The other one has no password: without him nobody could send her a link.
    expect(await end(paul(), paul(), '2026-11-19')).toBe('LAST_ADMINISTRATOR')
    await setPassword(second)
    expect(await end(paul(), paul(), '2026-11-19')).toBeNull()
  })

  it('never hand the organisation to nobody: who may set them alone must stay its administrator for as long', async () => {
    await secondAdmin()
    await setPassword(paul())
    await world.sql(north.orgId, `UPDATE assignment SET valid_to = '2026-12-31' WHERE id = $1`, [
      await roleOf(paul()),
    ])
    expect(await codeOf(as(paul()).access.setSignInRules(rules({ link: false })))).toBe('LAST_ADMINISTRATOR')
    expect(await as(paul()).access.signInRules()).toEqual(rules({}))
  })
})
