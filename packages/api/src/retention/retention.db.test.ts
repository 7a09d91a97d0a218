import { inOrg, openDb } from '@fieldback/db/client'
import type { Findings } from '@fieldback/domain/analytics/findings'
import type { QuestionInput } from '@fieldback/domain/analytics/question'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countPairs } from '../analytics/count-pairs.job.ts'
import { type Asked, arrangeQuestions, fileReports } from '../analytics/filed-reports.fixture.ts'
import { arrangePerson, openTestWorld, type TestOrg, type TestWorld, WORLD_NOW } from '../test-world.ts'
import { errorShape } from '../trpc.ts'
import { eraseReports } from './erase.job.ts'

let world: TestWorld
let north: TestOrg
let fields: Asked
let now: Date
beforeAll(async () => {
  now = WORLD_NOW
  world = await openTestWorld({ now: () => now })
  north = world.north
  fields = await arrangeQuestions(world, north)
  const days = ['2022-05-09', '2023-06-01', '2023-10-31', '2023-11-01', '2024-02-03', '2024-05-06']
  await fileReports(world, north, { seed: 3, n: 400, fields, days, people: { basque: 6, finistere: 6 } })
})
afterAll(() => world.close())

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who]).retention
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )
const later = (days: number) => new Date(WORLD_NOW.getTime() + days * 86_400_000)
const journal = async () =>
  (
    await world.sql<{ action: string; detail: object }>(
      north.orgId,
      `SELECT action, detail FROM audit_event WHERE action LIKE 'retention.%' ORDER BY at, id`,
    )
  ).map(({ action, detail }) => [action, detail])

describe('for how long reports are kept', () => {
  const startsAt = later(7).toISOString()

  it('is for ever, until somebody has seen what a shorter time would erase, and from when on', async () => {
    expect(await as('admin').get()).toEqual({ years: null, next: null, keptFrom: null })
    const before = await as('admin').preview({ years: 3 })
    const counted = await world.sql<{ month: string; n: number }>(
      north.orgId,
      `SELECT to_char(day, 'YYYY-MM') AS month, count(*)::int AS n FROM report
        WHERE status <> 'withdrawn' AND day < '2023-11-01' GROUP BY 1 ORDER BY 1`,
    )
    expect(before).toEqual({ startsAt, keptFrom: '2023-11', months: counted })
    expect(counted.map(({ month }) => month)).toEqual(['2022-05', '2023-06', '2023-10'])
    expect((await as('admin').preview({ years: 10 })).months).toEqual([])
    expect(await journal()).toEqual([])
  })

  it('is announced, told to who looks, and called off; what keeps more holds at once', async () => {
    expect(await as('admin').ask({ years: 3 })).toEqual({ years: null, next: { years: 3, startsAt } })
    expect(await as('admin').get()).toEqual({ years: null, next: { years: 3, startsAt }, keptFrom: null })
    expect(await as('admin').callOff()).toEqual({ years: null, next: null })
    expect(await as('admin').callOff()).toEqual({ years: null, next: null })
    await as('admin').ask({ years: 5, known: { years: null, next: null } })
    expect(await refusal(as('admin').ask({ years: 3, known: { years: null, next: null } }))).toBe(
      'CHANGED_MEANWHILE',
    )
    now = later(8)
    expect(await as('admin').get()).toMatchObject({ years: 5, next: null })
    expect(await as('admin').preview({ years: 7 })).toEqual({ startsAt: null, keptFrom: null, months: [] })
    expect(await as('admin').ask({ years: 7 })).toEqual({ years: 7, next: null })
    expect(await as('admin').ask({ years: null })).toEqual({ years: null, next: null })
    now = WORLD_NOW
    expect(await journal()).toEqual([
      ['retention.ask', { from: null, to: 3, validTo: startsAt }],
      ['retention.callOff', { from: 3, to: null, validTo: null }],
      ['retention.ask', { from: null, to: 5, validTo: startsAt }],
      ['retention.ask', { from: 5, to: 7, validTo: null }],
      ['retention.ask', { from: 7, to: null, validTo: null }],
    ])
  })

  it('is between three and ten years', async () => {
    for (const years of [0, 2, 3.5, 11, '3'])
      expect(await refusal(as('admin').ask({ years: years as never }))).toBe('INVALID_INPUT')
  })

  it('is the business of who administers all of the organisation, and of his own', async () => {
    const part = await arrangePerson(world.sql, north.orgId, {
      name: 'of a part',
      role: 'administrator',
      territoryId: north.territories.aquitaine,
    })
    const others = (['basqueRep', 'local', 'regional', 'hq'] as const).map((who) => as(who))
    for (const caller of [world.callerFor(part).retention, ...others]) {
      expect(await refusal(caller.get())).toBe('FORBIDDEN')
      expect(await refusal(caller.preview({ years: 3 }))).toBe('FORBIDDEN')
      expect(await refusal(caller.ask({ years: 3 }))).toBe('FORBIDDEN')
      expect(await refusal(caller.callOff())).toBe('FORBIDDEN')
    }
    await as('admin', world.other).ask({ years: 4 })
    expect(await as('admin').get()).toMatchObject({ years: null, next: null })
    expect((await as('admin', world.other).preview({ years: 3 })).months).toEqual([])
    const seen = inOrg(
      world.db,
      north.orgId,
      (tx) => tx.$queryRaw`SELECT org_id FROM retention WHERE next_years = 4`,
    )
    expect(await seen).toEqual([])
  })
})

