import { randomUUID } from 'node:crypto'
import { reportsBehind } from '@fieldback/domain/analytics/behind'
import type { Figure, Findings } from '@fieldback/domain/analytics/findings'
import { type QuestionInput, question as questionSchema } from '@fieldback/domain/analytics/question'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangePerson, openTestWorld, type TestWorld } from '../test-world.ts'
import { type Asked, arrangeQuestions, fileReports } from './filed-reports.fixture.ts'
import { fold } from './fold.job.ts'

let world: TestWorld
let fields: Asked

const YEAR = { from: '2025-11', to: '2026-10' }
const DAYS = ['2025-11-03', '2025-12-31', '2026-02-14', '2026-05-01', '2026-08-20', '2026-10-31']
const BEFORE = ['2024-11-20', '2025-03-03', '2025-10-31']

beforeAll(async () => {
  world = await openTestWorld()
  fields = await arrangeQuestions(world, world.north)
  const people = { basque: 5, bearn: 6, pyrenees: 1, finistere: 3, france: 1 }
  await fileReports(world, world.north, { seed: 7, n: 1_200, fields, days: [...DAYS, ...BEFORE], people })
})
afterAll(() => world.close())

type Place = keyof TestWorld['north']['territories']
const ask = (
  over: Partial<QuestionInput> & Pick<QuestionInput, 'measure'>,
  { at = 'france', as = 'hq' }: { at?: Place; as?: 'hq' | 'local' } = {},
): Promise<Findings> =>
  world.callerFor(world.north.people[as]).analytics.ask({
    territoryId: world.north.territories[at],
    basis: 'then',
    period: YEAR,
    ...over,
  })

/** Standing reports at each territory from the root down, in plain SQL. `x` is the answer to a question, `y` to another. */
async function truth<T = Record<string, number>>(
  select: string,
  {
    basis = 'then',
    at = 'france',
    where = 'TRUE',
    from = '2025-11-01',
    to = '2026-10-31',
    group = '',
    x = fields.mood,
    y = fields.mood,
  }: {
    basis?: 'then' | 'today'
    at?: Place | null
    where?: string
    from?: string
    to?: string
    group?: string
    x?: string
    y?: string
  } = {},
): Promise<T[]> {
  const home = basis === 'then' ? 'r.territory_id' : 'a.territory_id'
  return world.sql<T>(
    world.north.orgId,
    `SELECT ${select} FROM (
       SELECT r.*, u.id AS place, r."values" -> '${x}' -> 'x' AS x, r."values" -> '${y}' -> 'x' AS y, s.members
         FROM report r JOIN account a ON a.id = r.account_id JOIN field_set s ON s.hash = r.field_set
         JOIN territory t ON t.id = ${home} CROSS JOIN LATERAL unnest(string_to_array(rtrim(t.path, '/'), '/')::uuid[]) AS u (id)
        WHERE r.status <> 'withdrawn' AND r.day BETWEEN '${from}' AND '${to}') r
      WHERE (${where}) ${at ? `AND place = '${world.north.territories[at]}'` : ''} ${group ? `GROUP BY ${group}` : ''}`,
  )
}
const one = async <T = number>(select: string, over?: Parameters<typeof truth>[1]): Promise<T> => {
  const [row] = await truth<{ v: T }>(`${select} AS v`, over)
  if (!row) throw new Error('no row')
  return row.v
}
const COUNT = 'count(*)::int'
const rowAt = (findings: Findings, ...at: string[]): Figure => {
  const row = findings.rows.find((one) => one.at.join() === at.join())
  if (!row) throw new Error(`no row ${at}`)
  return row.now
}
const id = (place: Place) => world.north.territories[place]

