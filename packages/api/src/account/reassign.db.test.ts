import { randomUUID } from 'node:crypto'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrangeField, openTestWorld, type TestOrg, type TestWorld, WORLD_NOW } from '../test-world.ts'
import { errorShape } from '../trpc.ts'
import { workReassignments } from './reassign.job.ts'

let now = WORLD_NOW
let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld({ now: () => now })
  north = world.north
})
afterAll(() => world.close())
let town = ''
beforeEach(() => {
  now = WORLD_NOW
  town = `Itxassou-${randomUUID().slice(0, 6)}`
})

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who])
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )
/** Accounts of one town in a place, each with a contact, a report and a call-back of a rep. */
async function arrange(
  place: keyof TestOrg['territories'],
  count: number,
  {
    by = 'basqueRep',
    reports = 1,
    values = {},
  }: { by?: keyof TestOrg['people']; reports?: number; values?: object } = {},
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  await world.sql(
    north.orgId,
    `WITH made AS (
       INSERT INTO account (org_id, id, territory_id, kind, name, name_key, city, postcode, "values")
       SELECT $1, id, $3, 'client', 'Compte ' || id, 'compte ' || id, $4, '64250', $7 FROM unnest($2::uuid[]) AS id RETURNING org_id, id, territory_id),
     home AS (
       INSERT INTO account_home (org_id, account_id, from_at, territory_id) SELECT org_id, id, '2026-01-01', territory_id FROM made),
     said AS (
       INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, "values", missing, duration_seconds, captured_at)
       SELECT org_id, gen_random_uuid(), id, territory_id, $5, 'visit', 'order', '2026-11-02', 'accepted', '{}', '[]', 60, now()
         FROM made, generate_series(1, $6::int)),
     met AS (
       INSERT INTO contact (org_id, id, account_id, first_name, last_name, name_key)
       SELECT org_id, gen_random_uuid(), id, 'A', 'B', 'b a' FROM made)
     INSERT INTO callback (org_id, id, account_id, assignee_id, reason, due_day)
     SELECT org_id, gen_random_uuid(), id, $5, 'Tarif', '2026-11-25' FROM made`,
    [
      north.orgId,
      ids,
      north.territories[place],
      town,
      north.people[by].membershipId,
      reports,
      JSON.stringify(values),
    ],
  )
  return ids
}
const homes = async (ids: readonly string[]) => {
  const rows = await world.sql<{ name: string; n: number }>(
    north.orgId,
    `SELECT t.name, count(*)::int AS n FROM account a JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
      WHERE a.id = ANY ($1) GROUP BY t.name`,
    [ids],
  )
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}
const ofTown = (over: object = {}, to: keyof TestOrg['territories'] = 'bearn') => ({
  filter: { territoryId: north.territories.pyrenees, town, ...over },
  toId: north.territories[to],
})
const work = () => workReassignments(world.deps, north.orgId)
const told = async (id: string) => {
  const list = await as('local').account.reassignments({ territoryId: north.territories.pyrenees })
  return list.find((one) => one.id === id)
}

