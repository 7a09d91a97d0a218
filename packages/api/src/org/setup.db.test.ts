import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestWorld, SMALL_COUNTRY, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let org: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  org = world.north
})
afterAll(() => world.close())

const sql = <T>(text: string, values: readonly unknown[] = [], of = org) =>
  world.sql<T>(of.orgId, text, values)
const admin = (of = org) => world.callerFor(of.people.admin).org
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: TRPCError) => errorShape(error).code,
  )
const coded = () =>
  sql<{ rank: number; code: string; name: string; parent: string }>(
    `SELECT t.rank, t.code, t.name, p.name AS parent FROM territory t
       LEFT JOIN territory p ON p.org_id = t.org_id AND p.id = t.parent_id
      WHERE t.code IS NOT NULL ORDER BY t.rank, t.code`,
  )
const ALL = { depth: 3, regions: null } as const

/** As after founding: the national territory alone, under the organisation's name. */
beforeEach(async () => {
  for (const table of ['contact', 'account_home', 'account']) await sql(`DELETE FROM ${table}`)
  await sql('UPDATE assignment SET territory_id = $1', [org.territories.france])
  for (const rank of [3, 2, 1]) await sql('DELETE FROM territory WHERE rank = $1', [rank])
  await sql(`UPDATE territory SET code = NULL, name = 'north'`)
})

describe('the country template', () => {
  it('says what it would add before anything is', async () => {
    const preview = await admin().division({ depth: 2, regions: ['75'] })
    expect(preview).toEqual({
      country: 'France',
      renamesRoot: true,
      regions: [
        { code: '75', name: 'Nouvelle-Aquitaine', departments: 2, sectors: 2 },
        { code: '53', name: 'Bretagne', departments: 1, sectors: 0 },
      ],
      places: [1, 2, 0],
      added: [1, 2, 0],
    })
    expect(await coded()).toEqual([])
  })
  it('is taken in one go, under the national territory, which then bears the country’s name', async () => {
    expect(await admin().takeDivision({ depth: 3, regions: ['75'] })).toEqual({
      places: [1, 2, 2],
      added: [1, 2, 2],
    })
    expect((await coded()).map(({ rank, name, parent }) => [rank, name, parent])).toEqual([
      [0, 'France', null],
      [1, 'Nouvelle-Aquitaine', 'France'],
      [2, 'Landes', 'Nouvelle-Aquitaine'],
      [2, 'Pyrénées-Atlantiques', 'Nouvelle-Aquitaine'],
      [3, 'Pays Basque', 'Pyrénées-Atlantiques'],
      [3, 'Béarn', 'Pyrénées-Atlantiques'],
    ])
    const broken = await sql(
      `SELECT 1 FROM territory t JOIN territory p ON p.org_id = t.org_id AND p.id = t.parent_id
        WHERE t.path <> p.path || t.id || '/'`,
    )
    expect(broken).toEqual([])
  })
  it('taken again adds nothing, at the same instant too; a wider wish adds the rest', async () => {
    await admin().takeDivision({ depth: 1, regions: null })
    const twice = await Promise.all([1, 2].map(() => admin().takeDivision(ALL)))
    expect(twice.map(({ added }) => added.join()).sort()).toEqual(['0,0,0', '0,3,2'])
    expect(await admin().takeDivision(ALL)).toMatchObject({ added: [0, 0, 0] })
    expect(await coded()).toHaveLength(1 + SMALL_COUNTRY.places.length)
  })
  it('keeps what stands, and a national territory that was named by hand', async () => {
    await sql(`UPDATE territory SET name = 'Métropole' WHERE parent_id IS NULL`)
    expect(await admin().division(ALL)).toMatchObject({ renamesRoot: false })
    await admin().takeDivision({ depth: 1, regions: ['53'] })
    expect((await coded()).map(({ name }) => name)).toEqual(['Métropole', 'Bretagne'])
  })
  it('takes a region that was typed by hand for that region, with what lies in it', async () => {
    const territory = world.callerFor(org.people.admin).territory
    const parentId = org.territories.france
    const brittany = await territory.add({ parentId, rank: 1, name: 'BRETAGNE', code: null })
    await territory.add({ parentId: brittany.id, rank: 2, name: 'Rennes', code: null })
    expect(await admin().takeDivision({ depth: 2, regions: ['53'] })).toMatchObject({ added: [0, 1, 0] })
    expect((await coded()).map(({ rank, name, parent }) => [rank, name, parent])).toEqual([
      [0, 'France', null],
      [1, 'BRETAGNE', 'France'],
      [2, 'Finistère', 'BRETAGNE'],
    ])
  })
  it('is noted once for all, and not when nothing changed', async () => {
    const noted = async () =>
      (await sql(`SELECT 1 FROM audit_event WHERE action = 'org.takeDivision'`)).length
    const before = await noted()
    await admin().takeDivision(ALL)
    await admin().takeDivision(ALL)
    expect(await noted()).toBe(before + 1)
  })
  it('is for who administers the whole organisation, and touches no other', async () => {
    for (const who of ['basqueRep', 'regional', 'hq'] as const)
      expect(await refusal(world.callerFor(org.people[who]).org.takeDivision(ALL))).toBe('FORBIDDEN')
    await admin().takeDivision(ALL)
    const [region] = await sql<{ id: string }>('SELECT id FROM territory WHERE rank = 1 LIMIT 1')
    await sql(`UPDATE assignment SET territory_id = $1 WHERE role = 'administrator'`, [region?.id])
    expect(await refusal(admin().takeDivision(ALL))).toBe('FORBIDDEN')
    expect(await sql(`SELECT 1 FROM territory WHERE code IS NOT NULL`, [], world.other)).toEqual([])
  })
})

describe('how far the set-up is', () => {
  it('is read off what exists', async () => {
    expect(await admin(world.other).setup()).toEqual({
      territories: 6,
      members: 7,
      reps: 5,
      fields: 0,
      accounts: true,
      done: { levels: true, territories: true, people: true, fields: false },
      root: { id: world.other.territories.france, name: 'france' },
    })
  })
})