describe('what is asked of the figures equals plain SQL over the reports', () => {
  it('reports, at each territory below, then and today', async () => {
    for (const basis of ['then', 'today'] as const) {
      const findings = await ask({ measure: { of: 'count' }, basis, split: [{ by: 'territory' }] })
      expect(findings.total.now.value).toBe(await one(COUNT, { basis }))
      for (const at of ['aquitaine', 'bretagne'] as const)
        expect(rowAt(findings, id(at)).value).toBe(await one(COUNT, { basis, at }))
      expect(findings.direct).toBe(
        (await one(COUNT, { basis })) -
          (await one(COUNT, { basis, at: 'aquitaine' })) -
          (await one(COUNT, { basis, at: 'bretagne' })),
      )
    }
    const [then, today] = [
      await one(COUNT, { at: 'bearn' }),
      await one(COUNT, { at: 'bearn', basis: 'today' }),
    ]
    expect(then).not.toBe(today)
  })

  it('of a kind and of some outcomes', async () => {
    const findings = await ask({ measure: { of: 'count' }, kind: 'call', outcomes: ['quote', 'revisit'] })
    expect(findings.total.now.value).toBe(
      await one(COUNT, { where: `kind = 'call' AND outcome IN ('quote', 'revisit')` }),
    )
    expect(findings.prepared).toEqual({ state: 'one' })
  })

  it('at all territories of a level, and month by month', async () => {
    const findings = await ask({
      measure: { of: 'count' },
      split: [{ by: 'territory', rank: 2 }, { by: 'month' }],
    })
    expect(findings.axes.map(({ by }) => by)).toEqual(['territory', 'month'])
    for (const at of ['pyrenees', 'finistere'] as const)
      expect(rowAt(findings, id(at), '2026-02').value).toBe(
        await one(COUNT, { at, from: '2026-02-01', to: '2026-02-28' }),
      )
    await expect(ask({ measure: { of: 'count' }, split: [{ by: 'territory', rank: 0 }] })).rejects.toThrow(
      'INVALID_INPUT',
    )
  })

  it('the share of those who do not know among all who answered, and of answers that a filter names twice', async () => {
    const shares = { of: 'share', fieldId: fields.mood, bucket: 'unknown' } as const
    const { total } = await ask({ measure: shares })
    expect(total.now).toMatchObject({
      k: await one(COUNT, { where: `x = 'null'` }),
      n: await one(COUNT, { where: 'x IS NOT NULL' }),
    })
    const twice = [{ fieldId: fields.mood, buckets: ['true', 'true'] }]
    const counted = await ask({ measure: { of: 'count', fieldId: fields.mood }, filters: twice })
    expect(counted.total.now.value).toBe(await one(COUNT, { where: `x = 'true'` }))
  })

  it('the share of an answer among those that say something, with its interval', async () => {
    const measure = { of: 'share', fieldId: fields.mood, bucket: 'true' } as const
    const findings = await ask({ measure, split: [{ by: 'territory' }] }, { at: 'aquitaine' })
    const n = await one(COUNT, { at: 'aquitaine', where: `x <> 'null'` })
    const k = await one(COUNT, { at: 'aquitaine', where: `x = 'true'` })
    const figure = findings.total.now
    expect(rowAt(findings, id('pyrenees'))).toMatchObject({
      n: await one(COUNT, { at: 'pyrenees', where: `x <> 'null'` }),
      k: await one(COUNT, { at: 'pyrenees', where: `x = 'true'` }),
    })
    expect(figure).toMatchObject({ k, n, value: k / n, people: 12 })
    expect(figure.low).toBeLessThan(k / n)
    expect(figure.high).toBeGreaterThan(k / n)
  })

  it('every answer, several at once too, and the share of each', async () => {
    const findings = await ask({
      measure: { of: 'share', fieldId: fields.talk },
      split: [{ by: 'answer', fieldId: fields.talk }],
    })
    const n = await one(COUNT, { x: fields.talk, where: `x <> 'null'` })
    for (const bucket of ['a', 'b', 'c'])
      expect(rowAt(findings, bucket)).toMatchObject({
        n,
        k: await one(COUNT, { x: fields.talk, where: `x ? '${bucket}'` }),
      })
    expect(rowAt(findings, 'unknown')).toMatchObject({
      k: await one(COUNT, { x: fields.talk, where: `x = 'null'` }),
      n: await one(COUNT, { x: fields.talk, where: 'x IS NOT NULL' }),
    })
  })

  it('mean and sum of a number exactly, its median within the bin that is told', async () => {
    for (const fieldId of [fields.years, fields.amount]) {
      const where = `x <> 'null'`
      const number = `(x #>> '{}')::float8`
      const mean = await ask(
        { measure: { of: 'mean', fieldId }, split: [{ by: 'territory', rank: 2 }] },
        { at: 'aquitaine' },
      )
      const sum = await ask({ measure: { of: 'sum', fieldId } })
      const median = await ask({ measure: { of: 'median', fieldId } })
      expect(rowAt(mean, id('pyrenees')).value).toBeCloseTo(
        await one(`avg(${number})`, { x: fieldId, at: 'pyrenees', where }),
        9,
      )
      expect(sum.total.now.value).toBeCloseTo(await one(`sum(${number})`, { x: fieldId, where }), 6)
      const [middle, from, to] = [
        await one(`percentile_disc(0.5) WITHIN GROUP (ORDER BY ${number})`, { x: fieldId, where }),
        median.total.now.between?.from ?? Number.NaN,
        median.total.now.between?.to ?? Number.POSITIVE_INFINITY,
      ]
      expect(from).toBeLessThanOrEqual(middle)
      expect(middle).toBeLessThanOrEqual(to)
      expect(median.total.now.low ?? Number.NaN).toBeLessThanOrEqual(middle)
      expect(median.total.now.high ?? Number.NaN).toBeGreaterThanOrEqual(middle)
    }
  })

  it('rates of an outcome by answer, and how many answer what they are asked', async () => {
    const orders = await ask({
      measure: { of: 'outcome', outcome: 'order' },
      split: [{ by: 'answer', fieldId: fields.rival }],
    })
    expect(rowAt(orders, 'a')).toMatchObject({
      n: await one(COUNT, { x: fields.rival, where: `x = '"a"'` }),
      k: await one(COUNT, { x: fields.rival, where: `x = '"a"' AND outcome = 'order'` }),
    })
    expect(orders.total.now).toMatchObject({
      n: await one(COUNT),
      k: await one(COUNT, { where: `outcome = 'order'` }),
    })
    const fill = await ask({ measure: { of: 'fill', fieldId: fields.rival } })
    expect(fill.total.now).toMatchObject({
      n: await one(COUNT, {
        x: fields.rival,
        where: `members @> '[["${fields.rival}"]]'`,
      }),
      k: await one(COUNT, { x: fields.rival, where: 'x IS NOT NULL' }),
    })
  })

  it('narrowed by one question, whatever its bins', async () => {
    const filters = [{ fieldId: fields.years, buckets: ['0', '5'] }]
    const where = `x <> 'null' AND (x #>> '{}')::float8 < 10`
    const count = await ask({ measure: { of: 'count' }, filters, split: [{ by: 'month' }] })
    expect(count.total.now.value).toBe(await one(COUNT, { x: fields.years, where }))
    expect(rowAt(count, '2026-05').value).toBe(
      await one(COUNT, { x: fields.years, where, from: '2026-05-01', to: '2026-05-31' }),
    )
    const mean = await ask({ measure: { of: 'mean', fieldId: fields.years }, filters })
    expect(mean.total.now.value).toBeCloseTo(
      await one(`avg((x #>> '{}')::float8)`, { x: fields.years, where }),
      9,
    )
    const given = await ask({ measure: { of: 'count', fieldId: fields.years }, filters })
    expect(given.total.now.value).toBe(await one(COUNT, { x: fields.years, where }))
  })
})

