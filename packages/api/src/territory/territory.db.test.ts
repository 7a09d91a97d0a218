import { randomUUID } from 'node:crypto'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  arrangeAccount,
  arrangeField,
  arrangePerson,
  openTestWorld,
  type TestOrg,
  type TestWorld,
} from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who]).territory
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )
const journal = (action: string) =>
  world.sql<{ subject_id: string; detail: Record<string, unknown>; membership_id: string }>(
    north.orgId,
    'SELECT subject_id, detail, membership_id FROM audit_event WHERE action = $1 ORDER BY at DESC',
    [action],
  )

describe('the tree', () => {
  it("shows the reader's branches, the way to a place, and the accounts of each branch", async () => {
    const { nodes } = await as('hq').tree({ at: north.territories.basque })
    expect(nodes.map((node) => [node.name, node.rank, node.accounts, node.hasChildren])).toEqual([
      ['france', 0, 3, true],
      ['aquitaine', 1, 2, true],
      ['bretagne', 1, 1, true],
      ['pyrenees', 2, 2, true],
      ['basque', 3, 1, false],
      ['bearn', 3, 1, false],
    ])
  })
  it('begins at the branch of a manager and shows nothing above nor beside it', async () => {
    const { nodes } = await as('local').tree({})
    expect(nodes.map((node) => [node.name, node.parentId])).toEqual([
      ['pyrenees', null],
      ['basque', north.territories.pyrenees],
      ['bearn', north.territories.pyrenees],
    ])
  })
  it('opens what was opened by hand, and closes the rest', async () => {
    const names = async (open: string[]) => (await as('hq').tree({ open })).nodes.map((node) => node.name)
    expect(await names([])).toEqual(['france', 'aquitaine', 'bretagne'])
    expect(await names([north.territories.bretagne])).toEqual([
      'france',
      'aquitaine',
      'bretagne',
      'finistere',
    ])
  })
  it('is filtered by any part of a name, whatever the accents, with the way to what matches', async () => {
    const { nodes, matches } = await as('hq').tree({ filter: 'ÉARN' })
    expect(matches).toBe(1)
    expect(nodes.map((node) => node.name)).toEqual(['france', 'aquitaine', 'pyrenees', 'bearn'])
    expect((await as('local').tree({ filter: 'finis' })).nodes).toEqual([])
  })
  it('of another organisation never shows, whatever ids are named', async () => {
    const { nodes } = await as('hq').tree({
      at: world.other.territories.basque,
      open: [world.other.territories.france],
    })
    expect(nodes.map((node) => node.name)).toEqual(['france', 'aquitaine', 'bretagne'])
  })
})

