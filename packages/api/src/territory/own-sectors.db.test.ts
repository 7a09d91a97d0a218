import { randomUUID } from 'node:crypto'
import { inOrg } from '@fieldback/db/client'
import { lockPublications } from '@fieldback/db/field/field.repo'
import type { PullPage } from '@fieldback/domain/sync/pull'
import type { RehomeRule } from '@fieldback/domain/territory/rehome-rule'
import type { SectorAsk } from '@fieldback/domain/territory/sector-ask'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SessionIds } from '../context.ts'
import {
  arrangeAccount,
  arrangeField,
  arrangePerson,
  arrangeReport,
  openTestWorld,
  type TestOrg,
  type TestWorld,
} from '../test-world.ts'
import { arrangeSectors } from './arrange.job.ts'

let world: TestWorld
let north: TestOrg
let colleague: SessionIds
/** Names of accounts of finistere, which is local: bretonRep's own sector, and his colleague's. */
let accounts: Record<'brest1' | 'brest2' | 'brest3' | 'quimper', string>
let quay = ''

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const { finistere } = north.territories
  colleague = await arrangePerson(world.sql, north.orgId, {
    name: 'colleague',
    role: 'rep',
    territoryId: finistere,
  })
  await arrangePerson(world.sql, north.orgId, { name: 'chief', role: 'manager', territoryId: finistere })
})
afterAll(() => world.close())
beforeEach(async () => {
  const { sql } = world
  const { orgId, territories } = north
  const sectors = `SELECT id FROM territory WHERE parent_id = '${territories.finistere}'`
  const placed = "SELECT id FROM account WHERE name IN ('A', 'B', 'C', 'D')"
  await sql(orgId, 'DELETE FROM arranged_account')
  await sql(orgId, 'DELETE FROM sector_arrangement')
  await sql(orgId, `DELETE FROM account_home WHERE account_id IN (${placed})`)
  await sql(orgId, `DELETE FROM contact WHERE account_id IN (${placed})`)
  await sql(orgId, `DELETE FROM account WHERE id IN (${placed})`)
  await sql(orgId, `DELETE FROM assignment WHERE territory_id IN (${sectors})`)
  await sql(orgId, `DELETE FROM territory WHERE parent_id = '${territories.finistere}'`)
  const place = async (name: string, street: string, city: string): Promise<string> => {
    const { id } = await arrangeAccount(sql, orgId, territories.finistere, name)
    await sql(orgId, 'UPDATE account SET street = $2, city = $3 WHERE id = $1', [id, street, city])
    return id
  }
  accounts = {
    brest1: await place('A', '1 rue de Siam', 'Brest'),
    brest2: await place('B', '2, Rue de SIAM', 'BREST'),
    brest3: await place('C', '3 rue de Siam', 'Brest'),
    quimper: await place('D', '4 quai', 'Quimper'),
  }
  quay = randomUUID()
  await sql(
    orgId,
    `INSERT INTO territory (org_id, id, parent_id, rank, name, path) SELECT org_id, $1::uuid, id, 3, 'Quais', path || $1::uuid || '/' FROM territory WHERE id = $2`,
    [quay, territories.finistere],
  )
})

const sequences = new Map<string, number>()
const operation = (sectorId: string, ask: SectorAsk, territoryId = north.territories.finistere) => {
  const seq = (sequences.get(sectorId) ?? 0) + 1
  sequences.set(sectorId, seq)
  return {
    opId: randomUUID(),
    entityId: sectorId,
    seq,
    base: 0,
    capturedAt: '2026-11-20T09:00:00.000Z',
    clockOffset: 0,
    kind: 'sector.arrange',
    body: { territoryId, ask },
  }
}
const push = async (session: SessionIds, ...operations: readonly unknown[]) =>
  (
    await world
      .callerFor(session)
      .sync.push({ protocol: 1, membershipId: session.membershipId, operations: [...operations] })
  ).answers