describe('compared', () => {
  it('with the months before, and with the same a year before', async () => {
    const period = { from: '2026-02', to: '2026-05' }
    const measure = { of: 'outcome', outcome: 'order' } as const
    const previous = await ask({ measure, period, compare: { with: 'previous' } })
    expect(previous.total.before).toMatchObject({
      n: await one(COUNT, { from: '2025-10-01', to: '2026-01-31' }),
    })
    expect(previous.comparedDays).toEqual({ from: '2025-10-01', to: '2026-01-31' })
    const year = await ask({ measure, period, compare: { with: 'year' }, split: [{ by: 'month' }] })
    expect(year.rows.find(({ at }) => at[0] === '2026-03')?.before).toMatchObject({
      n: await one(COUNT, { from: '2025-03-01', to: '2025-03-31' }),
    })
  })

  it('a month under way is set against as many days', async () => {
    const findings = await ask({
      measure: { of: 'count' },
      period: { from: '2026-10', to: '2026-11' },
      compare: { with: 'year' },
    })
    expect(findings.comparedDays).toEqual({ from: '2025-10-01', to: '2025-11-20' })
    expect(findings.total.before?.value).toBe(await one(COUNT, { from: '2025-10-01', to: '2025-11-20' }))
  })

  it('with another territory, unless five people are not behind each', async () => {
    const measure = { of: 'share', fieldId: fields.mood, bucket: 'true' } as const
    const two = await ask(
      { measure, compare: { with: 'territory', territoryId: id('bearn') } },
      { at: 'basque' },
    )
    expect(two.total.before).toMatchObject({ n: await one(COUNT, { at: 'bearn', where: `x <> 'null'` }) })
    expect(two.comparedPlace?.id).toBe(id('bearn'))
    const small = await ask(
      { measure, compare: { with: 'territory', territoryId: id('finistere') } },
      { at: 'basque' },
    )
    expect(small).toMatchObject({ alone: { reason: 'people', have: 3, need: 5 }, total: { before: null } })
  })
  it('with another of one’s own branches, unless five people are not behind each', async () => {
    const chief = await arrangePerson(world.sql, world.north.orgId, {
      name: 'chief',
      role: 'manager',
      territoryId: id('basque'),
    })
    await world.sql(
      world.north.orgId,
      `INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from)
       SELECT org_id, $1, membership_id, $2, role, valid_from FROM assignment WHERE membership_id = $3`,
      [randomUUID(), id('finistere'), chief.membershipId],
    )
    const small = await world.callerFor(chief).analytics.ask({
      territoryId: id('basque'),
      basis: 'then',
      period: YEAR,
      measure: { of: 'share', fieldId: fields.mood, bucket: 'true' },
      compare: { with: 'territory', territoryId: id('finistere') },
    })
    expect(small).toMatchObject({ alone: { reason: 'people', have: 3, need: 5 }, total: { before: null } })
  })
})

