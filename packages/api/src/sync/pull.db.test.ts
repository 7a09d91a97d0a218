import { randomUUID } from 'node:crypto'
import type { PullPage } from '@fieldback/domain/sync/pull'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import { arrangeAccount, arrangeField, openTestWorld, type TestWorld } from '../test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

/** Pulls to the end from a page on, as a phone does, once nothing that was written before is held back. */
async function pullAll(session: SessionIds, from: PullPage | null = null): Promise<PullPage[]> {
  await world.settled()
  return pullNow(session, from)
}

async function pullNow(session: SessionIds, from: PullPage | null): Promise<PullPage[]> {
  const pages: PullPage[] = []
  let last = from
  do {
    last = await world.callerFor(session).sync.pull({
      protocol: 1,
      membershipId: session.membershipId,
      cursor: last?.cursor ?? null,
      frameTag: last?.frameTag ?? null,
      packAsOf: null,
    })
    pages.push(last)
  } while (last.more)
  return pages
}
const ids = (pages: readonly PullPage[], kind: 'accounts' | 'contacts' | 'reports'): string[] =>
  pages.flatMap((page) => page[kind].map((row) => row.id))
const lastOf = (pages: readonly PullPage[]): PullPage => {
  const page = pages.at(-1)
  if (!page) throw new Error('no page')
  return page
}

describe('a first pull', () => {
  it('holds the branch, its forms and all above, and nothing of a neighbour or another organisation', async () => {
    const { north } = world
    const pages = await pullAll(north.people.basqueRep)
    expect(pages[0]?.reset).toBe(true)
    expect(ids(pages, 'accounts')).toEqual([north.accounts.basque.id])
    expect(ids(pages, 'contacts')).toEqual([north.accounts.basque.contactId])
    const names = lastOf(pages).frame?.territories.map((territory) => territory.name) ?? []
    expect(names.sort()).toEqual(['aquitaine', 'basque', 'france', 'pyrenees'])
  })

  it('of a manager holds what his reps hold', async () => {
    const { north } = world
    const reps = [...(await pullAll(north.people.basqueRep)), ...(await pullAll(north.people.bearnRep))]
    const manager = await pullAll(north.people.local)
    expect(ids(manager, 'accounts').sort()).toEqual(ids(reps, 'accounts').sort())
  })

  it('is refused to somebody who files no reports', async () => {
    await expect(pullAll(world.north.people.hq)).rejects.toMatchObject({ message: 'FORBIDDEN' })
  })

  it('starts again from a cursor that is not ours, of another scope or of another database', async () => {
    const { north, sql } = world
    const page = lastOf(await pullAll(north.people.bearnRep))
    const asked = { protocol: 1, membershipId: null, frameTag: null, packAsOf: null }
    const caller = world.callerFor(north.people.basqueRep)
    expect((await caller.sync.pull({ ...asked, cursor: 'nonsense' })).reset).toBe(true)
    expect((await caller.sync.pull({ ...asked, cursor: page.cursor })).reset).toBe(true)
    const own = lastOf(await pullAll(north.people.basqueRep))
    await sql(north.orgId, 'UPDATE organisation SET epoch = $1', [randomUUID()])
    expect((await caller.sync.pull({ ...asked, cursor: own.cursor })).reset).toBe(true)
  })
})

