import { randomUUID } from 'node:crypto'
import type { LedgerDelta } from '@fieldback/domain/analytics/fold'
import { CampaignDice } from '@fieldback/domain/insight/campaign-dice'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { addDeltas } from './fold.repo.ts'

let database: TestDatabase
let db: Db
const org = randomUUID()
const fields = Array.from({ length: 6 }, () => randomUUID()).sort()
const members = Array.from({ length: 12 }, () => randomUUID()).sort()
const months = ['2019-12', '2020-01', '2024-12', '2025-01', '2026-11', '2029-12']

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 4 })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const run = (text: string) => inOrg(db, org, (tx) => tx.$queryRawUnsafe<Record<string, unknown>[]>(text))

/** What is kept over everybody, as it stands and as the ledger says it should, written without bits. */
async function both(): Promise<{ kept: readonly unknown[]; said: readonly unknown[] }> {
  const kept = [
    ...(await run(
      'SELECT field_id, month, answers, seconds, received, used FROM ledger_month ORDER BY 1, 2',
    )),
    ...(await run(
      `SELECT field_id, membership_id, (era * 5 + at / 12) || '-' || lpad((at % 12 + 1)::text, 2, '0') AS month
         FROM ledger_presence, generate_series(0, 62) AS at WHERE substr(reverse(months::bit(64)::text), at + 1, 1) = '1' ORDER BY 1, 2, 3`,
    )),
  ]
  const said = [
    ...(await run(
      `SELECT * FROM (SELECT field_id, month, sum(answers) AS answers, sum(seconds) AS seconds, sum(received) AS received, sum(used) AS used
                        FROM ledger_cell GROUP BY 1, 2) s WHERE (answers, seconds, received, used) <> (0, 0, 0, 0) ORDER BY 1, 2`,
    )),
    ...(await run(
      `SELECT field_id, membership_id, to_char(month, 'YYYY-MM') AS month FROM ledger_cell WHERE answers > 0 ORDER BY 1, 2, 3`,
    )),
  ]
  return { kept, said }
}

type Among = { readonly months: readonly string[]; readonly least: number }

/** Deltas as a fold brings them: in the order of their keys, each key once. */
function someDeltas(dice: CampaignDice, among: Among): LedgerDelta[] {
  const some = () => Math.floor(dice.unit() * 4) + among.least
  return members.flatMap((membershipId) =>
    fields.flatMap((fieldId) =>
      among.months
        .filter(() => dice.unit() < 0.2)
        .map((month) => {
          const answers = some()
          return { membershipId, fieldId, month, answers, seconds: answers * 7, received: some(), used: 0 }
        }),
    ),
  )
}

const add = (ledger: readonly LedgerDelta[]) =>
  inOrg(db, org, (tx) =>
    addDeltas(tx, org, { cells: [], days: [], people: [], stocks: [], ledger, took: [], returns: [] }),
  )

describe('the ledger over everybody', () => {
  it('is exactly what the rows of people add up to, after any additions and minuses', async () => {
    const dice = new CampaignDice(20_261_201)
    for (let round = 0; round < 40; round++) {
      await add(someDeltas(dice, { months, least: round % 3 === 0 ? -3 : -1 }))
      const { kept, said } = await both()
      expect(kept).toEqual(said)
    }
    expect((await both()).said.length).toBeGreaterThan(100)
  })

  it('stays so when writers come at the same time, and none of them is refused', async () => {
    const dice = new CampaignDice(7)
    // Each has months of its own, so that they meet nowhere but in the rows of five years.
    const writers = ['01', '02', '03', '04'].map((at) =>
      ['2026', '2027', '2028'].map((year) => `${year}-${at}`),
    )
    for (let round = 0; round < 25; round++)
      await Promise.all(writers.map((own) => add(someDeltas(dice, { months: own, least: -2 }))))
    const { kept, said } = await both()
    expect(kept).toEqual(said)
  })

  it('goes when its rows are deleted, and no empty row is left', async () => {
    await run(`DELETE FROM ledger_cell WHERE membership_id = '${members[0]}'`)
    const { kept, said } = await both()
    expect(kept).toEqual(said)
    expect(said).not.toEqual([])
    await run('DELETE FROM ledger_cell')
    expect((await both()).kept).toEqual([])
    expect(await run('SELECT 1 FROM ledger_month UNION ALL SELECT 1 FROM ledger_presence')).toEqual([])
  })
})
