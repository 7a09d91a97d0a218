import { randomUUID } from 'node:crypto'
import { KIND } from '@fieldback/domain/analytics/fact'
import type { Figure, Findings } from '@fieldback/domain/analytics/findings'
import { PAIRS_MAX } from '@fieldback/domain/analytics/pair'
import type { QuestionInput } from '@fieldback/domain/analytics/question'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../test-world.ts'
import { countPairs } from './count-pairs.job.ts'
import { type Asked, arrangeQuestions, fileReports } from './filed-reports.fixture.ts'

let world: TestWorld
let fields: Asked
const PERIOD = { from: '2025-11', to: '2026-10' }
const DAYS = ['2025-11-03', '2025-12-31', '2026-02-14', '2026-05-01', '2026-08-20', '2026-10-31']

beforeAll(async () => {
  world = await openTestWorld()
  fields = await arrangeQuestions(world, world.north)
  const people = { basque: 5, bearn: 6, finistere: 6 }
  await fileReports(world, world.north, { seed: 3, n: 2_400, fields, days: DAYS, people })
})
afterAll(() => world.close())

const ask = (over: Partial<QuestionInput> & Pick<QuestionInput, 'measure'>): Promise<Findings> =>
  world.callerFor(world.north.people.hq).analytics.ask({
    territoryId: world.north.territories.france,
    basis: 'then',
    period: PERIOD,
    ...over,
  })
const count = () => countPairs({ db: world.db }, world.north.orgId)
const states = () =>
  world.sql<{ a: string; b: string; state: string }>(
    world.north.orgId,
    'SELECT a, b, state FROM field_pair ORDER BY a, b',
  )

type At = { basis?: 'then' | 'today'; at?: keyof TestWorld['north']['territories']; where: string }
async function truth(select: string, { basis = 'then', at = 'france', where }: At): Promise<number> {
  const said = Object.entries(fields)
    .map(([key, id]) => `r."values" -> '${id}' -> 'x' AS ${key}`)
    .join(', ')
  const [row] = await world.sql<{ v: number }>(
    world.north.orgId,
    `SELECT ${select} AS v FROM (SELECT r.*, ${said}, t.path FROM report r JOIN account a ON a.id = r.account_id
       JOIN territory t ON t.id = ${basis === 'then' ? 'r.territory_id' : 'a.territory_id'} WHERE r.status <> 'withdrawn') r
      WHERE (${where}) AND path LIKE '%${world.north.territories[at]}%'`,
  )
  return row?.v ?? Number.NaN
}
const COUNT = 'count(*)::int'
const rowAt = (findings: Findings, ...at: string[]): Figure => {
  const row = findings.rows.find((one) => one.at.join() === at.join())
  if (!row) throw new Error(`no row ${at}`)
  return row.now
}

