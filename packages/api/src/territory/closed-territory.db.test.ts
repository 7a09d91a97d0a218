import { randomUUID } from 'node:crypto'
import { pathTo } from '@fieldback/domain/giveback/local-rows'
import type { PullPage } from '@fieldback/domain/sync/pull'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SessionIds } from '../context.ts'
import { arrangeField, arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
/** Of the whole department: his own branch holds whatever sector is opened or closed in it. */
let rep: SessionIds
/** A sub-sector of pyrenees, closed; the account was made in it before, and arrived after. */
let closed: string
let account: string

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  rep = await arrangePerson(world.sql, north.orgId, {
    name: 'of the department',
    role: 'rep',
    territoryId: north.territories.pyrenees,
  })
  await arrangeField(world.sql, north, {
    territoryId: north.territories.pyrenees,
    entity: 'report',
    key: 'concurrent',
    spec: { type: 'yes_no', required: true },
  })
})
afterAll(() => world.close())
beforeEach(async () => {
  const name = `Soule ${randomUUID().slice(0, 8)}`
  closed = (await as('local').territory.createSubSector({ parentId: north.territories.pyrenees, name })).id
  await as('local').territory.close({ territoryId: closed })
  account = await arrives(closed, `Zubiri ${closed}`)
})

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who])
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )

/** What a phone without a network made in a territory, sent now. */
async function arrives(territoryId: string, name: string): Promise<string> {
  const entityId = randomUUID()
  const body = {
    territoryId,
    name,
    kind: 'prospect',
    activity: null,
    street: null,
    postcode: null,
    city: null,
    latitude: null,
    longitude: null,
    phone: null,
    email: null,
    values: {},
  }
  const operation = {
    opId: randomUUID(),
    entityId,
    seq: 1,
    base: 0,
    capturedAt: '2026-11-20T09:00:00.000Z',
    clockOffset: 0,
    kind: 'account.create',
    body,
  }
  const { answers } = await world
    .callerFor(rep)
    .sync.push({ protocol: 1, membershipId: rep.membershipId, operations: [operation] })
  expect(answers[0]).toMatchObject({ status: 'applied' })
  return entityId
}

const pulled = async (session = rep): Promise<PullPage> => {
  await world.settled()
  return world.callerFor(session).sync.pull({
    protocol: 1,
    membershipId: session.membershipId,
    cursor: null,
    frameTag: null,
    packAsOf: null,
  })
}

