import { randomUUID } from 'node:crypto'
import { takeFacts } from '@fieldback/db/analytics/fold.repo'
import { inOrg } from '@fieldback/db/client'
import { KIND } from '@fieldback/domain/analytics/fact'
import { factsOfChange } from '@fieldback/domain/analytics/report-fact'
import { stockFactsOfChange } from '@fieldback/domain/analytics/stock-fact'
import { fieldSetHash } from '@fieldback/domain/field/field-set'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import { push } from '../sync/push.ts'
import { arrangeAccount, arrangeField, arrangePerson, openTestWorld, type TestWorld } from '../test-world.ts'
import { countPairs } from './count-pairs.job.ts'
import { fold, foldOnce } from './fold.job.ts'
import { rollups, truth } from './rollup-truth.ts'

let world: TestWorld
let org: string
let reps: SessionIds[]
let accounts: { id: string; contactId: string; at: string }[]
let fields: Record<'mood' | 'rival' | 'talk' | 'years' | 'secret' | 'trade' | 'basque', string>
let fieldSets: Record<string, string>

beforeAll(async () => {
  world = await openTestWorld()
  const { north, sql } = world
  org = north.orgId
  const { france, aquitaine, pyrenees, basque, bearn, bretagne, finistere } = north.territories
  const options = ['a', 'b', 'c'].map((id) => ({ id, label: { fr: id } }))
  const field = (
    key: string,
    territoryId: string,
    entity: 'report' | 'account' | 'contact',
    spec: Parameters<typeof arrangeField>[2]['spec'],
  ) => arrangeField(sql, north, { key, territoryId, entity, spec })
  fields = {
    mood: await field('mood', france, 'report', { type: 'yes_no', reportable: true }),
    rival: await field('rival', aquitaine, 'report', { type: 'single_choice', options, reportable: true }),
    talk: await field('talk', france, 'report', { type: 'multiple_choice', options, reportable: true }),
    years: await field('years', pyrenees, 'report', { type: 'integer', min: 0, max: 30, reportable: true }),
    secret: await field('secret', france, 'report', { type: 'short_text' }),
    trade: await field('trade', france, 'account', { type: 'single_choice', options, reportable: true }),
    basque: await field('basque', basque, 'contact', { type: 'yes_no', reportable: true }),
  }
  reps = []
  for (const name of ['one', 'two', 'three']) {
    reps.push(await arrangePerson(sql, org, { name, role: 'rep', territoryId: france }))
  }
  accounts = []
  for (const at of [basque, basque, bearn, pyrenees, finistere, bretagne, france]) {
    accounts.push({ ...(await arrangeAccount(sql, org, at, `Compte ${accounts.length}`)), at })
  }
  fieldSets = await arrangeFieldSets()
})
afterAll(() => world.close())

/** The form of each territory, as phones name it. */
async function arrangeFieldSets(): Promise<Record<string, string>> {
  const { france, aquitaine, pyrenees, basque, bearn, bretagne, finistere } = world.north.territories
  const national = [fields.mood, fields.talk, fields.secret]
  const regional = [...national, fields.rival]
  const local = [...regional, fields.years]
  const sets: Record<string, string> = {}
  for (const [at, asked] of [
    [france, national],
    [bretagne, national],
    [finistere, national],
    [aquitaine, regional],
    [pyrenees, local],
    [basque, local],
    [bearn, local],
  ] as const) {
    const members = asked.map((id) => [id, 1] as const)
    sets[at] = fieldSetHash(members)
    await world.sql(
      org,
      'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [org, sets[at], JSON.stringify(members)],
    )
  }
  return sets
}

/** Mulberry32: the same seed gives the same sequence of operations. */
function dice(seed: number) {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const pick = <T>(from: readonly T[]): T => {
    const chosen = from[Math.floor(next() * from.length)]
    if (chosen === undefined) throw new Error('nothing to pick from')
    return chosen
  }
  return { next, pick, chance: (share: number) => next() < share }
}
type Dice = ReturnType<typeof dice>

type Filed = { id: string; by: SessionIds; asked: string; seq: number; version: number }

const envelope = (entityId: string, seq: number, base: number) => ({
  opId: randomUUID(),
  entityId,
  seq,
  base,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
})