describe('accounts that match', () => {
  it('are told beforehand: how many, with what, who gains and who loses them, which questions, what changes hands', async () => {
    await arrange('basque', 12, { reports: 2 })
    await arrange('bearn', 3)
    const spec = { type: 'yes_no', label: { fr: 'Parle basque' } } as never
    await arrangeField(world.sql, north, {
      territoryId: north.territories.basque,
      entity: 'contact',
      key: 'parle',
      spec,
    })
    const preview = await as('local').account.previewReassign(ofTown())
    expect(preview).toMatchObject({ accounts: 12, contacts: 12, reports: 24, callbacks: 12 })
    expect(preview.homes.map(({ name, accounts }) => [name, accounts])).toEqual([['basque', 12]])
    expect(preview.gain).toEqual([{ displayName: 'north-bearnRep', accounts: 12 }])
    expect(preview.lose).toEqual([{ displayName: 'north-basqueRep', accounts: 12 }])
    expect([preview.gained, preview.lost.map(({ fr }) => fr)]).toEqual([[], ['Parle basque']])
  })

  it('are chosen by town, postcode, answer, kind and sector, and listed alike', async () => {
    const fieldId = await arrangeField(world.sql, north, {
      territoryId: north.territories.pyrenees,
      entity: 'account',
      key: 'surface',
      spec: { type: 'single_choice', options: [{ id: 'grande', label: { fr: 'Grande' } }] } as never,
    })
    await arrange('basque', 2, { values: { [fieldId]: { v: 1, x: 'grande' } } })
    await arrange('basque', 3, { values: { [fieldId]: { v: 1, x: ['petite', 'grande'] } } })
    await arrange('basque', 4)
    const answer = { fieldId, value: 'grande' }
    const count = async (over: object) => (await as('local').account.previewReassign(ofTown(over))).accounts
    expect([await count({ answer }), await count({}), await count({ town: town.toUpperCase() })]).toEqual([
      5, 9, 9,
    ])
    expect([await count({ kind: 'prospect' }), await count({ home: true })]).toEqual([0, 0])
    expect(await count({ territoryId: north.territories.basque, home: true, answer })).toBe(5)
    const listed = await as('local').account.list({ territoryId: north.territories.pyrenees, town, answer })
    expect(listed.accounts).toHaveLength(5)
    const offered = await as('local').account.chosenBy({ territoryId: north.territories.basque })
    expect(offered.find((one) => one.fieldId === fieldId)?.options.map(({ id }) => id)).toEqual(['grande'])
  })

  it('are moved in batches, whatever their number, with a line each, and taken back as a whole', async () => {
    const ids = await arrange('basque', 230)
    const already = await arrange('bearn', 5)
    const { id, total } = await as('local').account.reassign(ofTown())
    expect(total).toBe(230)
    const { batches } = await work()
    expect(batches).toBe(4)
    expect(await homes(ids)).toEqual({ bearn: 230 })
    expect(await told(id)).toMatchObject({
      state: 'moved',
      moved: 230,
      kept: 0,
      toName: 'bearn',
      undoable: true,
    })
    await as('local').account.undoReassign({ reassignmentId: id })
    await work()
    expect([await homes(ids), await homes(already)]).toEqual([{ basque: 230 }, { bearn: 5 }])
    expect(await told(id)).toMatchObject({ state: 'undone', back: 230, stayed: 0, undoable: false })
    const actions = await world.sql<{ action: string }>(
      north.orgId,
      `SELECT action FROM audit_event WHERE detail ->> 'reassignmentId' = $1 ORDER BY at`,
      [id],
    )
    expect(actions.map(({ action }) => action)).toEqual(['account.reassign', 'account.undoReassign'])
  })

  it('go on where they were left, and none moves twice, when the work stops anywhere', async () => {
    const ids = await arrange('basque', 250)
    await as('local').account.reassign(ofTown())
    const stopping = new AbortController()
    let batches = 0
    const clock = () => {
      batches += 1
      if (batches === 2) stopping.abort()
      return now
    }
    const deps = { ...world.deps, now: clock }
    expect(await workReassignments(deps, north.orgId, stopping.signal)).toMatchObject({ done: false })
    expect(await homes(ids)).toEqual({ basque: 50, bearn: 200 })
    await Promise.all([work(), work()])
    await work()
    expect(await homes(ids)).toEqual({ bearn: 250 })
    const [moves] = await world.sql<{ n: number }>(
      north.orgId,
      'SELECT count(*)::int AS n FROM account_home WHERE account_id = ANY ($1)',
      [ids],
    )
    expect(moves?.n).toBe(500)
  })

  it('stay where they are when they have too many reports for one transaction, and are named', async () => {
    const [large = ''] = await arrange('basque', 1, { reports: 5_001 })
    const others = await arrange('basque', 2)
    const { id } = await as('local').account.reassign(ofTown())
    await work()
    expect([await homes([large]), await homes(others)]).toEqual([{ basque: 1 }, { bearn: 2 }])
    expect(await told(id)).toMatchObject({ state: 'moved', moved: 2, kept: 1 })
    const kept = await as('local').account.keptBack({ reassignmentId: id })
    expect(kept).toMatchObject([{ accountId: large, state: 'kept', reason: 'TOO_LARGE' }])
  })

  it('of an undo stay where somebody else has put them meanwhile', async () => {
    const ids = await arrange('basque', 3)
    const { id } = await as('local').account.reassign(ofTown())
    await work()
    await as('local').account.move({ accountIds: [ids[0] ?? ''], territoryId: north.territories.pyrenees })
    await as('local').account.undoReassign({ reassignmentId: id })
    await work()
    expect(await homes(ids)).toEqual({ basque: 2, pyrenees: 1 })
    expect(await told(id)).toMatchObject({ state: 'undone', back: 2, stayed: 1 })
  })

  it('are taken back in the middle of their move, and not after a week', async () => {
    const ids = await arrange('basque', 150)
    const { id } = await as('local').account.reassign(ofTown())
    const stopping = new AbortController()
    const clock = () => {
      stopping.abort()
      return now
    }
    const deps = { ...world.deps, now: clock }
    await workReassignments(deps, north.orgId, stopping.signal)
    expect(await homes(ids)).toEqual({ basque: 50, bearn: 100 })
    await as('local').account.undoReassign({ reassignmentId: id })
    await work()
    expect(await homes(ids)).toEqual({ basque: 150 })
    const { id: old } = await as('local').account.reassign(ofTown())
    await work()
    now = new Date('2026-11-27T10:00:01Z')
    expect(await refusal(as('local').account.undoReassign({ reassignmentId: old }))).toBe(
      'REASSIGNMENT_UNDO_OVER',
    )
    expect(await told(old)).toMatchObject({ undoable: false })
  })
})