describe('an account that came into a territory closed meanwhile', () => {
  it('is listed in every branch above, found by its name, and says that its territory is closed', async () => {
    for (const [who, territory] of [
      ['local', 'pyrenees'],
      ['regional', 'aquitaine'],
      ['hq', 'france'],
    ] as const)
      for (const search of ['', 'Zubiri'])
        expect(
          (await as(who).account.list({ territoryId: north.territories[territory], search })).accounts.find(
            ({ id }) => id === account,
          ),
          `${who} ${search}`,
        ).toMatchObject({ territoryId: closed, closed: true })
    const { accounts } = await as('local').account.list({ territoryId: closed })
    expect(accounts.map(({ id }) => id)).toEqual([account])
    const basque = await as('local').account.list({ territoryId: north.territories.basque })
    expect(basque.accounts.map((line) => line.closed)).toEqual([false])
  })

  it('is nobody’s who has no right on its branch', async () => {
    expect(await refused(as('bretonRep').account.list({ territoryId: closed }))).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await refused(as('hq', world.other).account.list({ territoryId: closed }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await pulled(north.people.basqueRep)).frame?.territories.map(({ id }) => id)).not.toContain(
      closed,
    )
    expect(
      (await as('regional', world.other).territory.tree({ filter: 'Soule', closed: true })).matches,
    ).toBe(0)
  })

  it('is counted in the tree and on the page above, where its territory stands marked', async () => {
    const { pyrenees } = north.territories
    const counted = async () => {
      const { nodes } = await as('local').territory.tree({ closed: true })
      const page = await as('local').territory.get({ territoryId: pyrenees })
      return {
        tree: nodes.find(({ id }) => id === pyrenees)?.accounts,
        page: page.accounts,
        prospects: page.prospects,
        node: nodes.find(({ id }) => id === closed),
        line: page.children.find(({ id }) => id === closed),
      }
    }
    const before = await counted()
    await arrives(closed, 'Une autre')
    const after = await counted()
    expect(after).toMatchObject({
      tree: (before.tree ?? 0) + 1,
      page: before.page + 1,
      prospects: before.prospects + 1,
      node: { closed: true, accounts: 2, parentId: pyrenees },
      line: { closed: true, accounts: 2 },
    })
  })

  it('leaves its territory out of every list in which a place is chosen, and in their counts', async () => {
    const { pyrenees } = north.territories
    const { nodes } = await as('local').territory.tree({ at: closed, open: [pyrenees] })
    expect(nodes.map(({ id }) => id)).not.toContain(closed)
    const shown = await as('local').territory.tree({ closed: true })
    expect(nodes.find(({ id }) => id === pyrenees)?.accounts).toBe(
      shown.nodes.find(({ id }) => id === pyrenees)?.accounts,
    )
    const sought = await as('local').territory.tree({ filter: 'soule' })
    expect(sought.nodes.map(({ id }) => id)).not.toContain(closed)
    expect(
      await refused(as('local').account.move({ accountIds: [account], territoryId: closed })),
    ).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is moved to an open territory, cannot go back, and its territory goes out of sight', async () => {
    const moved = await as('local').account.move({
      accountIds: [account],
      territoryId: north.territories.bearn,
    })
    expect(moved).toEqual({ moved: [{ accountId: account, from: closed }], back: false })
    const { nodes } = await as('local').territory.tree({ closed: true })
    expect(nodes.map(({ id }) => id)).not.toContain(closed)
    expect((await pulled()).frame?.territories.map(({ id }) => id)).not.toContain(closed)
    const page = await as('local').territory.get({ territoryId: north.territories.pyrenees })
    expect(page.children.map(({ id }) => id)).not.toContain(closed)
    const again = await as('local').account.move({
      accountIds: [account],
      territoryId: north.territories.basque,
    })
    expect(again.back).toBe(true)
  })

  it('is in an open territory again when a manager reopens it', async () => {
    await as('local').territory.reopen({ territoryId: closed })
    const { accounts } = await as('local').account.list({ territoryId: closed })
    expect(accounts).toMatchObject([{ id: account, closed: false }])
    expect(await refused(as('local').territory.close({ territoryId: closed }))).toMatchObject({
      code: 'TERRITORY_NOT_EMPTY',
      params: { accounts: 1 },
    })
  })

  it('is on the phones of the branch with its territory, its path and the questions asked above', async () => {
    // The stream tells a row once every transaction older than it has ended, anywhere in the cluster.
    const page = await vi.waitFor(
      async () => {
        const found = await pulled()
        expect(found.accounts.map(({ id }) => id)).toContain(account)
        return found
      },
      { timeout: 10_000, interval: 50 },
    )
    const territories = page.frame?.territories ?? []
    expect(territories.find(({ id }) => id === closed)).toMatchObject({ closed: true })
    expect(territories.filter((one) => 'closed' in one && one.id !== closed && one.closed !== true)).toEqual(
      [],
    )
    expect(pathTo(closed, territories).map(({ id }) => id)).toEqual([
      north.territories.france,
      north.territories.aquitaine,
      north.territories.pyrenees,
      closed,
    ])
    expect(page.frame?.fields.map(({ territoryId }) => territoryId)).toContain(north.territories.pyrenees)
  })
})

describe('a territory that holds only a closed one with accounts', () => {
  it('does not close either, and says how many accounts are below', async () => {
    const above = await as('admin').territory.add({
      parentId: north.territories.aquitaine,
      rank: 2,
      name: `Landes ${randomUUID().slice(0, 8)}`,
      code: null,
    })
    const below = await as('admin').territory.add({ parentId: above.id, rank: 3, name: 'Marsan', code: null })
    await as('admin').territory.close({ territoryId: below.id })
    const page = () => as('admin').territory.administered({ territoryId: above.id })
    expect((await page()).here).toMatchObject({ accounts: 0, inClosed: 0, children: 0 })
    await world.sql(
      north.orgId,
      `INSERT INTO account (org_id, id, territory_id, kind, name, name_key) VALUES ($1, $2, $3, 'client', 'A', 'a')`,
      [north.orgId, randomUUID(), below.id],
    )
    expect((await page()).here).toMatchObject({ accounts: 0, inClosed: 1, children: 0 })
    expect(await refused(as('admin').territory.close({ territoryId: above.id }))).toMatchObject({
      code: 'TERRITORY_NOT_EMPTY',
      params: { accounts: 0, inClosed: 1 },
    })
  })

  it('closed before the account came, both stay in sight', async () => {
    const { aquitaine } = north.territories
    const add = (parentId: string, rank: 2 | 3, name: string) =>
      as('admin').territory.add({ parentId, rank, name, code: null })
    const above = await add(aquitaine, 2, `Gers ${randomUUID().slice(0, 8)}`)
    const below = await add(above.id, 3, 'Armagnac')
    await as('admin').territory.close({ territoryId: below.id })
    await as('admin').territory.close({ territoryId: above.id })
    const inTree = async () =>
      (await as('regional').territory.tree({ at: below.id, closed: true })).nodes
        .filter(({ id }) => id === above.id || id === below.id)
        .map(({ name, accounts, closed: shut }) => [name, accounts, shut])
    expect(await inTree()).toEqual([])
    await world.sql(
      north.orgId,
      `INSERT INTO account (org_id, id, territory_id, kind, name, name_key) VALUES ($1, $2, $3, 'client', 'B', 'b')`,
      [north.orgId, randomUUID(), below.id],
    )
    expect(await inTree()).toEqual([
      [above.name, 1, true],
      ['Armagnac', 1, true],
    ])
  })
})
