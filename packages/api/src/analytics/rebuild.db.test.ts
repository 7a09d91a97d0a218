import { randomUUID } from 'node:crypto'
import { askRebuild, holdMeasure } from '@fieldback/db/analytics/rebuild.repo'
import { unqualified, watchStatements } from '@fieldback/db/every-statement.fixture'
import { inOrgSql } from '@fieldback/db/org-sql'
import { lockTree } from '@fieldback/db/territory/tree-lock.repo'
import { fieldSetHash } from '@fieldback/domain/field/field-set'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { push } from '../sync/push.ts'
import { arrangeField, openTestWorld, type TestWorld } from '../test-world.ts'
import { type Checked, checkRollups } from './check-rollups.job.ts'
import { fold } from './fold.job.ts'
import { rebuild } from './rebuild.job.ts'
import { rollups, truth } from './rollup-truth.ts'

let world: TestWorld
let statements: ReadonlySet<string>
let org: string
let mood: string
let years: string
let form: string
const told: string[] = []
const note = (event: string) => void told.push(event)
const log = { info: note, warn: note, error: note }

beforeAll(async () => {
  world = await openTestWorld()
  statements = watchStatements(world.db)
  const { north, sql } = world
  org = north.orgId
  const at = { territoryId: north.territories.france, entity: 'report' } as const
  mood = await arrangeField(sql, north, { ...at, key: 'mood', spec: { type: 'yes_no', reportable: true } })
  years = await arrangeField(sql, north, {
    ...at,
    key: 'years',
    spec: { type: 'integer', min: 0, max: 30, reportable: true },
  })
  const trade = await arrangeField(sql, north, {
    ...at,
    entity: 'account',
    key: 'trade',
    spec: { type: 'yes_no', reportable: true },
  })
  const members = [mood, years].map((id) => [id, 1] as const)
  form = fieldSetHash(members)
  await sql(org, 'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3)', [
    org,
    form,
    JSON.stringify(members),
  ])
  await file(60)
  const account = north.accounts.basque.id
  await push(world.deps, north.people.basqueRep, [
    {
      ...envelope(account),
      base: 1,
      kind: 'account.update',
      body: { values: { [trade]: { v: 1, x: true } } },
    },
  ])
  await fold({ db: world.db }, org)
})
beforeEach(() => void told.splice(0))
afterAll(() => world.close())

const envelope = (entityId: string) => ({
  opId: randomUUID(),
  entityId,
  seq: 1,
  base: 0,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
})

const DAYS = ['2026-09-30', '2026-10-01', '2026-11-19']

/** Files so many reports in two sectors, in three months. */
async function file(count: number): Promise<void> {
  const { accounts, people } = world.north
  for (const [account, by] of [
    [accounts.basque, people.basqueRep],
    [accounts.finistere, people.bretonRep],
  ] as const) {
    const operations = Array.from({ length: count / 2 }, (_, n) => ({
      ...envelope(randomUUID()),
      kind: 'report.create',
      body: {
        accountId: account.id,
        contactId: null,
        kind: 'visit',
        outcome: n % 3 === 0 ? 'order' : 'none',
        day: DAYS[n % DAYS.length],
        note: null,
        fieldSet: form,
        values: {
          [mood]: { v: 1, x: n % 2 === 0 },
          ...(n % 4 === 0 ? {} : { [years]: { v: 1, x: n % 31 } }),
        },
        seconds: {},
        durationSeconds: 20,
      },
    }))
    const answers = await push(world.deps, by, operations)
    expect(answers.filter(({ status }) => status !== 'applied')).toEqual([])
  }
}

const sql = (text: string) => world.sql(org, text)
const ask = () => inOrgSql(world.db, org, (tx) => askRebuild(tx, org, { id: randomUUID(), why: 'operator' }))
const deps = () => ({ db: world.db, log, newId: randomUUID })
const same = async () => expect(await rollups(world, org)).toEqual(await truth(world, org))

/** As many looks as it takes for the whole country to be drawn in each month. */
async function check(rounds = 12, most = 5_000): Promise<Checked> {
  // Of numbers whose bits are mixed, the same each time.
  let at = 20_261_130
  const random = () => {
    at = (at + 0x9e3779b9) | 0
    const mixed = Math.imul(at ^ (at >>> 16), 0x85ebca6b)
    return (Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 0) / 4_294_967_296
  }
  const all: Checked[] = []
  for (let round = 0; round < rounds; round++) all.push(await checkRollups({ ...deps(), random, most }, org))
  return all.reduce((sum, { looks, rows, drifted }) => ({
    looks: sum.looks + looks,
    rows: sum.rows + rows,
    drifted: sum.drifted + drifted,
  }))
}
const drift = async () => (await world.db.prisma.$queryRaw<{ n: number }[]>`SELECT rollup_drift() AS n`)[0]?.n

/** Roll-ups as a fault could leave them: some lost, some doubled, some of nothing. */
const SPOILT = [
  `UPDATE rollup_cell SET n_order = n_order + 3, sum_order = sum_order + 1.5 WHERE basis = 'today' AND bucket = '_answered'`,
  `DELETE FROM rollup_cell WHERE bucket = 'true' AND month = '2026-10-01'`,
  `DELETE FROM rollup_day WHERE day = '2026-11-19'`,
  'UPDATE rollup_person SET n = n * 2',
  'DELETE FROM stock_cell',
  `INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, n_none)
   SELECT org_id, field_id, 'moved', territory_id, month, 'false', 7 FROM rollup_cell WHERE bucket = '_asked'`,
]
const spoil = async () => {
  for (const statement of SPOILT) await sql(statement)
}