describe('a later pull', () => {
  it('holds the client number that an account was given, for the phone to search', async () => {
    const { north, sql } = world
    const { orgId, accounts, people } = north
    const first = await pullAll(people.basqueRep)
    expect(first.flatMap((page) => page.accounts).map(({ ref }) => ref)).toEqual([null])
    await sql(orgId, `UPDATE account SET ref = 'C-0042' WHERE id = $1`, [accounts.basque.id])
    const later = await pullAll(people.basqueRep, lastOf(first))
    expect(later.flatMap((page) => page.accounts).map(({ id, ref }) => [id, ref])).toEqual([
      [accounts.basque.id, 'C-0042'],
    ])
    await sql(orgId, 'UPDATE account SET ref = NULL WHERE id = $1', [accounts.basque.id])
  })

  it('holds only what changed, and leaves an unchanged frame out', async () => {
    const { north, sql } = world
    const before = lastOf(await pullAll(north.people.basqueRep))
    expect(ids(await pullAll(north.people.basqueRep, before), 'accounts')).toEqual([])
    await sql(north.orgId, 'UPDATE account SET activity = $2 WHERE id = $1', [
      north.accounts.basque.id,
      'Fromagerie',
    ])
    const [page] = await pullAll(north.people.basqueRep, before)
    expect(page?.accounts.map((row) => row.activity)).toEqual(['Fromagerie'])
    expect(page?.frame).toBeNull()
    expect(page?.reset).toBe(false)
  })

  it('brings a new question of the branch and never one of a neighbour', async () => {
    const { north, sql } = world
    const before = lastOf(await pullAll(north.people.basqueRep))
    const spec = { type: 'yes_no' } as const
    await arrangeField(sql, north, {
      territoryId: north.territories.basque,
      entity: 'contact',
      key: 'basque',
      spec,
    })
    await arrangeField(sql, north, {
      territoryId: north.territories.bearn,
      entity: 'contact',
      key: 'bearn',
      spec,
    })
    const { frame } = lastOf(await pullAll(north.people.basqueRep, before))
    expect(frame?.fields.map((field) => field.key)).toEqual(['basque'])
  })

  it('brings an account that entered with its history, and names one that left', async () => {
    const { north, sql } = world
    const { id, contactId } = await arrangeAccount(
      sql,
      north.orgId,
      north.territories.bearn,
      'Auberge Iratzia',
    )
    const basque = lastOf(await pullAll(north.people.basqueRep))
    const bearn = lastOf(await pullAll(north.people.bearnRep))
    await sql(north.orgId, 'UPDATE account SET territory_id = $2 WHERE id = $1', [
      id,
      north.territories.basque,
    ])
    await sql(north.orgId, 'UPDATE account_home SET to_at = now() WHERE account_id = $1', [id])
    await sql(
      north.orgId,
      `INSERT INTO account_home (org_id, account_id, from_at, territory_id) VALUES ($1, $2, now() + interval '1 ms', $3)`,
      [north.orgId, id, north.territories.basque],
    )
    const entered = await pullAll(north.people.basqueRep, basque)
    expect(ids(entered, 'accounts')).toContain(id)
    expect(ids(entered, 'contacts')).toContain(contactId)
    expect((await pullAll(north.people.bearnRep, bearn)).flatMap((page) => page.left)).toContain(id)
  })

  it('brings accounts made in the branch by the page of accounts, with what hangs on them, and a move of one after', async () => {
    const { north, sql } = world
    const before = lastOf(await pullAll(north.people.basqueRep))
    await sql(
      north.orgId,
      `WITH made AS (
         INSERT INTO account (org_id, id, territory_id, kind, name, name_key)
         SELECT $1, gen_random_uuid(), $2, 'client', 'Né ' || n, 'ne ' || n FROM generate_series(1, 450) n RETURNING org_id, id, territory_id),
       home AS (
         INSERT INTO account_home (org_id, account_id, from_at, territory_id) SELECT org_id, id, now(), territory_id FROM made)
       INSERT INTO contact (org_id, id, account_id, first_name, last_name, name_key)
       SELECT org_id, gen_random_uuid(), id, 'A', 'B', 'b a' FROM made`,
      [north.orgId, north.territories.basque],
    )
    const pages = await pullAll(north.people.basqueRep, before)
    expect(pages).toHaveLength(1)
    expect(new Set(ids(pages, 'accounts')).size).toBe(450)
    expect(new Set(ids(pages, 'contacts')).size).toBe(450)
    const [id = ''] = ids(pages, 'accounts')
    const bearn = lastOf(await pullAll(north.people.bearnRep))
    const { move } = world.callerFor(north.people.regional).account
    await move({ accountIds: [id], territoryId: north.territories.bearn })
    expect((await pullAll(north.people.basqueRep, lastOf(pages))).flatMap((page) => page.left)).toEqual([id])
    const entered = await pullAll(north.people.bearnRep, bearn)
    expect([ids(entered, 'accounts'), new Set(ids(entered, 'contacts')).size]).toEqual([[id], 1])
    await move({ accountIds: [id], territoryId: north.territories.basque })
    const back = await pullAll(north.people.basqueRep, lastOf(pages))
    expect([ids(back, 'accounts'), ids(back, 'contacts').length]).toEqual([[id], 1])
  })

  it('does not skip what a slow transaction commits after a faster one', async () => {
    const { north, database } = world
    const rename = async (client: Client, accountId: string, activity: string) => {
      await client.query('BEGIN')
      await client.query(`SELECT set_config('app.org', $1, true)`, [north.orgId])
      await client.query('UPDATE account SET activity = $2 WHERE id = $1', [accountId, activity])
    }
    const { id: second } = await arrangeAccount(
      world.sql,
      north.orgId,
      north.territories.basque,
      'Traiteur Durruty',
    )
    let page = lastOf(await pullAll(north.people.basqueRep))
    const [slow, fast] = [
      new Client({ connectionString: database.ownerUrl }),
      new Client({ connectionString: database.ownerUrl }),
    ]
    await Promise.all([slow.connect(), fast.connect()])
    try {
      await rename(slow, north.accounts.basque.id, 'slow')
      await rename(fast, second, 'fast')
      await fast.query('COMMIT')
      const during = await pullNow(north.people.basqueRep, page)
      page = lastOf(during)
      await slow.query('COMMIT')
      const after = await pullAll(north.people.basqueRep, page)
      const seen = [...during, ...after].flatMap((each) => each.accounts.map((row) => row.activity))
      expect(seen.sort()).toEqual(['fast', 'slow'])
    } finally {
      await Promise.all([slow.end(), fast.end()])
    }
  })
})

