import { manyFields } from '@fieldback/db/many-fields'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'

/** The measure itself is in the bench; here a limit that only a list read whole, or without its indexes, exceeds. */
const LIMIT_MS = 2_000

let world: TestWorld
let north: TestOrg
let paths: Map<string, string>
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  for (const statement of manyFields({ territories: 1_500, fields: 2_000, month: '2026-11-01' }))
    await world.sql(north.orgId, statement, [north.orgId])
  await world.sql(north.orgId, 'ANALYZE territory, field_definition, field_version, ledger_cell')
  const rows = await world.sql<{ id: string; path: string }>(north.orgId, 'SELECT id, path FROM territory')
  paths = new Map(rows.map(({ id, path }) => [id, path]))
}, 120_000)
afterAll(() => world.close())

const hq = () => world.callerFor(north.people.hq).field

describe('2,000 questions of 1,500 territories', () => {
  it('open at once, counted to the last one, with those above, here and the first below', async () => {
    const territoryId = north.territories.france
    await hq().list({ territoryId })
    const since = performance.now()
    const list = await hq().list({ territoryId })
    expect(performance.now() - since).toBeLessThan(LIMIT_MS)
    const read = list.owners.flatMap(({ fields }) => fields).length
    expect(list.totals.own.questions).toBe(2_000)
    expect(read + list.rest.questions).toBe(2_000)
    expect(read).toBeLessThan(200)
    expect(list.owners.map(({ territory }) => territory.id)).toEqual(
      expect.arrayContaining([...list.longestPath]),
    )
  })
  it('are read to the end page by page: nothing is cut, nothing comes twice', async () => {
    const territoryId = north.territories.france
    const first = await hq().list({ territoryId })
    const seen = [...first.owners]
    let { after } = first.rest
    while (after !== null) {
      const page = await hq().below({ territoryId, cursor: after })
      seen.push(...page.owners)
      after = page.rest.after
    }
    const fields = seen.flatMap((owner) => owner.fields.map(({ id }) => id))
    expect(new Set(fields).size).toBe(2_000)
    expect(fields).toHaveLength(2_000)
    expect(new Set(seen.map(({ territory }) => territory.id)).size).toBe(seen.length)
  })
  it('cost a lower level no more than its own and those above', async () => {
    const own = [...paths].filter(([, path]) => path.split('/').length === 3)
    const [territoryId = ''] = own.at(-1) ?? []
    const list = await hq().list({ territoryId })
    const within = paths.get(territoryId) ?? '?'
    for (const { territory, place } of list.owners) {
      const path = paths.get(territory.id) ?? '?'
      expect(place === 'above' ? within.startsWith(path) : path.startsWith(within)).toBe(true)
    }
    expect(list.totals.own.questions).toBeLessThan(500)
  })
})