describe('a look at the roll-ups', () => {
  it('finds nothing where they say what the documents say, while facts wait too', async () => {
    await file(6)
    const looked = await check()
    expect(looked.rows).toBeGreaterThan(500)
    expect(looked.drifted).toBe(0)
    expect(told).toEqual([])
    expect(await drift()).toBe(0)
    await fold({ db: world.db }, org)
  })

  it.each(SPOILT)('finds, tells and has mended: %s', async (statement) => {
    await sql(statement)
    expect((await check()).drifted).toBeGreaterThan(0)
    expect(told).toContain('rollup.drift')
    expect(await drift()).toBeGreaterThan(0)
    await rebuild(deps(), org)
    await same()
    expect(await drift()).toBe(0)
  })

  it('looks at nothing while all is counted again, or is only being made', async () => {
    const looked = await inOrgSql(world.db, org, async (tx) => {
      expect(await holdMeasure(tx, org)).toBe(true)
      return check(1)
    })
    expect(looked).toEqual({ looks: 0, rows: 0, drifted: 0 })
    expect((await check(1)).looks).toBeGreaterThan(0)
  })

  it('of a branch with too many documents compares it with what is below it', async () => {
    const looks = async () => {
      await sql('DELETE FROM rollup_check')
      const { drifted } = await check(12, 8)
      const of = `SELECT how, sum(drifted)::int AS drifted FROM rollup_check WHERE how <> 'left' GROUP BY how ORDER BY how`
      return [drifted, await world.sql<{ how: string; drifted: number }>(org, of)] as const
    }
    expect(await looks()).toEqual([
      0,
      [
        { how: 'counted', drifted: 0 },
        { how: 'summed', drifted: 0 },
      ],
    ])
    const { aquitaine, bretagne } = world.north.territories
    await sql(
      `UPDATE rollup_cell SET n_none = n_none + 1 WHERE territory_id IN ('${aquitaine}', '${bretagne}')`,
    )
    const [, [counted, summed]] = await looks()
    expect(counted).toEqual({ how: 'counted', drifted: 0 })
    expect(summed?.drifted).toBeGreaterThan(0)
    expect(await drift()).toBeGreaterThan(0)
    await rebuild(deps(), org)
    await same()
  })
})

describe('a rebuild', () => {
  it('puts right what was lost and doubled; nothing that is right changes', async () => {
    await spoil()
    await ask()
    const { units, corrected, done } = await rebuild(deps(), org)
    expect([units, done]).toEqual([4, true])
    expect(corrected).toBeGreaterThan(20)
    await same()
    await ask()
    expect(await rebuild(deps(), org)).toEqual({ units: 4, corrected: 0, done: true })
    expect(await rebuild(deps(), org)).toEqual({ units: 0, corrected: 0, done: true })
  })

  it('counts all from nothing, while reports come and are folded', async () => {
    for (const table of ['rollup_cell', 'rollup_day', 'rollup_person', 'stock_cell'])
      await sql(`DELETE FROM ${table}`)
    await ask()
    const counting = rebuild(deps(), org)
    for (let batch = 0; batch < 5; batch++) {
      await file(10)
      await fold({ db: world.db }, org)
    }
    await file(4)
    await counting
    await fold({ db: world.db }, org)
    await same()
  })

  it('asked for twice is one', async () => {
    await ask()
    await ask()
    expect(await sql('SELECT FROM rollup_rebuild WHERE ended_at IS NULL')).toHaveLength(1)
    await rebuild(deps(), org)
  })

  it('that is made by two at once adds nothing twice', async () => {
    await spoil()
    await ask()
    await Promise.all([rebuild(deps(), org), rebuild(deps(), org), rebuild(deps(), org)])
    await rebuild(deps(), org)
    await same()
  })

  it('stopped goes on where it was', async () => {
    await spoil()
    await ask()
    const stopping = new AbortController()
    const stopper = { ...log, info: () => stopping.abort() }
    expect(await rebuild({ ...deps(), log: stopper }, org, stopping.signal)).toMatchObject({
      units: 1,
      done: false,
    })
    expect(
      await sql('SELECT done, cardinality(units) AS of FROM rollup_rebuild WHERE ended_at IS NULL'),
    ).toEqual([{ done: 1, of: 4 }])
    expect(await rebuild(deps(), org)).toMatchObject({ units: 3, done: true })
    await same()
  })

  it('reads again what it read before a branch moved', async () => {
    await spoil()
    await ask()
    const { basque, bretagne } = world.north.territories
    const admin = world.callerFor(world.north.people.admin)
    const waiting = (n: number) =>
      expect
        .poll(() => sql(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`))
        .toHaveLength(n)
    // The move waits first, then the rebuild between what it read and what it writes: it comes after the move.
    const [moving, counting] = await inOrgSql(world.db, org, async (tx) => {
      await lockTree(tx, org, 'change')
      const first = admin.territory.move({ territoryId: basque, parentId: bretagne })
      await waiting(1)
      const second = rebuild(deps(), org)
      await waiting(2)
      return [first, second] as const
    }).then((both) => Promise.all(both))
    expect(moving).toBeDefined()
    expect(counting.done).toBe(true)
    await same()
    // On both bases, though the tree was another when most was filed.
    await file(6)
    expect((await check()).drifted).toBe(0)
    await fold({ db: world.db }, org)
  })

  it("touches nobody else's", async () => {
    const { orgId } = world.other
    expect(await world.sql(orgId, 'SELECT FROM rollup_rebuild WHERE org_id = $1', [orgId])).toEqual([])
    expect(await rebuild(deps(), world.other.orgId)).toEqual({ units: 0, corrected: 0, done: true })
  })
})

it('every statement of folds, looks and rebuilds names its organisation for each table', async () => {
  expect(statements.size).toBeGreaterThan(50)
  expect(await unqualified(world.database.ownerUrl, statements)).toEqual([])
})