const work = () => arrangeSectors(world.deps, north.orgId)
const rep = () => north.people.bretonRep
const pull = async (
  session: SessionIds,
  packAsOf: string | null = null,
  cursor: string | null = null,
): Promise<PullPage> => {
  await world.settled()
  return world.callerFor(session).sync.pull({
    protocol: 1,
    membershipId: session.membershipId,
    cursor,
    frameTag: null,
    packAsOf,
  })
}
const told = async (session: SessionIds = rep()) => (await pull(session)).pack?.arrangements ?? []
const homes = async (): Promise<Record<string, string>> => {
  const rows = await world.sql<{ id: string; territory_id: string }>(
    north.orgId,
    'SELECT id, territory_id FROM account WHERE id = ANY ($1)',
    [Object.values(accounts)],
  )
  return Object.fromEntries(rows.map((row) => [row.id, row.territory_id]))
}
const sectorNamed = async (id: string) =>
  (
    await world.sql<{ name: string; closed: boolean; made: boolean }>(
      north.orgId,
      'SELECT name, closed_at IS NOT NULL AS closed, made_by IS NOT NULL AS made FROM territory WHERE id = $1',
      [id],
    )
  )[0]
const BREST: RehomeRule = { by: 'towns', towns: ['brest'] }
const make = (name = 'Brest', rule: RehomeRule = BREST): SectorAsk => ({
  of: 'make',
  name,
  rule,
})