/** What is asked of two questions together, with what plain SQL says. */
const QUESTIONS: readonly (readonly [
  name: string,
  question: () => Partial<QuestionInput> & Pick<QuestionInput, 'measure'>,
  expected: (basis: 'then' | 'today') => Promise<Record<string, unknown>>,
  figure: (findings: Findings) => Figure,
])[] = [
  [
    'a share narrowed by the answer to another question, at each territory',
    () => ({
      measure: { of: 'share', fieldId: fields.mood, bucket: 'true' },
      filters: [{ fieldId: fields.years, buckets: ['0', '5'] }],
      split: [{ by: 'territory' }],
    }),
    async (basis) => {
      const young = `years <> 'null' AND (years #>> '{}')::int < 10`
      return {
        k: await truth(COUNT, { basis, at: 'aquitaine', where: `${young} AND mood = 'true'` }),
        n: await truth(COUNT, { basis, at: 'aquitaine', where: `${young} AND mood <> 'null'` }),
      }
    },
    (findings) => rowAt(findings, world.north.territories.aquitaine),
  ],
  [
    'a mean by the answers to another',
    () => ({
      measure: { of: 'mean', fieldId: fields.amount },
      split: [{ by: 'answer', fieldId: fields.talk }],
    }),
    async (basis) => ({
      n: await truth(COUNT, { basis, where: `talk ? 'b' AND amount <> 'null'` }),
      k: await truth(`sum((amount #>> '{}')::float8)`, { basis, where: `talk ? 'b' AND amount <> 'null'` }),
    }),
    (findings) => rowAt(findings, 'b'),
  ],
  [
    'a rate of orders by answer, narrowed by another, month by month',
    () => ({
      measure: { of: 'outcome', outcome: 'order' },
      split: [{ by: 'answer', fieldId: fields.rival }, { by: 'month' }],
      filters: [{ fieldId: fields.mood, buckets: ['true'] }],
    }),
    async (basis) => {
      const where = `rival = '"a"' AND mood = 'true' AND day BETWEEN '2026-05-01' AND '2026-05-31'`
      return {
        n: await truth(COUNT, { basis, where }),
        k: await truth(COUNT, { basis, where: `${where} AND outcome = 'order'` }),
      }
    },
    (findings) => rowAt(findings, 'a', '2026-05'),
  ],
  [
    'how many calls answer a question',
    () => ({ measure: { of: 'fill', fieldId: fields.rival }, kind: 'call' }),
    async (basis) => ({ k: await truth(COUNT, { basis, where: `kind = 'call' AND rival IS NOT NULL` }) }),
    (findings) => findings.total.now,
  ],
]

describe('two questions together', () => {
  it.each(QUESTIONS)('%s', async (_, question, expected, figure) => {
    for (const basis of ['then', 'today'] as const) {
      const first = await ask({ ...question(), basis })
      if (basis === 'then') {
        expect(first.prepared.state).toBe('preparing')
        expect(first.source).toMatchObject({ from: 'rows', every: 1 })
      }
      expect(figure(first)).toMatchObject(await expected(basis))
      expect((await count()).done).toBe(true)
      const ready = await ask({ ...question(), basis })
      expect(ready).toMatchObject({ prepared: { state: 'ready' }, source: { from: 'counts' } })
      // From the reports or from the pair: every figure the same.
      expect(ready.rows).toEqual(first.rows)
      expect(ready.total).toEqual(first.total)
    }
  })

  it('three questions are told from the reports, and never prepared', async () => {
    const findings = await ask({
      measure: { of: 'share', fieldId: fields.mood, bucket: 'true' },
      filters: [
        { fieldId: fields.years, buckets: ['0', '5'] },
        { fieldId: fields.talk, buckets: ['a', 'b'] },
      ],
    })
    expect(findings).toMatchObject({ prepared: { state: 'never' }, source: { from: 'rows', every: 1 } })
    const where = `years <> 'null' AND (years #>> '{}')::int < 10 AND talk ?| ARRAY['a', 'b'] AND mood <> 'null'`
    expect(findings.total.now.n).toBe(await truth(COUNT, { where }))
  })
})

describe('a concept', () => {
  it('is counted by what its questions say in it, alone and narrowed by another question', async () => {
    const { orgId, territories } = world.north
    const concept = randomUUID()
    const options = ['x', 'y'].map((one) => ({ id: one, label: { fr: one } }))
    await world.sql(
      orgId,
      `INSERT INTO concept (org_id, id, territory_id, entity, spec) VALUES ($1, $2, $3, 'report', $4)`,
      [
        orgId,
        concept,
        territories.france,
        JSON.stringify({ label: { fr: 'Rival' }, type: 'single_choice', options }),
      ],
    )
    await world.sql(
      orgId,
      'INSERT INTO concept_link (org_id, field_id, concept_id, map) VALUES ($1, $2, $3, $4)',
      [orgId, fields.rival, concept, JSON.stringify({ a: 'x', b: 'x', c: 'y' })],
    )
    const measure = { of: 'share', fieldId: concept, bucket: 'x' } as const
    const said = `rival IN ('"a"', '"b"')`
    const alone = await ask({ measure })
    expect(alone.measured).toMatchObject({ id: concept, concept: true })
    expect(alone.total.now).toMatchObject({
      k: await truth(COUNT, { where: said }),
      n: await truth(COUNT, { where: `rival <> 'null'` }),
    })
    const filters = [{ fieldId: fields.mood, buckets: ['true'] }]
    const first = await ask({ measure, filters, split: [{ by: 'month' }] })
    await count()
    const ready = await ask({ measure, filters, split: [{ by: 'month' }] })
    expect(ready.prepared).toEqual({ state: 'ready' })
    expect(ready.rows).toEqual(first.rows)
    expect(ready.total.now).toMatchObject({
      k: await truth(COUNT, { where: `${said} AND mood = 'true'` }),
      n: await truth(COUNT, { where: `rival <> 'null' AND mood = 'true'` }),
    })
  })
})