function randomAnswers(roll: Dice, at: string): Record<string, { v: 1; x: unknown }> {
  const { pyrenees, basque, bearn } = world.north.territories
  const local = [pyrenees, basque, bearn].includes(at)
  const some: [string, unknown][] = [
    [fields.mood, roll.pick([true, false, null])],
    [fields.talk, roll.pick([['a'], ['a', 'b'], ['c', 'b', 'a'], [], null])],
    [fields.secret, 'ne se compte pas'],
    ...(local
      ? ([
          [fields.rival, roll.pick(['a', 'b', 'c', null])],
          [fields.years, roll.pick([0, 3, 4, 5, 17, 29, 30, null])],
        ] as [string, unknown][])
      : []),
  ]
  return Object.fromEntries(some.filter(() => roll.chance(0.7)).map(([id, x]) => [id, { v: 1, x }]))
}

function createReport(roll: Dice, filed: Filed[]): { by: SessionIds; operation: unknown } {
  const account = roll.pick(accounts)
  const by = roll.pick(reps)
  const report = { id: randomUUID(), by, asked: account.at, seq: 1, version: 1 }
  filed.push(report)
  const body = {
    accountId: account.id,
    contactId: account.contactId,
    kind: roll.pick(['visit', 'visit', 'call']),
    outcome: roll.pick(['order', 'quote', 'revisit', 'none']),
    day: roll.pick(['2026-09-30', '2026-10-01', '2026-10-31', '2026-11-01', '2026-11-19']),
    note: null,
    fieldSet: fieldSets[account.at],
    values: randomAnswers(roll, account.at),
    seconds: {},
    durationSeconds: 20,
  }
  return { by, operation: { ...envelope(report.id, 1, 0), kind: 'report.create', body } }
}

function changeReport(roll: Dice, filed: Filed[]): { by: SessionIds; operation: unknown } {
  const report = roll.pick(filed)
  report.seq += 1
  const base = envelope(report.id, report.seq, report.version)
  if (roll.chance(0.2))
    return { by: report.by, operation: { ...base, kind: 'report.withdraw', body: { reason: null } } }
  const answers = Object.entries(randomAnswers(roll, report.asked))
  const values = Object.fromEntries(answers.map(([id, answer]) => [id, roll.chance(0.2) ? null : answer]))
  const body = { values, ...(roll.chance(0.5) ? { outcome: roll.pick(['order', 'quote', 'none']) } : {}) }
  return { by: report.by, operation: { ...base, kind: 'report.amend', body } }
}

const entitySeq = new Map<string, number>()
function changeStock(roll: Dice): { by: SessionIds; operation: unknown } {
  const account = roll.pick(accounts)
  const by = roll.pick(reps)
  const isContact = account.at === world.north.territories.basque && roll.chance(0.5)
  const id = isContact ? account.contactId : account.id
  const key = `${by.deviceId}:${id}`
  entitySeq.set(key, (entitySeq.get(key) ?? 0) + 1)
  const x = isContact ? roll.pick([true, false, null]) : roll.pick(['a', 'b', 'c', null])
  const values = { [isContact ? fields.basque : fields.trade]: roll.chance(0.15) ? null : { v: 1, x } }
  const kind = isContact ? 'contact.update' : 'account.update'
  return { by, operation: { ...envelope(id, entitySeq.get(key) ?? 1, 1), kind, body: { values } } }
}

/** A batch per person, as phones send them. */
async function send(made: readonly { by: SessionIds; operation: unknown }[]): Promise<void> {
  for (const rep of reps) {
    const operations = made.filter(({ by }) => by === rep).map(({ operation }) => operation)
    if (operations.length === 0) continue
    const answers = await push(world.deps, rep, operations)
    expect(answers.filter((answer) => answer.status !== 'applied')).toEqual([])
  }
}

async function waiting(): Promise<number> {
  const [row] = await world.sql<{ n: number }>(org, 'SELECT count(*)::int AS n FROM rollup_outbox')
  return row?.n ?? 0
}

/** Has pairs counted that begin now, as asking for them does. */
async function askPairs(): Promise<void> {
  const pairs = [
    [fields.mood, fields.rival],
    [fields.talk, fields.years],
    [KIND, fields.talk],
  ].map((ids) => [...ids].sort())
  await world.sql(
    org,
    `INSERT INTO field_pair (org_id, id, a, b, state, used_on) SELECT $1, gen_random_uuid(), a, b, 'waiting', '2026-11-20'
       FROM unnest($2::uuid[], $3::uuid[]) AS p (a, b)`,
    [org, pairs.map(([a]) => a), pairs.map(([, b]) => b)],
  )
}