describe('people', () => {
  it('fewer than five are never set side by side; the total of one’s own branch is whole', async () => {
    const measure = { of: 'mean', fieldId: fields.years } as const
    const findings = await ask({ measure, split: [{ by: 'territory' }] }, { at: 'bretagne' })
    expect(rowAt(findings, id('finistere'))).toMatchObject({
      value: null,
      k: null,
      hidden: { reason: 'people', have: 3, need: 5 },
    })
    expect(findings.total.now.hidden).toBeNull()
    const counts = await ask({ measure: { of: 'count' }, split: [{ by: 'territory' }] }, { at: 'bretagne' })
    expect(rowAt(counts, id('finistere')).hidden).toBeNull()
    const narrowed = await ask(
      { measure: { of: 'count' }, outcomes: ['order'], split: [{ by: 'territory' }] },
      { at: 'bretagne' },
    )
    expect(rowAt(narrowed, id('finistere'))).toMatchObject({ value: null, n: 0 })
  })

  it('the only territory that is hidden is not had by taking the others from the total', async () => {
    for (const measure of [
      { of: 'outcome', outcome: 'order' },
      { of: 'sum', fieldId: fields.years },
      { of: 'mean', fieldId: fields.years },
    ] as const) {
      const { rows, total, direct } = await ask({ measure, split: [{ by: 'territory' }] })
      expect(total.now.k).toBeGreaterThan(0)
      expect(rows.map(({ now }) => [now.k, now.value, now.hidden?.reason])).toEqual([
        [null, null, 'beside'],
        [null, null, 'people'],
      ])
      expect(measure.of === 'sum' ? direct : null).toBeNull()
    }
  })

  it('are counted month by month where rows are', async () => {
    const measure = { of: 'outcome', outcome: 'order' } as const
    const findings = await ask({ measure, split: [{ by: 'territory' }, { by: 'month' }] })
    const people = await one('count(DISTINCT author_id)::int', {
      at: 'aquitaine',
      from: '2026-02-01',
      to: '2026-02-28',
    })
    expect(rowAt(findings, id('aquitaine'), '2026-02').people).toBe(people)
  })
})