describe("a rep's own sub-sectors", () => {
  it('by a side of a street: those accounts have their home there, his phone shows it, and figures follow', async () => {
    const id = randomUUID()
    const rule = { by: 'street', town: 'Brest', street: 'rue de siam', side: 'odd' } as const
    expect(await push(rep(), operation(id, make('Siam, côté impair', rule)))).toMatchObject([
      { status: 'applied' },
    ])
    expect(await told()).toMatchObject([{ state: 'waiting', name: 'Siam, côté impair', own: true }])
    expect(await work()).toMatchObject({ done: true })
    const now = await homes()
    expect(now).toEqual({
      [accounts.brest1]: id,
      [accounts.brest3]: id,
      [accounts.brest2]: north.territories.finistere,
      [accounts.quimper]: north.territories.finistere,
    })
    const page = await pull(rep())
    expect(page.frame?.territories.find((one) => one.id === id)).toMatchObject({ made: true, rank: 3 })
    expect(page.accounts.find((one) => one.id === accounts.brest1)?.territoryId).toBe(id)
    expect(page.pack?.arrangements).toMatchObject([{ state: 'done', moved: 2, kept: 0 }])
  })

  it('what became of it is told as soon as it is done, though the figures are fresh', async () => {
    const { pack, cursor } = await pull(rep())
    const asOf = pack?.asOf ?? ''
    expect((await pull(rep(), asOf, cursor)).pack).toBeNull()
    await push(rep(), operation(randomUUID(), make()))
    await world.sql(
      north.orgId,
      `UPDATE sector_arrangement SET changed_at = changed_at + interval '1 second'`,
    )
    expect((await pull(rep(), asOf, cursor)).pack?.arrangements).toHaveLength(1)
  })

  it('are made where their sector lies, and not where it lay before a change of the tree that they waited for', async () => {
    const { orgId, territories } = north
    const id = randomUUID()
    await push(rep(), operation(id, make()))
    const waits = async () => {
      const rows = await world.sql(orgId, 'SELECT 1 FROM pg_locks WHERE NOT granted')
      expect(rows).not.toHaveLength(0)
    }
    let done: ReturnType<typeof work> | null = null
    await inOrg(world.deps.db, orgId, async (tx) => {
      await lockPublications({ tx, scope: { orgId } })
      done = work()
      await vi.waitFor(waits, 1_500)
      await tx.$executeRaw`UPDATE territory SET closed_at = now() WHERE id = ${territories.finistere}::uuid`
    })
    await done
    await world.sql(orgId, 'UPDATE territory SET closed_at = NULL WHERE id = $1', [territories.finistere])
    expect(await sectorNamed(id)).toBeUndefined()
    expect(await told()).toMatchObject([{ state: 'refused', code: 'TERRITORY_CLOSED' }])
  })

  it('are named, filled, emptied, renamed and dissolved, and each of these is taken back', async () => {
    const id = randomUUID()
    const made = operation(id, make())
    const renamed = operation(id, { of: 'rename', name: 'Brest même' })
    const left = operation(id, {
      of: 'change',
      into: false,
      rule: { by: 'accounts', ids: [accounts.brest1] },
    })
    await push(rep(), made, renamed, left)
    await work()
    expect(await sectorNamed(id)).toMatchObject({ name: 'Brest même', made: true })
    expect((await homes())[accounts.brest1]).toBe(north.territories.finistere)

    await push(
      rep(),
      operation(id, { of: 'undo', ask: left.opId }),
      operation(id, { of: 'undo', ask: renamed.opId }),
    )
    await work()
    expect((await homes())[accounts.brest1]).toBe(id)
    expect(await sectorNamed(id)).toMatchObject({ name: 'Brest' })

    const dissolved = operation(id, { of: 'dissolve' })
    await push(rep(), dissolved)
    await work()
    expect(await sectorNamed(id)).toMatchObject({ closed: true })
    expect(new Set(Object.values(await homes()))).toEqual(new Set([north.territories.finistere]))

    await push(rep(), operation(id, { of: 'undo', ask: dissolved.opId }))
    await work()
    expect(await sectorNamed(id)).toMatchObject({ closed: false })
    expect(Object.values(await homes()).filter((home) => home === id)).toHaveLength(3)

    await push(rep(), operation(id, { of: 'undo', ask: made.opId }))
    await work()
    expect(await sectorNamed(id)).toMatchObject({ closed: true })
    expect(new Set(Object.values(await homes()))).toEqual(new Set([north.territories.finistere]))
    expect((await told()).every(({ state }) => state === 'done')).toBe(true)
    await push(rep(), operation(id, { of: 'undo', ask: made.opId }))
    await work()
    expect((await told()).find(({ state }) => state === 'refused')?.code).toBe('UNDO_NOTHING')
  })

  it('keep the name that a manager has given since, when the rep takes his own back', async () => {
    const id = randomUUID()
    await push(rep(), operation(id, make()))
    const renamed = operation(id, { of: 'rename', name: 'Brest même' })
    await push(rep(), renamed)
    await work()
    await world.sql(north.orgId, `UPDATE territory SET name = 'Rade' WHERE id = $1`, [id])
    await push(rep(), operation(id, { of: 'undo', ask: renamed.opId }))
    await work()
    expect((await sectorNamed(id))?.name).toBe('Rade')
    expect((await told()).find(({ ask }) => ask === 'undo')).toMatchObject({ code: 'UNDO_NOTHING' })
  })

  it('are filled by no text that somebody would guess: such a rule takes nothing', async () => {
    const fieldId = await arrangeField(world.sql, north, {
      territoryId: quay,
      entity: 'account',
      key: `secret_${quay.slice(0, 8)}`,
      spec: { type: 'short_text' },
    })
    await world.sql(north.orgId, 'UPDATE account SET "values" = $2 WHERE id = $1', [
      accounts.quimper,
      JSON.stringify({ [fieldId]: { v: 1, x: 'Marmite' } }),
    ])
    await push(rep(), operation(randomUUID(), make('Marmites', { by: 'answer', fieldId, option: 'Marmite' })))
    await work()
    expect((await homes())[accounts.quimper]).toBe(north.territories.finistere)
    expect(await told()).toMatchObject([{ state: 'refused', code: 'FORBIDDEN' }])
    await world.sql(north.orgId, 'DELETE FROM field_version WHERE field_id = $1', [fieldId])
    await world.sql(north.orgId, 'DELETE FROM field_definition WHERE id = $1', [fieldId])
  })

  it('two reps of one sector may choose the same name without network: the second is told what it is called', async () => {
    const [one, two] = [randomUUID(), randomUUID()]
    await push(rep(), operation(one, make('Centre')))
    await push(colleague, operation(two, make('centre', { by: 'towns', towns: ['Brest', 'Quimper'] })))
    await work()
    expect((await sectorNamed(two))?.name).toBe('centre 2')
    // Both are of their sector: the last to arrive has them.
    expect(new Set(Object.values(await homes()))).toEqual(new Set([two, await homeOfLeft()]))
    expect((await told(colleague)).find(({ own }) => own)).toMatchObject({ name: 'centre 2', state: 'done' })
  })
  const homeOfLeft = async () => (await homes())[accounts.quimper] ?? ''

  it('take nothing out of what a manager arranged meanwhile, and say how many stayed', async () => {
    await world.sql(north.orgId, 'UPDATE account SET territory_id = $2 WHERE id = $1', [
      accounts.brest2,
      quay,
    ])
    const id = randomUUID()
    await push(rep(), operation(id, make()))
    await work()
    expect((await homes())[accounts.brest2]).toBe(quay)
    expect(await told()).toMatchObject([{ state: 'done', moved: 2, kept: 1 }])
  })

  it('a territory that closed meanwhile is said to be, and what comes after is done', async () => {
    const [one, two] = [randomUUID(), randomUUID()]
    await push(rep(), operation(one, make('Un')))
    await world.sql(north.orgId, 'UPDATE territory SET closed_at = now() WHERE id = $1', [
      north.territories.finistere,
    ])
    await work()
    await world.sql(north.orgId, 'UPDATE territory SET closed_at = NULL WHERE id = $1', [
      north.territories.finistere,
    ])
    await push(rep(), operation(one, { of: 'rename', name: 'Rien' }), operation(two, make('Deux')))
    await work()
    expect((await told()).map(({ state, code }) => [state, code]).toSorted()).toEqual(
      [
        ['refused', 'TERRITORY_CLOSED'],
        ['refused', 'SECTOR_GONE'],
        ['done', null],
      ].toSorted(),
    )
  })

  it("are never above, never beside, never a manager's, and nothing of theirs reaches another organisation", async () => {
    const { territories } = north
    const ask = make()
    const forbidden = [
      operation(randomUUID(), ask, territories.bretagne),
      operation(randomUUID(), ask, territories.pyrenees),
      operation(randomUUID(), ask, quay),
    ]
    expect(await push(rep(), ...forbidden)).toMatchObject(forbidden.map(() => ({ code: 'OP_FORBIDDEN' })))
    expect(await push(rep(), operation(randomUUID(), ask, world.other.territories.finistere))).toMatchObject([
      { code: 'OP_TARGET_UNKNOWN' },
    ])
    expect(
      await push(north.people.basqueRep, operation(randomUUID(), ask, territories.pyrenees)),
    ).toMatchObject([{ code: 'OP_FORBIDDEN' }])
    await push(
      rep(),
      operation(quay, { of: 'rename', name: 'À moi' }),
      operation(territories.basque, { of: 'dissolve' }),
      operation(territories.pyrenees, make()),
    )
    await work()
    expect(await sectorNamed(quay)).toEqual({ name: 'Quais', closed: false, made: false })
    expect(await sectorNamed(territories.basque)).toMatchObject({ closed: false })
    expect((await told()).map(({ state, code }) => [state, code]).toSorted()).toEqual([
      ['refused', 'FORBIDDEN'],
      ['refused', 'FORBIDDEN'],
      ['refused', 'SECTOR_GONE'],
    ])
  })

  it('nothing is done any more for somebody whose right has ended since', async () => {
    const gone = await arrangePerson(world.sql, north.orgId, {
      name: 'gone',
      role: 'rep',
      territoryId: north.territories.finistere,
    })
    await push(gone, operation(randomUUID(), make()))
    await world.sql(north.orgId, `UPDATE assignment SET valid_to = '2026-11-19' WHERE membership_id = $1`, [
      gone.membershipId,
    ])
    await work()
    expect(await told()).toMatchObject([{ state: 'refused', code: 'FORBIDDEN' }])
  })

  it('one on which somebody was put is not dissolved', async () => {
    const id = randomUUID()
    await push(rep(), operation(id, make()))
    await work()
    await arrangePerson(world.sql, north.orgId, { name: 'there', role: 'rep', territoryId: id })
    await push(rep(), operation(id, { of: 'dissolve' }))
    await work()
    expect((await told())[0]).toMatchObject({ state: 'refused', code: 'SECTOR_IN_USE' })
    expect(await sectorNamed(id)).toMatchObject({ closed: false })
  })

  it('of hundreds of accounts are made in parts; cut off in the middle, the work goes on where it was', async () => {
    const { finistere } = north.territories
    await world.sql(
      north.orgId,
      `WITH made AS (
         INSERT INTO account (org_id, id, territory_id, kind, name, name_key, city)
         SELECT $1::uuid, gen_random_uuid(), $2::uuid, 'client', 'D', 'd', 'Morlaix' FROM generate_series(1, 230) RETURNING org_id, id, territory_id)
       INSERT INTO account_home (org_id, account_id, from_at, territory_id) SELECT org_id, id, now() - interval '1 day', territory_id FROM made`,
      [north.orgId, finistere],
    )
    const id = randomUUID()
    const made = operation(id, make('Morlaix', { by: 'towns', towns: ['Morlaix'] }))
    await push(rep(), made)
    let asked = 0
    const cut = {
      get aborted() {
        asked += 1
        return asked > 2
      },
    } as AbortSignal
    expect(await arrangeSectors(world.deps, north.orgId, cut)).toMatchObject({ done: false })
    expect(await told()).toMatchObject([{ state: 'waiting', moved: 200 }])
    expect(await work()).toMatchObject({ done: true })
    expect(await told()).toMatchObject([{ state: 'done', moved: 230 }])
    const there = () =>
      world.sql<{ n: number }>(
        north.orgId,
        'SELECT count(*)::int AS n FROM account WHERE territory_id = $1',
        [id],
      )
    expect(await there()).toEqual([{ n: 230 }])
    await push(rep(), operation(id, { of: 'undo', ask: made.opId }))
    await work()
    expect(await there()).toEqual([{ n: 0 }])
  })

  it('take what is counted at an account with it', async () => {
    const account = north.accounts.finistere.id
    await arrangeReport(world.sql, north, { at: 'finistere', by: 'bretonRep' })
    await world.sql(north.orgId, 'DELETE FROM rollup_outbox')
    const id = randomUUID()
    const made = operation(id, make('Un seul', { by: 'accounts', ids: [account] }))
    await push(rep(), made)
    await work()
    const facts = await world.sql<{ fact: unknown }>(north.orgId, 'SELECT fact FROM rollup_outbox')
    expect(JSON.stringify(facts)).toContain(id)
    await push(rep(), operation(id, { of: 'undo', ask: made.opId }))
    await work()
    expect(await world.sql(north.orgId, 'SELECT territory_id FROM account WHERE id = $1', [account])).toEqual(
      [{ territory_id: north.territories.finistere }],
    )
  })

  it('one whose work always fails is said to have failed, and the next is done meanwhile', async () => {
    const [bad, good] = [randomUUID(), randomUUID()]
    await push(
      rep(),
      operation(bad, make('Mauvais')),
      operation(good, make('Bon', { by: 'towns', towns: ['Quimper'] })),
    )
    await world.sql(
      north.orgId,
      `UPDATE sector_arrangement SET ask = '{"of": "make", "rule": {"by": "all"}}' WHERE sector_id = $1`,
      [bad],
    )
    await work()
    const states = await told()
    expect(states.find(({ sectorId }) => sectorId === bad)).toMatchObject({
      state: 'refused',
      code: 'UNAVAILABLE',
    })
    expect(states.find(({ sectorId }) => sectorId === good)).toMatchObject({ state: 'done', moved: 1 })
  })

  it('sent twice is done once', async () => {
    const id = randomUUID()
    const made = operation(id, make())
    await push(rep(), made)
    expect(await push(rep(), made)).toMatchObject([{ status: 'duplicate' }])
    await work()
    expect(await told()).toHaveLength(1)
  })
})