describe('pairs', () => {
  it('are kept current by the fold, edits, withdrawals and moves of accounts too', async () => {
    const people = { basque: 2, bearn: 2, finistere: 2 }
    await fileReports(world, world.north, { seed: 5, n: 200, fields, days: DAYS, people })
    for (const [name, question, expected, figure] of QUESTIONS)
      for (const basis of ['then', 'today'] as const) {
        const ready = await ask({ ...question(), basis })
        expect(ready.prepared, name).toEqual({ state: 'ready' })
        expect(figure(ready), name).toMatchObject(await expected(basis))
      }
  })

  it('a count that dies half way is begun again from nothing, and counts each report once', async () => {
    const died = new AbortController()
    await world.sql(world.north.orgId, `DELETE FROM pair_cell`)
    await world.sql(world.north.orgId, `UPDATE field_pair SET state = 'waiting'`)
    const [, { id: half } = { id: '' }] = await world.sql<{ id: string }>(
      world.north.orgId,
      'SELECT id FROM field_pair ORDER BY id',
    )
    const dying = countPairs({ db: world.db }, world.north.orgId, died.signal)
    for (let done = 0; done === 0; ) {
      const [row] = await world.sql<{ done: number }>(
        world.north.orgId,
        'SELECT done FROM field_pair WHERE id = $1',
        [half],
      )
      done = row?.done ?? 0
    }
    died.abort()
    expect(await dying).toEqual({ pairs: 0, done: false })
    expect(await count()).toMatchObject({ done: true })
    for (const [name, question, expected, figure] of QUESTIONS)
      expect(figure(await ask(question())), name).toMatchObject(await expected('then'))
  })

  it('beyond as many as an organisation may have, those asked for longest ago go, with their cells', async () => {
    const before = await states()
    expect(before.length).toBeLessThan(PAIRS_MAX)
    await world.sql(
      world.north.orgId,
      `INSERT INTO field_pair (org_id, id, a, b, state, used_on)
       SELECT $1, gen_random_uuid(), '${KIND}', gen_random_uuid(), 'ready', '2026-01-01' FROM generate_series(1, $2)`,
      [world.north.orgId, PAIRS_MAX - before.length],
    )
    await world.sql(world.north.orgId, `UPDATE field_pair SET used_on = '2025-01-01' WHERE a <> '${KIND}'`)
    await ask({
      measure: { of: 'share', fieldId: fields.mood, bucket: 'true' },
      split: [{ by: 'answer', fieldId: fields.talk }],
    })
    const left = (await states()).filter(({ state }) => state === 'leaving')
    expect(left).toHaveLength(1)
    expect(left[0]?.a).not.toBe(KIND)
    await count()
    expect((await states()).filter(({ state }) => state !== 'ready')).toEqual([])
    expect(
      await world.sql(
        world.north.orgId,
        'SELECT FROM pair_cell c WHERE NOT EXISTS (SELECT FROM field_pair f WHERE f.id = c.pair_id)',
      ),
    ).toEqual([])
  })
})