it('a level above never pulls the free text of a local field, unless its owner shares it', async () => {
  const { north, sql } = world
  const spec = { type: 'short_text' } as const
  const territoryId = north.territories.basque
  const secret = await arrangeField(sql, north, { territoryId, entity: 'account', key: 'secret', spec })
  const shared = await arrangeField(sql, north, {
    territoryId,
    entity: 'account',
    key: 'shared',
    spec: { ...spec, shared: true },
  })
  const values = { [secret]: { v: 1, x: 'PLANTED-SECRET' }, [shared]: { v: 1, x: 'PLANTED-SHARED' } }
  await sql(north.orgId, 'UPDATE account SET "values" = $2 WHERE id = $1', [
    north.accounts.basque.id,
    JSON.stringify(values),
  ])
  const rep = JSON.stringify(await pullAll(north.people.basqueRep))
  expect(rep).toContain('PLANTED-SECRET')
  const manager = JSON.stringify(await pullAll(north.people.regional))
  expect(manager).not.toContain('PLANTED-SECRET')
  expect(manager).toContain('PLANTED-SHARED')
})

describe('the return pack', () => {
  const figures = async (field: string, place: string, people: number) => {
    const { north, sql } = world
    await sql(
      north.orgId,
      `INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, n_order) VALUES ($1, $2, 'today', $3, '2026-10-01', 'true', 9)`,
      [north.orgId, field, place],
    )
    for (let person = 0; person < people; person++) {
      await sql(
        north.orgId,
        `INSERT INTO rollup_person (org_id, basis, territory_id, month, membership_id, n) VALUES ($1, 'today', $2, '2026-10-01', $3, 2)`,
        [north.orgId, place, randomUUID()],
      )
    }
  }

  it("holds one's own branch, and above it only groups of five that are asked the same", async () => {
    const { north, sql } = world
    const { france, aquitaine, pyrenees, basque } = north.territories
    const spec = { type: 'yes_no', reportable: true } as const
    const national = await arrangeField(sql, north, {
      territoryId: france,
      entity: 'report',
      key: 'national',
      spec,
    })
    const local = await arrangeField(sql, north, {
      territoryId: basque,
      entity: 'report',
      key: 'local',
      spec,
    })
    await figures(national, basque, 1)
    await figures(national, pyrenees, 4)
    await figures(national, aquitaine, 5)
    await sql(
      north.orgId,
      `INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, n_order)
       SELECT org_id, $2, basis, territory_id, month, bucket, n_order FROM rollup_cell WHERE field_id = $1`,
      [national, local],
    )
    const pack = lastOf(await pullAll(north.people.basqueRep)).pack
    const shown = (field: string) =>
      pack?.distributions.filter((d) => d.fieldId === field).map((d) => d.territoryId)
    expect(shown(national)?.sort()).toEqual([aquitaine, basque].sort())
    expect(shown(local)).toEqual([basque])
  })
})