describe('how long answers take', () => {
  const ledger = (
    fieldId: string,
    month: string,
    given: readonly (readonly [person: string, seconds: number, n: number])[],
  ) =>
    world.sql(
      world.north.orgId,
      `WITH given AS (SELECT * FROM jsonb_to_recordset($2) AS g (person uuid, seconds int, n int)),
       ledger AS (INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers, seconds)
         SELECT $1, person, $3, $4, sum(n), sum(n * seconds) FROM given GROUP BY person)
       INSERT INTO field_seconds (org_id, field_id, month, bin, n) SELECT $1, $3, $4, seconds, sum(n) FROM given GROUP BY seconds`,
      [
        world.north.orgId,
        JSON.stringify(given.map(([person, seconds, n]) => ({ person, seconds, n }))),
        fieldId,
        `${month}-01`,
      ],
    )

  it('is the median of its months, from five people and thirty answers on', async () => {
    const people = Object.values(world.north.people).map(({ membershipId }) => membershipId)
    await ledger(
      fields.mood,
      '2026-03',
      people.slice(0, 5).map((person) => [person, 4, 10] as const),
    )
    await ledger(
      fields.mood,
      '2026-04',
      people.slice(0, 4).map((person) => [person, 20, 10] as const),
    )
    await ledger(
      fields.mood,
      '2026-05',
      people.slice(0, 5).map((person) => [person, 6, 2] as const),
    )
    const findings = await ask({ measure: { of: 'entry', fieldId: fields.mood }, split: [{ by: 'month' }] })
    expect(rowAt(findings, '2026-03')).toMatchObject({
      n: 50,
      people: 5,
      between: { from: 4, to: 4 },
      value: 4,
    })
    expect(rowAt(findings, '2026-04')).toMatchObject({
      value: null,
      hidden: { reason: 'people', have: 4, need: 5 },
    })
    expect(rowAt(findings, '2026-05')).toMatchObject({
      value: null,
      hidden: { reason: 'cases', have: 10, need: 30 },
    })
    expect(findings.total.now).toMatchObject({ n: 100, people: 5, value: 4 })
  })
})

describe('what accounts hold', () => {
  it('is counted as it stands, whatever the months', async () => {
    const { basque, bearn } = world.north.territories
    await world.sql(
      world.north.orgId,
      `INSERT INTO rollup_outbox (org_id, fact) SELECT $1, fact FROM jsonb_array_elements($2::jsonb) AS fact`,
      [
        world.north.orgId,
        JSON.stringify(
          (
            [
              ['a', basque, 9],
              ['b', basque, 3],
              ['unknown', bearn, 4],
              ['a', bearn, 10],
            ] as const
          ).map(([bucket, territory, sign]) => ({
            of: 'stock',
            sign,
            territory,
            answers: [[fields.trade, bucket, null]],
          })),
        ),
      ],
    )
    await fold({ db: world.db }, world.north.orgId)
    const shares = await ask(
      { measure: { of: 'share', fieldId: fields.trade, bucket: 'a' }, split: [{ by: 'territory' }] },
      { at: 'pyrenees' },
    )
    expect(rowAt(shares, basque)).toMatchObject({ k: 9, n: 12, people: null, hidden: null })
    expect(shares.total.now).toMatchObject({ k: 19, n: 22 })
    const counts = await ask({
      measure: { of: 'count', fieldId: fields.trade },
      split: [{ by: 'answer', fieldId: fields.trade }],
    })
    expect(counts.rows.map(({ at, now }) => [at[0], now.value])).toEqual([
      ['a', 19],
      ['b', 3],
      ['c', 0],
      ['unknown', 4],
    ])
    expect(counts.total.now.value).toBe(22)
  })
})

