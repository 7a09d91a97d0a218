import { randomUUID } from 'node:crypto'
import { askRebuild } from '@fieldback/db/analytics/rebuild.repo'
import { inOrgSql } from '@fieldback/db/org-sql'
import { carryShift } from '@fieldback/db/territory/shift-counts.repo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../test-world.ts'
import { checkRollups } from './check-rollups.job.ts'
import { countPairs } from './count-pairs.job.ts'
import { type Asked, arrangeQuestions, fileReports } from './filed-reports.fixture.ts'
import { fold } from './fold.job.ts'
import { rebuild } from './rebuild.job.ts'
import { type RollupRows, rollups, truth } from './rollup-truth.ts'

let world: TestWorld
let org: string
let fields: Asked
const silent = () => {}
const log = { info: silent, warn: silent, error: silent }

beforeAll(async () => {
  world = await openTestWorld()
  org = world.north.orgId
  fields = await arrangeQuestions(world, world.north)
  await file(1)
})
afterAll(() => world.close())

const file = (seed: number) =>
  fileReports(world, world.north, {
    seed,
    n: 300,
    fields,
    days: ['2026-08-31', '2026-10-01', '2026-11-02'],
    people: { basque: 5, bearn: 5, finistere: 5 },
  })
type Home = keyof TestWorld['north']['territories']
const move = (what: Home, to: Home) => {
  const { territories, people } = world.north
  return world
    .callerFor(people.admin)
    .territory.move({ territoryId: territories[what], parentId: territories[to] })
}
const foldAll = () => fold({ db: world.db }, org)
const waiting = async () => (await world.sql(org, 'SELECT FROM rollup_shift')).length
async function same() {
  await foldAll()
  expect(await waiting()).toBe(0)
  expect(known(await rollups(world, org))).toEqual(known(await truth(world, org)))
}
/** All but the amounts, whose bins the truth does not know. */
const known = (rows: RollupRows) =>
  Object.fromEntries(
    Object.entries(rows).map(([table, lines]) => [
      table,
      lines.filter((line: string) => !line.includes(fields.amount)),
    ]),
  )
const countedUntil = (who: TestWorld['north']) => world.callerFor(who.people.local).analytics.countedUntil()

describe('figures of a branch that moved', () => {
  it('wait for the next fold, which is asked for, and are said to once that is late', async () => {
    const before = await rollups(world, org)
    await move('pyrenees', 'bretagne')
    expect(await rollups(world, org)).toEqual(before)
    expect(await countedUntil(world.north)).toBeNull()
    await world.sql(org, `UPDATE rollup_shift SET at = '2026-11-20T08:00:00Z'`)
    expect(await countedUntil(world.north)).toBe('2026-11-20T08:00:00Z')
    expect(await countedUntil(world.other)).toBeNull()
    await same()
    expect(await rollups(world, org)).not.toEqual(before)
    expect(await countedUntil(world.north)).toBeNull()
  })

  it('are where they were after a move there and back, in whatever order folds come', async () => {
    const before = await rollups(world, org)
    await move('pyrenees', 'aquitaine')
    await move('pyrenees', 'bretagne')
    expect(await waiting()).toBe(2)
    await same()
    expect(await rollups(world, org)).toEqual(before)
    await move('pyrenees', 'aquitaine')
    await same()
  })

  it('stay where they were, and wait, when the carrying dies before its commit', async () => {
    const before = await rollups(world, org)
    await move('pyrenees', 'bretagne')
    const dying = inOrgSql(world.db, org, async (tx) => {
      expect(await carryShift(tx, org)).toBe(true)
      throw new Error('power cut')
    })
    await expect(dying).rejects.toThrow('power cut')
    expect(await rollups(world, org)).toEqual(before)
    expect(await waiting()).toBe(1)
    // With some questions in place and not yet the others, it goes on.
    await inOrgSql(world.db, org, (tx) => carryShift(tx, org))
    expect(await waiting()).toBe(1)
    expect(await rollups(world, org)).not.toEqual(before)
    await same()
  })

  it('are neither compared while they wait nor counted again before they are in place', async () => {
    await move('pyrenees', 'aquitaine')
    const deps = { db: world.db, log, newId: randomUUID }
    expect(await checkRollups({ ...deps, random: Math.random }, org)).toEqual({
      looks: 0,
      rows: 0,
      drifted: 0,
    })
    await inOrgSql(world.db, org, (tx) => askRebuild(tx, org, { id: randomUUID(), why: 'operator' }))
    expect(await rebuild(deps, org)).toMatchObject({ corrected: 0, done: true })
    await same()
  })

  it('count once beside folds, counts of pairs and a rebuild that run all the while', async () => {
    const { hq } = world.north.people
    const { france } = world.north.territories
    await world.callerFor(hq).analytics.ask({
      territoryId: france,
      basis: 'then',
      period: { from: '2026-08', to: '2026-11' },
      measure: { of: 'share', fieldId: fields.mood, bucket: 'true' },
      filters: [{ fieldId: fields.years, buckets: ['0', '5'] }],
      split: [{ by: 'territory' }],
    })
    const deps = { db: world.db, log, newId: randomUUID }
    for (let round = 0; round < 3; round++) {
      await inOrgSql(world.db, org, (tx) => askRebuild(tx, org, { id: randomUUID(), why: 'operator' }))
      await Promise.all([
        move('basque', 'bretagne').then(() => move('basque', 'pyrenees')),
        file(10 + round),
        foldAll(),
        countPairs({ db: world.db }, org),
        rebuild(deps, org),
        move('bearn', 'aquitaine').then(() => move('bearn', 'pyrenees')),
      ])
      await same()
    }
    expect((await rollups(world, org)).pairs.length).toBeGreaterThan(0)
  })
})
