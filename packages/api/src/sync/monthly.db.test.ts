import type { MonthlyAnswers, ReturnPack } from '@fieldback/domain/sync/pull'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asked, arrangeQuestions, fileReports } from '../analytics/filed-reports.fixture.ts'
import { openTestWorld, type TestWorld } from '../test-world.ts'

let world: TestWorld
let fields: Asked
let pack: ReturnPack

const DAYS = [
  '2026-01-12',
  '2026-02-14',
  '2026-04-02',
  '2026-05-01',
  '2026-08-20',
  '2026-10-31',
  '2026-11-05',
]
/** Two people alone filed then, all of them in Béarn. */
const SMALL = '2026-07-15'

beforeAll(async () => {
  world = await openTestWorld()
  const { north, sql } = world
  fields = await arrangeQuestions(world, north)
  await sql(
    north.orgId,
    `UPDATE field_version SET spec = jsonb_set(spec, '{givebacks}', '[{"kind": "trend"}]') WHERE field_id = ANY ($1::uuid[])`,
    [[fields.mood, fields.talk, fields.rival, fields.trade]],
  )
  const people = { basque: 5, bearn: 6, pyrenees: 1, finistere: 3, france: 1 }
  await fileReports(world, north, { seed: 7, n: 1_500, fields, days: DAYS, people })
  await fileReports(world, north, { seed: 8, n: 40, fields, days: [SMALL], people: { bearn: 2 } })
  await world.settled()
  const page = await world.callerFor(north.people.basqueRep).sync.pull({
    protocol: 1,
    membershipId: north.people.basqueRep.membershipId,
    cursor: null,
    frameTag: null,
    packAsOf: null,
  })
  if (!page.pack) throw new Error('no pack')
  pack = page.pack
})
afterAll(() => world.close())

type Truth = { month: string; n: number; k: number; beyond: number; people: number }

/** Standing reports by month as accounts lie today: `k` of `n` known answers have this one; people and answers outside Basque. */
const truth = (at: 'pyrenees' | 'aquitaine' | 'france', fieldId: string, holds: string): Promise<Truth[]> =>
  world.sql<Truth>(
    world.north.orgId,
    `SELECT to_char(r.day, 'YYYY-MM') AS month, count(*) FILTER (WHERE x <> 'null')::int AS n, count(*) FILTER (WHERE x @> $3::jsonb)::int AS k,
            count(*) FILTER (WHERE x <> 'null' AND a.territory_id <> $4)::int AS beyond,
            count(DISTINCT r.author_id) FILTER (WHERE a.territory_id <> $4)::int AS people
       FROM report r JOIN account a ON a.id = r.account_id JOIN territory t ON t.id = a.territory_id, LATERAL (SELECT r."values" -> $2 -> 'x' AS x) v
      WHERE r.status <> 'withdrawn' AND t.path LIKE (SELECT path FROM territory WHERE id = $1) || '%' GROUP BY 1 ORDER BY 1`,
    [world.north.territories[at], fieldId, holds, world.north.territories.basque],
  )

const held = (at: 'pyrenees' | 'aquitaine' | 'france', fieldId: string): MonthlyAnswers | undefined =>
  pack.monthly?.find((one) => one.fieldId === fieldId && one.territoryId === world.north.territories[at])

describe('the months of the places above, for a trend', () => {
  it.each([
    ['france', 'mood', 'true', 'true'],
    ['aquitaine', 'mood', 'true', 'true'],
    ['pyrenees', 'mood', 'false', 'false'],
    ['france', 'talk', 'b', '["b"]'],
    ['aquitaine', 'rival', 'a', '"a"'],
  ] as const)('%s: what is told of %s is what plain SQL counts', async (at, field, bucket, holds) => {
    const expected = await truth(at, fields[field], holds)
    const told = held(at, fields[field])?.months ?? []
    expect(told.length).toBeGreaterThanOrEqual(4)
    expect(told.map(({ month, n, buckets }) => ({ month, n, k: buckets[bucket] ?? 0 }))).toEqual(
      expected
        .filter(({ month }) => told.some((one) => one.month === month))
        .map(({ month, n, k }) => ({ month, n, k })),
    )
    for (const { month, people, beyond } of expected.filter((one) =>
      told.some(({ month: m }) => m === one.month),
    ))
      expect([month, people >= 5, beyond >= 8]).toEqual([month, true, true])
  })

  it('leave out a month of two people, and the month whose figures would give it away', async () => {
    const expected = await truth('pyrenees', fields.mood, 'true')
    expect(expected.find(({ month }) => month === '2026-07')).toMatchObject({ people: 2 })
    const apart = expected
      .map(({ month }) => month)
      .filter((month) => !held('pyrenees', fields.mood)?.months.some((one) => one.month === month))
    expect(apart).toHaveLength(2)
    expect(apart).toContain('2026-07')
  })

  it("are not told of the reader's own places, of questions of accounts, nor above who asks", () => {
    const { territories } = world.north
    expect(pack.monthly?.some(({ territoryId }) => territoryId === territories.basque)).toBe(false)
    expect(pack.monthly?.some(({ fieldId }) => fieldId === fields.trade || fieldId === fields.years)).toBe(
      false,
    )
    expect(held('france', fields.rival)).toBeUndefined()
  })
})