describe('a manager on the desk', () => {
  it('sees what a rule would take, has it made, and takes it back', async () => {
    const [{ membership_id: membershipId } = { membership_id: '' }] = await world.sql<{
      membership_id: string
    }>(north.orgId, `SELECT membership_id FROM assignment WHERE role = 'manager' AND territory_id = $1`, [
      north.territories.finistere,
    ])
    const [{ id: deviceId, person_id: personId } = { id: '', person_id: '' }] = await world.sql<{
      id: string
      person_id: string
    }>(
      north.orgId,
      'SELECT d.id, m.person_id FROM device d JOIN membership m ON m.id = d.membership_id WHERE m.id = $1',
      [membershipId],
    )
    const chief = world.callerFor({ orgId: north.orgId, membershipId, deviceId, personId })
    const territoryId = north.territories.finistere
    const places = await chief.territory.rulePlaces({ territoryId, town: 'Brest' })
    expect(places.towns[0]).toEqual({ name: 'Brest', accounts: 3 })
    expect(places.streets).toEqual([{ name: 'rue de Siam', accounts: 3 }])
    expect(await chief.territory.previewRule({ territoryId, rule: BREST })).toMatchObject({
      taken: 3,
      from: [{ territoryId, accounts: 3 }, { accounts: 0 }],
    })
    const { id } = await chief.territory.askOfSector({ territoryId, ask: make('Brest du chef') })
    await work()
    const [done] = await chief.territory.arrangements({ territoryId })
    expect(done).toMatchObject({ id, state: 'done', moved: 3 })
    expect(await sectorNamed(done?.sectorId ?? '')).toMatchObject({ made: false })
    await chief.territory.askOfSector({
      territoryId,
      sectorId: done?.sectorId ?? null,
      ask: { of: 'undo', ask: id },
    })
    await work()
    expect(new Set(Object.values(await homes()))).toEqual(new Set([territoryId]))
    const [, first] = await chief.territory.arrangements({ territoryId })
    expect((await chief.territory.arrangements({ territoryId })).find((one) => one.id === id)?.undone).toBe(
      true,
    )
    expect(first).toBeDefined()
  })
})
