import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'

let world: TestWorld
let north: TestOrg

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

type Place = keyof TestOrg['territories']
const as = (who: keyof TestOrg['people']) => world.callerFor(north.people[who]).analytics
const beside = async (who: keyof TestOrg['people'], at: Place) =>
  (await as(who).beside({ territoryId: north.territories[at] })).map(({ name, above }) => [name, above])

describe('what a territory can be compared with', () => {
  it('is those above it and its neighbours', async () => {
    expect(await beside('hq', 'aquitaine')).toEqual([
      ['france', true],
      ['bretagne', false],
    ])
    expect(await beside('hq', 'france')).toEqual([])
  })
  it('is none whose figures the reader may not read', async () => {
    expect(await beside('regional', 'aquitaine')).toEqual([])
    expect(await beside('local', 'basque')).toEqual([
      ['pyrenees', true],
      ['bearn', false],
    ])
  })
})

describe('when the tree of a branch changed', () => {
  it('is told by month, of moves inside it, into it and out of it', async () => {
    const { france, aquitaine, pyrenees, bretagne, finistere } = north.territories
    const path = (...ids: string[]) => `${ids.join('/')}/`
    const moved = (at: string, from: string, to: string) =>
      world.sql(
        north.orgId,
        'INSERT INTO branch_move (org_id, id, at, from_path, to_path) VALUES ($1, gen_random_uuid(), $2, $3, $4)',
        [north.orgId, at, from, to],
      )
    await moved('2026-06-10T10:00:00Z', path(france, bretagne, finistere), path(france, aquitaine, finistere))
    await moved('2026-06-12T10:00:00Z', path(france, aquitaine, finistere), path(france, bretagne, finistere))
    // The last of August in London, September in Paris already.
    await moved('2026-08-31T22:30:00Z', path(france, aquitaine, pyrenees), path(france, bretagne, pyrenees))
    const changes = (who: 'hq' | 'local', territoryId: string, from = '2026-01') =>
      as(who).changes({ territoryId, period: { from, to: '2026-11' } })
    expect(await changes('hq', france)).toEqual([
      { month: '2026-06', count: 2 },
      { month: '2026-09', count: 1 },
    ])
    expect(await changes('local', pyrenees)).toEqual([{ month: '2026-09', count: 1 }])
    expect(await changes('hq', finistere)).toEqual([{ month: '2026-06', count: 2 }])
    expect(await changes('hq', france, '2026-10')).toEqual([])
  })
})
