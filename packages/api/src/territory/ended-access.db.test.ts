import { inOrg } from '@fieldback/db/client'
import { lockPublications } from '@fieldback/db/field/field.repo'
import type { TRPCError } from '@trpc/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publishDue } from '../scenario/publish.job.ts'
import { arrangePerson, openTestWorld, type TestOrg, type TestWorld, WORLD_NOW } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

const DAY = '2027-03-01'
let world: TestWorld
let org: TestOrg
let now = WORLD_NOW
let sector: string
let gone: Awaited<ReturnType<typeof arrangePerson>>

beforeEach(async () => {
  now = WORLD_NOW
  world = await openTestWorld({ now: () => now })
  org = world.north
  sector = (await territory().createSubSector({ parentId: org.territories.pyrenees, name: 'Soule' })).id
  gone = await arrangePerson(world.sql, org.orgId, { name: 'gone', role: 'rep', territoryId: sector })
})
afterEach(() => world.close())

const as = (who: keyof TestOrg['people']) => world.callerFor(org.people[who])
const territory = () => as('local').territory
const leaves = () => as('admin').access.revokeMembership({ membershipId: gone.membershipId })
const comesBack = () => as('admin').access.restoreMembership({ membershipId: gone.membershipId })
const refused = (work: Promise<unknown>) =>
  work.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )
const close = () => refused(territory().close({ territoryId: sector }))
const STANDS = { code: 'TERRITORY_NOT_EMPTY', params: { people: 1 } }
const roles = () =>
  world.sql<{ from: string; to: string | null }>(
    org.orgId,
    'SELECT valid_from::text AS from, valid_to::text AS to FROM assignment WHERE membership_id = $1 ORDER BY valid_from',
    [gone.membershipId],
  )
const closedOn = async () => {
  const { closed } = await as('admin').territory.administered({ territoryId: org.territories.pyrenees })
  return closed.map(({ id }) => id)
}

/** Both at the same instant: `first` waits for the organisation before `second` does. */
async function atOnce<First, Second>(first: () => Promise<First>, second: () => Promise<Second>) {
  const waiting = (n: number) =>
    expect.poll(() => world.sql(org.orgId, `SELECT FROM pg_locks WHERE NOT granted`)).toHaveLength(n)
  const both = await inOrg(world.db, org.orgId, async (tx) => {
    await lockPublications({ tx, scope: { orgId: org.orgId } })
    const one = first()
    await waiting(1)
    const two = second()
    await waiting(2)
    return [one, two] as const
  })
  return Promise.all(both)
}

describe('a role of somebody whose access has ended', () => {
  it('does not keep its territory from being closed, nor is it counted there; while access lasts it does', async () => {
    expect(await close()).toMatchObject(STANDS)
    await leaves()
    expect((await territory().get({ territoryId: sector })).here).toMatchObject({ people: 0 })
    expect(await close()).toMatchObject({ code: 'accepted' })
    expect(await closedOn()).toEqual([sector])
    // Who held it when is history, whatever became of the place.
    expect(await roles()).toMatchObject([{ to: null }])
  })

  it('does not keep it from being closed on a day to come', async () => {
    const steps = [{ of: 'close' as const, territoryId: sector }]
    const { id } = await as('local').scenario.planOne({ steps, day: DAY, name: 'Fermer Soule' })
    const hindrances = async () => (await as('local').scenario.hindrances({ scenarioId: id })).hindrances
    expect(await hindrances()).toMatchObject([{ fault: STANDS }])
    await leaves()
    expect(await hindrances()).toEqual([])
    now = new Date(`${DAY}T08:00:00Z`)
    await publishDue(world.deps, org.orgId)
    expect(await closedOn()).toEqual([sector])
  })

  it('is given back by nobody but who administers the whole organisation', async () => {
    await leaves()
    const { membershipId } = gone
    for (const who of ['local', 'regional', 'hq', 'basqueRep'] as const)
      expect(await refused(as(who).access.restoreMembership({ membershipId }))).toMatchObject({
        code: 'FORBIDDEN',
      })
    expect(await close()).toMatchObject({ code: 'accepted' })
  })

  it('stands there again once access is given back', async () => {
    await leaves()
    await comesBack()
    expect(await close()).toMatchObject(STANDS)
    expect(await roles()).toMatchObject([{ to: null }])
  })

  it('stands there again too when the territory opened again before', async () => {
    await leaves()
    await close()
    await territory().reopen({ territoryId: sector })
    await comesBack()
    expect(await close()).toMatchObject(STANDS)
  })

  it('has ended, or keeps the territory open, when both happen at the same instant', async () => {
    await leaves()
    const [reply] = await atOnce(close, comesBack)
    expect(reply).toMatchObject({ code: 'accepted' })
    expect(await roles()).toMatchObject([{ to: expect.any(String) }])

    await territory().reopen({ territoryId: sector })
    await world.sql(org.orgId, 'UPDATE assignment SET valid_to = NULL WHERE membership_id = $1', [
      gone.membershipId,
    ])
    await leaves()
    const [, refusal] = await atOnce(comesBack, close)
    expect(refusal).toMatchObject(STANDS)
    expect(await roles()).toMatchObject([{ to: null }])
  })

  it('has ended when access is given back after the territory closed: it gives no right there any more', async () => {
    await world.sql(
      org.orgId,
      `INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from)
       VALUES ($1, gen_random_uuid(), $2, $3, 'rep', '2026-12-24'), ($1, gen_random_uuid(), $2, $4, 'rep', '2026-12-25')`,
      [org.orgId, gone.membershipId, sector, org.territories.bearn],
    )
    await leaves()
    await world.sql(org.orgId, `UPDATE membership SET revoked_at = '2026-11-12 23:30+00' WHERE id = $1`, [
      gone.membershipId,
    ])
    await close()
    await comesBack()
    // The organisation's day was the 13th; what had not begun is called off; elsewhere all is as before.
    expect((await roles()).map(({ to }) => to)).toEqual(['2026-11-13', '2026-12-23', null])
    const journal = await world.sql<{ detail: object }>(
      org.orgId,
      `SELECT detail FROM audit_event WHERE action = 'assignment.end' ORDER BY detail ->> 'to'`,
    )
    const by = { membershipId: gone.membershipId, from: null }
    expect(journal.map(({ detail }) => detail)).toEqual([
      { ...by, to: '2026-11-13' },
      { ...by, to: '2026-12-23' },
    ])
    await territory().reopen({ territoryId: sector })
    const read = () => world.callerFor(gone).territory.get({ territoryId: sector })
    expect(await refused(read())).toMatchObject({ code: 'FORBIDDEN' })
    const { assignments: ended } = await as('local').assignment.ended({ territoryId: sector })
    expect(ended).toMatchObject([{ membershipId: gone.membershipId, validTo: '2026-11-13' }])
    expect(await close()).toMatchObject({ code: 'accepted' })
  })
})

it('a role that is called off before it begins does not keep its territory from being closed', async () => {
  await world.sql(
    org.orgId,
    `UPDATE assignment SET valid_from = '2027-02-01', valid_to = '2027-01-31' WHERE membership_id = $1`,
    [gone.membershipId],
  )
  expect((await territory().get({ territoryId: sector })).here).toMatchObject({ people: 0 })
  expect(await close()).toMatchObject({ code: 'accepted' })
})