describe('roll-ups', () => {
  it('equal a group-by over the truth after any reports, amendments, withdrawals and card edits, on both bases', async () => {
    const roll = dice(20_261_120)
    const filed: Filed[] = []
    for (let round = 0; round < 12; round++) {
      const made = Array.from({ length: 40 }, () => {
        const what = roll.next()
        if (what < 0.5 || filed.length < 5) return createReport(roll, filed)
        return what < 0.8 ? changeReport(roll, filed) : changeStock(roll)
      })
      if (round === 6) await askPairs()
      // Pairs are counted while facts of the round before wait and phones send: each report is in the one or the other.
      const counted = round >= 6 && round < 9 ? countPairs({ db: world.db }, org) : null
      await send(made)
      await counted
      if (round % 3 === 1) await moveAccount(roll)
      if (round % 2 === 0) await fold({ db: world.db }, org)
    }
    await fold({ db: world.db }, org)
    expect(await waiting()).toBe(0)
    const [seen, expected] = [await rollups(world, org), await truth(world, org)]
    expect(seen.cells.length).toBeGreaterThan(200)
    expect(seen.stocks.length).toBeGreaterThan(10)
    expect(seen.pairs.length).toBeGreaterThan(200)
    expect(seen.cells.filter((row) => row.startsWith('then'))).not.toEqual(
      seen.cells.filter((row) => row.startsWith('today')).map((row) => row.replace('today', 'then')),
    )
    expect(seen).toEqual(expected)
  })

  it('two folds at the same time share the facts and give the right sums', async () => {
    const roll = dice(7)
    const filed: Filed[] = []
    for (let round = 0; round < 10; round++) {
      await send(Array.from({ length: 100 }, () => createReport(roll, filed)))
    }
    const before = await waiting()
    const shares = await Promise.all([1, 2, 3].map(() => fold({ db: world.db }, org)))
    expect(shares.reduce((sum, { facts }) => sum + facts, 0)).toBe(before)
    expect(await waiting()).toBe(0)
    expect(await rollups(world, org)).toEqual(await truth(world, org))
  })
})

describe('a fold takes as much as it may', () => {
  it('up to a number of facts, up to a size, and always one', async () => {
    const roll = dice(19)
    await send(Array.from({ length: 5 }, () => createReport(roll, [])))
    const takes = async (facts: number, bytes: number) => {
      let taken: [number, boolean] | null = null
      const undone = inOrg(world.db, org, async (tx) => {
        const { facts: held, more } = await takeFacts(tx, org, { facts, bytes })
        taken = [held.length, more]
        throw new Error('given back')
      })
      await expect(undone).rejects.toThrow('given back')
      return taken
    }
    expect(await takes(1_000, 1)).toEqual([1, true])
    expect(await takes(2, 1_000_000)).toEqual([2, true])
    const two = await inOrg(world.db, org, async (tx) => {
      const [row] = await tx.$queryRaw<{ bytes: number }[]>`
        SELECT sum(size)::int AS bytes FROM (SELECT pg_column_size(fact) AS size FROM rollup_outbox ORDER BY id LIMIT 2) AS first`
      return row?.bytes ?? 0
    })
    expect(await takes(1_000, two)).toEqual([2, true])
    expect(await takes(1_000, 1_000_000)).toEqual([await waiting(), false])
    await fold({ db: world.db }, org)
  })
})