describe('a question that reaches back beyond what is kept', () => {
  const ask = (over: Partial<QuestionInput>): Promise<Findings> =>
    world.callerFor(north.people.hq).analytics.ask({
      territoryId: north.territories.france,
      basis: 'today',
      period: { from: '2022-01', to: '2024-12' },
      measure: { of: 'count' },
      ...over,
    })
  const narrowed = (more: Partial<QuestionInput> = {}) =>
    ask({
      measure: { of: 'count', fieldId: fields.years },
      filters: [{ fieldId: fields.mood, buckets: ['true'] }],
      ...more,
    })
  const since = { from: '2023-11', to: '2024-12' }

  it('is answered as before of one question, and of several together from there on; both are said', async () => {
    const plain = {
      measure: { of: 'mean', fieldId: fields.years },
      split: [{ by: 'month' }],
    } satisfies Partial<QuestionInput>
    const [one, several, part] = [await ask(plain), await narrowed(), await narrowed({ period: since })]
    expect([one.kept, several.kept, several.source.from]).toEqual([null, null, 'rows'])
    expect(several.total.now.n).toBeGreaterThan(part.total.now.n)

    const worker = openDb({ url: world.database.workerUrl, max: 2 })
    await as('admin').ask({ years: 3 })
    now = later(7)
    const { reports, done } = await eraseReports({ ...world.deps, db: worker }, north.orgId)
    await worker.close()
    expect([reports > 100, done]).toEqual([true, true])

    expect(await ask(plain)).toEqual({ ...one, kept: { from: '2023-11', crossed: false } })
    const kept = { from: '2023-11', crossed: true }
    for (const counted of ['rows', 'counts']) {
      const after = await narrowed()
      expect([after.kept, after.source.from, after.total]).toEqual([kept, counted, part.total])
      const compared = await narrowed({
        period: { from: '2024-01', to: '2024-06' },
        compare: { with: 'previous' },
      })
      expect([compared.total.before, compared.comparedDays, compared.kept]).toEqual([null, null, null])
      const before = await narrowed({ period: { from: '2022-01', to: '2023-10' }, split: [{ by: 'month' }] })
      expect([before.total.now.value, before.kept]).toEqual([0, kept])
      expect((await narrowed({ period: since })).kept).toBeNull()
      await countPairs({ db: world.db }, north.orgId)
    }
    expect((await ask({ ...plain, period: since })).kept).toBeNull()
    const list = (from: string | null) =>
      world.callerFor(north.people.hq).report.list({ territoryId: north.territories.france, from })
    expect([(await list(null)).keptFrom, (await list('2023-11-01')).keptFrom]).toEqual(['2023-11', null])
    const stock = { measure: { of: 'count', fieldId: fields.trade } } as const
    expect((await ask(stock)).kept).toBeNull()
  })
})