describe('the right to it', () => {
  it('must hold at both ends: not a rep, not headquarters, not another branch or organisation', async () => {
    await arrange('basque', 1)
    for (const call of ['previewReassign', 'reassign'] as const) {
      expect(await refusal(as('basqueRep').account[call](ofTown()))).toBe('FORBIDDEN')
      expect(await refusal(as('hq').account[call](ofTown()))).toBe('FORBIDDEN')
      expect(await refusal(as('local').account[call](ofTown({}, 'finistere')))).toBe('FORBIDDEN')
      const above = ofTown({ territoryId: north.territories.aquitaine })
      expect(await refusal(as('local').account[call](above))).toBe('FORBIDDEN')
      const foreign = { ...ofTown(), toId: world.other.territories.bearn }
      expect(await refusal(as('local').account[call](foreign))).toBe('NOT_FOUND')
      const answer = { fieldId: randomUUID(), value: 'x' }
      expect(await refusal(as('local').account[call](ofTown({ answer })))).toBe('NOT_FOUND')
    }
    expect(await refusal(as('bretonRep').account.chosenBy({ territoryId: north.territories.basque }))).toBe(
      'FORBIDDEN',
    )
    const { id } = await as('local').account.reassign(ofTown())
    await work()
    for (const who of ['basqueRep', 'hq'] as const) {
      expect(await refusal(as(who).account.undoReassign({ reassignmentId: id }))).toBe('FORBIDDEN')
      expect(await refusal(as(who).account.keptBack({ reassignmentId: id }))).toBe('FORBIDDEN')
      expect(await refusal(as(who).account.reassignments({ territoryId: north.territories.basque }))).toBe(
        'FORBIDDEN',
      )
    }
    expect(await refusal(as('local', world.other).account.undoReassign({ reassignmentId: id }))).toBe(
      'NOT_FOUND',
    )
  })

  it('that is lost before its turn stops it, and moves nothing more', async () => {
    const ids = await arrange('basque', 2)
    const { id } = await as('local').account.reassign(ofTown())
    await world.sql(north.orgId, `UPDATE assignment SET valid_to = '2026-11-19' WHERE membership_id = $1`, [
      north.people.local.membershipId,
    ])
    await work()
    await world.sql(north.orgId, 'UPDATE assignment SET valid_to = NULL WHERE membership_id = $1', [
      north.people.local.membershipId,
    ])
    expect(await homes(ids)).toEqual({ basque: 2 })
    expect(await told(id)).toMatchObject({ state: 'stopped', moved: 0, failure: 'FORBIDDEN' })
  })

  it('chooses nothing by a free text, which its reader might not read', async () => {
    const fieldId = await arrangeField(world.sql, north, {
      territoryId: north.territories.basque,
      entity: 'account',
      key: 'humeur',
      spec: { type: 'short_text' } as never,
    })
    const answer = { fieldId, value: 'secret' }
    expect(await refusal(as('local').account.previewReassign(ofTown({ answer })))).toBe('INVALID_INPUT')
    expect(await refusal(as('local').account.list({ territoryId: north.territories.pyrenees, answer }))).toBe(
      'INVALID_INPUT',
    )
  })
})