// Last: thousands of rows stay in the branch.
describe('a first pull of several pages', () => {
  /** Accounts in the branch, the last ones never seen; each with a contact. */
  const arrangeMany = (count: number) =>
    world.sql(
      world.north.orgId,
      `WITH made AS (
         INSERT INTO account (org_id, id, territory_id, kind, name, name_key, visit_every_days, last_visit_day)
         SELECT $1, gen_random_uuid(), $2, 'client', 'Compte ' || n, 'compte ' || n, 30,
                CASE WHEN n > $3 - 5 THEN NULL ELSE current_date - 1 END
           FROM generate_series(1, $3::int) n RETURNING org_id, id, territory_id),
       home AS (
         INSERT INTO account_home (org_id, account_id, from_at, territory_id) SELECT org_id, id, now(), territory_id FROM made)
       INSERT INTO contact (org_id, id, account_id, first_name, last_name, name_key)
       SELECT org_id, gen_random_uuid(), id, 'A', 'B', 'b a' FROM made`,
      [world.north.orgId, world.north.territories.bearn, count],
    )
  it('begins with the accounts of the day, whole, and its forms; then brings every row in its turn', async () => {
    const { north } = world
    await arrangeMany(1_050)
    const [first, ...rest] = await pullAll(north.people.bearnRep)
    if (!first) throw new Error('no page')
    const due = first.accounts.filter(({ lastVisitDay }) => lastVisitDay === null)
    expect([first.reset, first.more, due.length >= 5, first.accounts.length <= 60]).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(new Set(first.contacts.map(({ accountId }) => accountId))).toEqual(
      new Set(first.accounts.map(({ id }) => id)),
    )
    expect(first.frame).not.toBeNull()
    const all = ids(rest, 'accounts')
    expect(new Set(all).size).toBe(all.length)
    for (const id of ids([first], 'accounts')) expect(all).toContain(id)
    expect(first.total).toBe(all.length + ids(rest, 'contacts').length + ids(rest, 'reports').length)
    expect(rest.some((page) => page.reset)).toBe(false)
  })

  it('names what it began with and what left before its turn', async () => {
    const { north, sql } = world
    await world.settled()
    const asked = { protocol: 1, membershipId: null, frameTag: null, packAsOf: null }
    const { sync } = world.callerFor(north.people.bearnRep)
    const first = await sync.pull({ ...asked, cursor: null })
    const [gone, left] = first.accounts.filter(({ lastVisitDay }) => lastVisitDay === null)
    if (!gone || !left) throw new Error('nothing began')
    const contact = first.contacts.find(({ accountId }) => accountId === gone.id)
    await sql(north.orgId, 'UPDATE contact SET deleted_at = now() WHERE id = $1', [contact?.id])
    const { move } = world.callerFor(north.people.regional).account
    await move({ accountIds: [left.id], territoryId: north.territories.basque })
    const rest = await pullAll(north.people.bearnRep, first)
    expect(rest.flatMap((page) => page.gone ?? [])).toContain(contact?.id)
    expect(rest.flatMap((page) => page.left)).toContain(left.id)
  })
})