describe('the page of a territory', () => {
  it('counts accounts, people, reports per week and what lies under it', async () => {
    const prospect = await arrangeAccount(world.sql, north.orgId, north.territories.pyrenees, 'Nouveau')
    await world.sql(north.orgId, `UPDATE account SET kind = 'prospect' WHERE id = $1`, [prospect.id])
    await rollup(north.territories.pyrenees, '2026-11-18', 6)
    await rollup(north.territories.pyrenees, '2026-10-25', 2)
    await rollup(north.territories.basque, '2026-11-18', 6)
    await rollup(north.territories.basque, '2026-09-10', 3)
    const page = await as('local').get({ territoryId: north.territories.pyrenees })
    expect(page).toMatchObject({ accounts: 3, prospects: 1, reps: 2, reportsPerWeek: 2 })
    expect(page.above.map((place) => [place.name, place.readable])).toEqual([
      ['france', false],
      ['aquitaine', false],
    ])
    expect(page.children).toEqual([
      expect.objectContaining({
        name: 'basque',
        accounts: 1,
        reports30Days: 6,
        heldBy: { first: 'north-basqueRep', count: 1 },
        weeks: [0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6],
      }),
      expect.objectContaining({ name: 'bearn', reports30Days: 0, ownFields: 0 }),
    ])
  })
  it('hides the median time of fewer than five people, and says so', async () => {
    await file(north, 'basqueRep', 40)
    const before = await as('local').get({ territoryId: north.territories.pyrenees })
    expect(before.entryTime).toEqual({ state: 'hidden', people: 1, need: 5 })
    for (let n = 0; n < 4; n++) {
      const person = await arrangePerson(world.sql, north.orgId, {
        name: `basque-${n}`,
        role: 'rep',
        territoryId: north.territories.basque,
      })
      await file({ ...north, people: { ...north.people, basqueRep: person } }, 'basqueRep', 50)
    }
    const after = await as('local').get({ territoryId: north.territories.pyrenees })
    expect(after.entryTime).toEqual({ state: 'known', seconds: 50, reports: 5 })
  })
  it('says what is asked by owner, with its place, and where most is asked', async () => {
    const option = (id: string) => ({ id, label: { fr: id } })
    await arrangeField(world.sql, north, {
      territoryId: north.territories.france,
      entity: 'report',
      key: 'humeur',
      spec: { type: 'single_choice', options: [option('bonne'), { ...option('vieille'), retired: true }] },
    })
    const local = await arrangeField(world.sql, north, {
      territoryId: north.territories.basque,
      entity: 'contact',
      key: 'parle_basque',
      spec: { type: 'yes_no' },
    })
    for (const membership of Object.values(north.people)) {
      await world.sql(
        north.orgId,
        `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers, seconds, received, used)
         VALUES ($1, $2, $3, '2026-10-01', 2, 7, 3, 1)`,
        [north.orgId, membership.membershipId, local],
      )
    }
    const { asked, children } = await as('local').get({ territoryId: north.territories.pyrenees })
    expect(asked.owners.map((owner) => [owner.territory.name, owner.place, owner.fields.length])).toEqual([
      ['france', 'above', 1],
      ['basque', 'below', 1],
    ])
    expect(asked.owners[0]?.fields[0]).toMatchObject({
      options: [{ fr: 'bonne' }],
      seconds: 3,
      measured: false,
      received: null,
    })
    expect(asked.owners[1]?.fields[0]).toMatchObject({ received: 21, used: 7, seconds: 3.5, measured: true })
    expect(asked.longest).toMatchObject({ name: 'basque', questions: 2, seconds: 6.5 })
    expect(children[0]).toMatchObject({ name: 'basque', ownFields: 1 })
    expect(JSON.stringify(asked)).not.toContain(north.people.basqueRep.membershipId)
  })
  it('says what the reader may do there', async () => {
    const can = async (who: keyof TestOrg['people']) =>
      (await as(who).get({ territoryId: north.territories.pyrenees })).can
    expect(await can('local')).toMatchObject({
      arrange: true,
      divide: true,
      rename: false,
      define: true,
      moveAccounts: true,
    })
    expect(await can('hq')).toMatchObject({ arrange: false, define: true, moveAccounts: false, grant: [] })
    const basque = { territoryId: north.territories.basque }
    expect((await as('local').get(basque)).can).toMatchObject({ dissolve: true, divide: false })
    expect((await as('basqueRep').get(basque)).can).toMatchObject({ dissolve: false, divide: false })
    expect((await can('local')).grant).toEqual(['rep', 'manager', 'headquarters'])
  })
  it('of a rep is his own sector, and no other place', async () => {
    expect((await as('basqueRep').get({ territoryId: north.territories.basque })).can).toMatchObject({
      arrange: false,
      define: false,
      grant: [],
    })
    expect(await refusal(as('basqueRep').get({ territoryId: north.territories.bearn }))).toBe('FORBIDDEN')
  })
  it('of another branch is denied, of another organisation unknown', async () => {
    expect(await refusal(as('local').get({ territoryId: north.territories.bretagne }))).toBe('FORBIDDEN')
    expect(await refusal(as('local').get({ territoryId: world.other.territories.pyrenees }))).toBe(
      'NOT_FOUND',
    )
  })
})

