import { randomUUID } from 'node:crypto'
import type { PersonDelta } from '@fieldback/domain/analytics/fold'
import { CampaignDice } from '@fieldback/domain/insight/campaign-dice'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { addDeltas } from './fold.repo.ts'

let database: TestDatabase
let db: Db
const org = randomUUID()
const territories = Array.from({ length: 10 }, () => randomUUID()).sort()
const members = Array.from({ length: 20 }, () => randomUUID()).sort()
const few = members.slice(0, 4)
const months = ['2019-12-01', '2020-01-01', '2024-12-01', '2025-01-01', '2026-11-01', '2029-12-01']

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 4 })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const run = (text: string, values: readonly unknown[] = []) =>
  inOrg(db, org, (tx) => tx.$queryRawUnsafe<Record<string, unknown>[]>(text, ...values))

/** How many have the same months, as they stand, against presence. */
const COUNTED = `
  SELECT coalesce(h.n, 0) AS kept, coalesce(p.n, 0) AS said FROM rollup_headcount h
    FULL JOIN (SELECT org_id, basis, territory_id, era, months, count(*)::int AS n FROM rollup_presence GROUP BY 1, 2, 3, 4, 5) p
   USING (org_id, basis, territory_id, era, months) WHERE h.n IS DISTINCT FROM p.n`

/** Presence as it stands, and as the months say it should, written without bits; its headcounts are looked at too. */
async function both(): Promise<{ kept: unknown; said: readonly unknown[] }> {
  expect(await run(COUNTED)).toEqual([])
  const kept = await run(
    `SELECT p.basis, p.territory_id, p.membership_id, (p.era * 5 + at / 12) || '-' || lpad((at % 12 + 1)::text, 2, '0') AS month
       FROM rollup_presence p, generate_series(0, 62) AS at WHERE substr(reverse(p.months::bit(64)::text), at + 1, 1) = '1'
      ORDER BY 1, 2, 3, 4`,
  )
  const said = await run(
    `SELECT basis, territory_id, membership_id, to_char(month, 'YYYY-MM') AS month FROM rollup_person WHERE n > 0 ORDER BY 1, 2, 3, 4`,
  )
  return { kept, said }
}

type Among = {
  readonly months: readonly string[]
  readonly members: readonly string[]
  readonly least: number
}

/** Deltas as a fold brings them: in the order of their keys, each key once. */
function someDeltas(dice: CampaignDice, among: Among): PersonDelta[] {
  const keys = territories.flatMap((territoryId) =>
    among.months.flatMap((month) =>
      among.members.map((membershipId) => ({ territoryId, month, membershipId })),
    ),
  )
  return keys
    .filter(() => dice.unit() < 0.3)
    .map((key) => ({ basis: 'then' as const, ...key, n: Math.floor(dice.unit() * 4) + among.least }))
    .filter(({ n }) => n !== 0)
}

const add = (people: readonly PersonDelta[]) =>
  inOrg(db, org, (tx) =>
    addDeltas(tx, org, { cells: [], days: [], people, stocks: [], ledger: [], took: [], returns: [] }),
  )

describe('presence', () => {
  it('is exactly the months with reports, after any additions and minuses, whatever their order', async () => {
    const dice = new CampaignDice(20_261_122)
    for (let round = 0; round < 40; round++) {
      await add(someDeltas(dice, { months, members: few, least: round % 3 === 0 ? -3 : -1 }))
      const { kept, said } = await both()
      expect(kept).toEqual(said)
    }
    expect((await both()).said).not.toEqual([])
  })

  it('stays so when writers come at the same time, and none of them is refused', async () => {
    const dice = new CampaignDice(7)
    // Each has months of its own, so that they meet nowhere but in the rows of five years.
    const writers = ['01', '02', '03', '04'].map((at) =>
      ['2026', '2027', '2028'].map((year) => `${year}-${at}-01`),
    )
    for (let round = 0; round < 25; round++) {
      await Promise.all(writers.map((own) => add(someDeltas(dice, { months: own, members, least: -2 }))))
    }
    const { kept, said } = await both()
    expect(kept).toEqual(said)
  })

  it('goes when its rows are deleted, and no empty row is left', async () => {
    await run(`DELETE FROM rollup_person WHERE membership_id = $1::uuid`, [members[0]])
    const { kept, said } = await both()
    expect(kept).toEqual(said)
    expect(said).not.toEqual([])
    expect(await run('SELECT 1 FROM rollup_presence WHERE months = 0')).toEqual([])
    await run('DELETE FROM rollup_person')
    expect(await run('SELECT 1 FROM rollup_presence')).toEqual([])
    expect(await run('SELECT 1 FROM rollup_headcount')).toEqual([])
  })

  it('follows the owner of the schema too, and thousands of rows at once after one', async () => {
    const owner = new Client({ connectionString: database.ownerUrl })
    await owner.connect()
    await owner.query(`SELECT set_config('app.org', $1, false)`, [org])
    const write = `
      INSERT INTO rollup_person (org_id, basis, territory_id, month, membership_id, n)
      SELECT $1, 'today', t, m, p, 2 FROM unnest($2::uuid[]) t, generate_series('2022-01-01'::date, $3::date, '1 month') m, unnest($4::uuid[]) p`
    const sizes: number[] = []
    for (const last of ['2022-01-01', '2023-03-01']) {
      await owner.query(write, [org, territories, last, members])
      // Each plan is made for the few rows of the first round, and kept.
      for (const n of ['-n', '-n', '0', '1']) {
        await owner.query(`UPDATE rollup_person SET n = ${n}`)
        const { kept, said } = await both()
        expect(kept).toEqual(said)
        sizes.push(said.length)
      }
      await owner.query('DELETE FROM rollup_person')
      expect(await run('SELECT 1 FROM rollup_presence')).toEqual([])
    }
    await owner.end()
    expect(sizes).toEqual([0, 200, 0, 200, 0, 3000, 0, 3000])
  })
})