describe('a fold that dies', () => {
  it('before its commit leaves the facts waiting and the roll-ups as they were', async () => {
    const roll = dice(11)
    await send([createReport(roll, []), createReport(roll, [])])
    const before = await rollups(world, org)
    const dying = inOrg(world.db, org, async (tx) => {
      expect((await foldOnce(tx, org)).facts).toBeGreaterThan(0)
      throw new Error('power cut')
    })
    await expect(dying).rejects.toThrow('power cut')
    expect(await rollups(world, org)).toEqual(before)
    expect(await waiting()).toBeGreaterThan(0)
    await fold({ db: world.db }, org)
    expect(await rollups(world, org)).toEqual(await truth(world, org))
  })

  it('with its connection, between counting and commit, loses and doubles nothing', async () => {
    const roll = dice(13)
    await send([createReport(roll, []), createReport(roll, [])])
    const dying = inOrg(world.db, org, async (tx) => {
      await foldOnce(tx, org)
      await tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`
    })
    await expect(dying).rejects.toThrow()
    expect(await waiting()).toBeGreaterThan(0)
    await fold({ db: world.db }, org)
    expect(await waiting()).toBe(0)
    expect(await rollups(world, org)).toEqual(await truth(world, org))
  })
})

describe('how far figures are behind', () => {
  it('is told once something waits longer than it should, to its own organisation', async () => {
    const roll = dice(23)
    await send([createReport(roll, [])])
    const until = (session: SessionIds) => world.callerFor(session).analytics.countedUntil()
    expect(await until(world.north.people.local)).toBeNull()
    await world.sql(org, `UPDATE rollup_outbox SET at = '2026-11-20T08:00:00Z'`)
    expect(await until(world.north.people.local)).toBe('2026-11-20T08:00:00Z')
    expect(await until(world.other.people.local)).toBeNull()
    await fold({ db: world.db }, org)
    expect(await until(world.north.people.local)).toBeNull()
  })
})

describe('tenancy', () => {
  it("a fold takes nobody else's facts", async () => {
    const roll = dice(17)
    await send([createReport(roll, [])])
    expect(await fold({ db: world.db }, world.other.orgId)).toEqual({ facts: 0, done: true })
    expect(await waiting()).toBeGreaterThan(0)
    await fold({ db: world.db }, org)
  })
})

/** Moves an account as reports and stocks see it: its reports keep their own territory, "today" follows the home. */
async function moveAccount(roll: Dice): Promise<void> {
  const { basque, bearn, finistere } = world.north.territories
  const account = roll.pick(accounts.filter(({ at }) => [basque, bearn].includes(at)))
  const to = account.at === basque ? bearn : roll.pick([basque, finistere])
  type Row = {
    id: string
    territoryId: string
    day: string
    kind: 'visit'
    outcome: 'order'
    author: string
    status: 'accepted'
    members: [string, number][]
    values: Record<string, { v: number; x: string }>
  }
  const reports = await world.sql<Row>(
    org,
    `SELECT r.id, r.territory_id AS "territoryId", r.day::text, r.kind, r.outcome, r.author_id AS author, r.status, s.members, r."values"
       FROM report r JOIN field_set s ON s.org_id = r.org_id AND s.hash = r.field_set WHERE r.account_id = $1`,
    [account.id],
  )
  const cards = await world.sql<{
    entity: 'account' | 'contact'
    values: Record<string, { v: number; x: string }>
  }>(
    org,
    `SELECT 'account' AS entity, "values" FROM account WHERE id = $1
     UNION ALL SELECT 'contact', "values" FROM contact WHERE account_id = $1`,
    [account.id],
  )
  const definitions = await world.sql<{ definition: never; id: string }>(
    org,
    `SELECT d.id, json_build_object('id', d.id, 'entity', d.entity, 'version', 1, 'spec', v.spec) AS definition
       FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id`,
  )
  const definitionOf = (id: string) => definitions.find((row) => row.id === id)?.definition
  const facts = [
    ...reports.flatMap((row) => {
      const state = {
        thenAt: row.territoryId,
        day: row.day,
        kind: row.kind,
        outcome: row.outcome,
        member: row.author,
        status: row.status,
        form: row.members,
        values: row.values,
      }
      return factsOfChange(
        { ...state, todayAt: account.at },
        { ...state, todayAt: to },
        { definitionOf, conversions: [] },
      )
    }),
    ...cards.flatMap(({ entity, values }) =>
      stockFactsOfChange(
        { entity, values, territory: account.at },
        { entity, values, territory: to },
        { definitionOf, conversions: [] },
      ),
    ),
  ]
  await world.sql(org, 'UPDATE account SET territory_id = $2 WHERE id = $1', [account.id, to])
  await world.sql(
    org,
    'INSERT INTO rollup_outbox (org_id, fact) SELECT $1, fact FROM jsonb_array_elements($2::jsonb) AS fact',
    [org, JSON.stringify(facts)],
  )
  account.at = to
}