describe('the reports behind a figure', () => {
  const behind = async (question: QuestionInput, at: string[] = [], as: 'hq' | 'local' = 'hq') => {
    const asked = { ...question, basis: question.basis, split: question.split ?? [] }
    const findings = await world.callerFor(world.north.people[as]).analytics.ask(asked)
    const listed = reportsBehind(questionSchema.parse(asked), findings, at)
    if (!listed) throw new Error('none to list')
    const caller = world.callerFor(world.north.people[as]).report
    const found: string[] = []
    let beyond = 0
    let cursor: { day: string; id: string } | null = null
    do {
      const page: Awaited<ReturnType<typeof caller.list>> = await caller.list({
        ...listed,
        answers: [...listed.answers].map((one) => ({ ...one, buckets: [...one.buckets] })),
        outcomes: [...listed.outcomes],
        limit: 100,
        cursor,
      })
      found.push(...page.reports.map((report) => report.id))
      beyond += page.beyond?.n ?? 0
      cursor = page.next
    } while (cursor !== null)
    const figure = at.length > 0 ? rowAt(findings, ...at) : findings.total.now
    return { listed: new Set(found).size, beyond, figure, twice: found.length - new Set(found).size }
  }

  it.each(['then', 'today'] as const)('are as many as are counted, %s', async (basis) => {
    const asked = { territoryId: id('aquitaine'), basis, period: YEAR }
    const byPlace = [{ by: 'territory' as const }]
    const share = await behind(
      { ...asked, measure: { of: 'share', fieldId: fields.talk, bucket: 'b' }, split: byPlace },
      [id('pyrenees')],
    )
    expect(share).toMatchObject({ listed: share.figure.k, twice: 0 })
    const orders = await behind(
      {
        ...asked,
        measure: { of: 'outcome', outcome: 'order' },
        split: [{ by: 'answer', fieldId: fields.years }, { by: 'month' }],
      },
      ['0', '2026-02'],
    )
    expect(orders.listed).toBe(orders.figure.k)
    const several = await behind({
      ...asked,
      territoryId: id('pyrenees'),
      measure: { of: 'count' },
      kind: 'call',
      outcomes: ['order', 'none'],
      filters: [
        { fieldId: fields.mood, buckets: ['true', 'unknown'] },
        { fieldId: fields.amount, buckets: ['100', '200', '20000'] },
      ],
    })
    expect(several.listed).toBe(several.figure.value)
    expect(several.listed).toBeGreaterThan(5)
    for (const fieldId of [fields.years, fields.amount, fields.talk, fields.mood]) {
      const counted = await behind({ ...asked, measure: { of: 'count', fieldId } })
      expect(counted.listed).toBe(counted.figure.value)
      const filled = await behind({ ...asked, measure: { of: 'fill', fieldId } })
      expect(filled.listed).toBe(filled.figure.k)
    }
    const mean = await behind({ ...asked, measure: { of: 'mean', fieldId: fields.years }, split: byPlace }, [
      id('pyrenees'),
    ])
    expect(mean.listed).toBe(mean.figure.n)
  })

  it('of what a manager may read alone', async () => {
    const asked = {
      territoryId: id('pyrenees'),
      basis: 'then' as const,
      period: YEAR,
      measure: { of: 'count' as const },
    }
    const all = await behind(asked)
    const his = await behind(asked, [], 'local')
    expect(all.listed).toBe(all.figure.value)
    // Accounts that have left his branch since are counted as filed there, and read by others now.
    expect(his.listed).toBeLessThan(all.listed)
    expect(his.listed + his.beyond).toBe(his.figure.value)
  })
})

describe('rights and refusals', () => {
  it('a manager asks of his branch alone', async () => {
    const measure = { of: 'count' } as const
    await expect(ask({ measure }, { as: 'local' })).rejects.toThrow('FORBIDDEN')
    await expect(
      ask(
        { measure, compare: { with: 'territory', territoryId: id('france') } },
        { as: 'local', at: 'pyrenees' },
      ),
    ).rejects.toThrow('FORBIDDEN')
    expect((await ask({ measure }, { as: 'local', at: 'pyrenees' })).total.now.value).toBe(
      await one(COUNT, { at: 'pyrenees' }),
    )
  })

  it('a mean of what is no number, and an outcome of what accounts hold, are refused', async () => {
    await expect(ask({ measure: { of: 'mean', fieldId: fields.mood } })).rejects.toThrow('INVALID_INPUT')
    const byTrade = [{ by: 'answer', fieldId: fields.trade } as const]
    await expect(ask({ measure: { of: 'outcome', outcome: 'order' }, split: byTrade })).rejects.toThrow(
      'INVALID_INPUT',
    )
    await expect(
      ask({
        measure: { of: 'mean', fieldId: fields.years },
        filters: [{ fieldId: fields.trade, buckets: ['a'] }],
      }),
    ).rejects.toThrow('INVALID_INPUT')
  })
})