describe('a new sub-sector', () => {
  it('lies under its local territory, is written in the journal, and shows in the tree', async () => {
    const made = await as('local').createSubSector({
      parentId: north.territories.pyrenees,
      name: ' Pays de Nay ',
    })
    expect(made).toMatchObject({ name: 'Pays de Nay', rank: 3, parentId: north.territories.pyrenees })
    const [row] = await world.sql<{ path: string }>(north.orgId, 'SELECT path FROM territory WHERE id = $1', [
      made.id,
    ])
    expect(row?.path.endsWith(`${north.territories.pyrenees}/${made.id}/`)).toBe(true)
    expect((await journal('territory.createSubSector'))[0]).toMatchObject({
      subject_id: made.id,
      membership_id: north.people.local.membershipId,
    })
    expect((await as('local').tree({})).nodes.map((node) => node.name)).toContain('Pays de Nay')
  })
  it('never bears the name of a neighbour, whatever the case and the accents', async () => {
    const taken = as('local').createSubSector({ parentId: north.territories.pyrenees, name: 'BÉARN' })
    expect(await refusal(taken)).toBe('TERRITORY_NAME_TAKEN')
  })
  it('asked for twice at the same instant is made once', async () => {
    const name = 'Soule'
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        refusal(as('local').createSubSector({ parentId: north.territories.pyrenees, name })),
      ),
    )
    expect(answers.sort()).toEqual(['TERRITORY_NAME_TAKEN', 'TERRITORY_NAME_TAKEN', 'accepted'])
  })
  it('lies under a local territory and nowhere else', async () => {
    for (const parentId of [north.territories.aquitaine, north.territories.basque])
      expect(await refusal(as('regional').createSubSector({ parentId, name: 'Ailleurs' }))).toBe(
        'TERRITORY_RANK',
      )
  })
  it('is refused without a name', async () => {
    for (const name of ['', '   ', '!!', 'x'.repeat(81)])
      expect(await refusal(as('local').createSubSector({ parentId: north.territories.pyrenees, name }))).toBe(
        'INVALID_INPUT',
      )
  })
  it('is not for a rep, nor headquarters, nor the manager of another branch, nor another organisation', async () => {
    const at = { parentId: north.territories.finistere, name: 'Léon' }
    expect(await refusal(as('bretonRep').createSubSector(at))).toBe('FORBIDDEN')
    expect(await refusal(as('hq').createSubSector(at))).toBe('FORBIDDEN')
    expect(await refusal(as('local').createSubSector(at))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).createSubSector(at))).toBe('NOT_FOUND')
  })
})

describe('a territory renamed', () => {
  it('keeps its place, and the journal keeps both names', async () => {
    const { bearn } = north.territories
    await as('local').rename({ territoryId: bearn, name: 'Béarn des Gaves' })
    expect((await journal('territory.rename'))[0]?.detail).toMatchObject({
      from: 'bearn',
      to: 'Béarn des Gaves',
    })
    // The same name with an accent is no neighbour's.
    await as('local').rename({ territoryId: bearn, name: 'Béarn' })
    expect(await refusal(as('local').rename({ territoryId: bearn, name: 'Basque' }))).toBe(
      'TERRITORY_NAME_TAKEN',
    )
  })
  it('is a sub-sector, unless the administrator does it', async () => {
    const { pyrenees } = north.territories
    expect(await refusal(as('local').rename({ territoryId: pyrenees, name: 'Le 64' }))).toBe('TERRITORY_RANK')
    expect(await as('admin').rename({ territoryId: pyrenees, name: 'Le 64' })).toMatchObject({
      name: 'Le 64',
    })
  })
  it('is refused to a rep, another branch and another organisation', async () => {
    const at = { territoryId: north.territories.finistere, name: 'Léon' }
    expect(await refusal(as('bretonRep').rename(at))).toBe('FORBIDDEN')
    expect(await refusal(as('local').rename(at))).toBe('FORBIDDEN')
    expect(await refusal(as('regional', world.other).rename(at))).toBe('NOT_FOUND')
    expect(await refusal(as('local').rename({ territoryId: randomUUID(), name: 'Léon' }))).toBe('NOT_FOUND')
  })
})

async function rollup(territoryId: string, day: string, n: number): Promise<void> {
  await world.sql(
    north.orgId,
    `INSERT INTO rollup_day (org_id, basis, territory_id, day, kind, outcome, n) VALUES ($1, 'today', $2, $3, 'visit', 'order', $4)`,
    [north.orgId, territoryId, day, n],
  )
}

/** A report filed at the account of the Basque sector, counted in the roll-up of its department. */
async function file(org: TestOrg, who: keyof TestOrg['people'], seconds: number): Promise<void> {
  await world.sql(
    org.orgId,
    `INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, duration_seconds, captured_at)
     VALUES ($1, $2, $3, $4, $5, 'visit', 'order', '2026-11-19', 'accepted', $6, now())`,
    [
      org.orgId,
      randomUUID(),
      org.accounts.basque.id,
      org.territories.basque,
      org.people[who].membershipId,
      seconds,
    ],
  )
  await world.sql(
    org.orgId,
    `INSERT INTO rollup_day AS r (org_id, basis, territory_id, day, kind, outcome, n) VALUES ($1, 'then', $2, '2026-11-19', 'visit', 'order', 1)
     ON CONFLICT (org_id, basis, territory_id, day, kind, outcome) DO UPDATE SET n = r.n + 1`,
    [org.orgId, org.territories.pyrenees],
  )
}
