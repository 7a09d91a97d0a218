import { randomUUID } from 'node:crypto'
import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeField, arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'
import { fold } from './fold.job.ts'

let world: TestWorld
let north: TestOrg
let members: string[]
let rival: string
let local: string
let breton: string
let secret: string
let trade: string

const options = ['aucun', 'frimat', 'sofour'].map((id) => ({ id, label: { fr: id } }))

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const { france, aquitaine, pyrenees, bretagne } = north.territories
  const field = (key: string, territoryId: string, entity: 'report' | 'account', spec: object) =>
    arrangeField(world.sql, north, {
      key,
      territoryId,
      entity,
      spec: { type: 'single_choice', options, reportable: true, ...spec },
    })
  rival = await field('rival', france, 'report', {})
  await field('talk', aquitaine, 'report', { type: 'multiple_choice' })
  local = await field('local', pyrenees, 'report', {})
  breton = await field('breton', bretagne, 'report', {})
  secret = await field('secret', pyrenees, 'report', { type: 'short_text' })
  trade = await field('trade', france, 'account', {})
  members = []
  for (let i = 0; i < 9; i++) {
    const who = { name: `rep ${i}`, role: 'rep' as const, territoryId: france }
    members.push((await arrangePerson(world.sql, north.orgId, who)).membershipId)
  }
  await arrangeReports()
})
afterAll(() => world.close())

type Filed = {
  at: keyof TestOrg['territories']
  today?: keyof TestOrg['territories']
  day: string
  /** How many, by as many members as `people` says, in turn. */
  times: number
  people: readonly number[]
  outcome?: string
  kind?: string
  answers?: readonly (readonly [string, string])[]
}

/** Puts facts in the outbox as push does, and folds them as the worker does. */
async function file(rows: readonly Filed[]): Promise<void> {
  const facts = rows.flatMap((row) =>
    Array.from({ length: row.times }, (_, i) => ({
      of: 'report',
      sign: 1,
      thenAt: north.territories[row.at],
      todayAt: north.territories[row.today ?? row.at],
      day: row.day,
      kind: row.kind ?? 'visit',
      outcome: row.outcome ?? 'none',
      member: members[row.people[i % row.people.length] ?? 0],
      asked: [...new Set((row.answers ?? []).map(([id]) => id))],
      answers: (row.answers ?? []).map(([id, bucket]) => [id, bucket, null]),
    })),
  )
  await put(facts)
}

async function put(facts: readonly object[]): Promise<void> {
  await world.sql(
    north.orgId,
    'INSERT INTO rollup_outbox (org_id, fact) SELECT $1, fact FROM jsonb_array_elements($2::jsonb) AS fact',
    [north.orgId, JSON.stringify(facts)],
  )
  await fold({ db: world.db }, north.orgId)
}

/** Autumn: five people in Aquitaine, two in Bretagne. Summer before: six people, other shares. */
async function arrangeReports(): Promise<void> {
  const five = [0, 1, 2, 3, 4]
  await file([
    {
      at: 'basque',
      day: '2026-09-30',
      times: 20,
      people: five,
      outcome: 'order',
      answers: [
        [rival, 'frimat'],
        [local, 'frimat'],
      ],
    },
    { at: 'bearn', day: '2026-10-01', times: 60, people: five, answers: [[rival, 'aucun']] },
    {
      at: 'pyrenees',
      day: '2026-11-20',
      times: 10,
      people: [0],
      kind: 'call',
      answers: [[rival, 'unknown']],
    },
    {
      at: 'finistere',
      day: '2026-11-01',
      times: 30,
      people: [5, 6],
      outcome: 'order',
      answers: [[rival, 'frimat']],
    },
    { at: 'bretagne', today: 'finistere', day: '2026-11-02', times: 3, people: [5] },
    { at: 'france', day: '2026-11-03', times: 4, people: [7], answers: [[rival, 'sofour']] },
    { at: 'bearn', day: '2026-07-15', times: 100, people: [0, 1, 2, 3, 4, 8], answers: [[rival, 'aucun']] },
    { at: 'bearn', day: '2026-08-31', times: 50, people: five, answers: [[rival, 'aucun']] },
  ])
  const stock = (at: keyof TestOrg['territories'], bucket: string) => ({
    of: 'stock',
    sign: 1,
    territory: north.territories[at],
    answers: [[trade, bucket, null]],
  })
  await put([
    ...Array.from({ length: 12 }, () => stock('basque', 'frimat')),
    ...Array.from({ length: 4 }, () => stock('bearn', 'aucun')),
    ...Array.from({ length: 9 }, () => stock('finistere', 'sofour')),
    stock('basque', 'unknown'),
  ])
}

const AUTUMN = { from: '2026-09', to: '2026-11' }
const view = <Over extends object>(at: keyof TestOrg['territories'], over?: Over) => ({
  territoryId: north.territories[at],
  basis: 'then' as const,
  period: AUTUMN,
  ...(over as Over),
})
const as = (who: keyof TestOrg['people']) => world.callerFor(north.people[who]).analytics
const code = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => null,
    (thrown) => thrown,
  )
  return error instanceof TRPCError ? errorShape(error).code : 'none'
}
const named = <Row extends { place: { name: string } }>(rows: readonly Row[], name: string): Row => {
  const row = rows.find(({ place }) => place.name === name)
  if (!row) throw new Error(`${name} is not there`)
  return row
}

describe('where one stands', () => {
  it('without a territory, the reader begins at his own branch, and what lies above is named and shut', async () => {
    const place = await as('regional').place({ territoryId: null })
    expect(place.place.name).toBe('aquitaine')
    expect(place.line.map(({ name, open }) => [name, open])).toEqual([
      ['france', false],
      ['aquitaine', true],
    ])
    expect(place.children).toBe(1)
  })
  it('fields of a territory are those asked on its path or below it, never text, never another branch', async () => {
    const at = async (place: keyof TestOrg['territories']) =>
      (await as('hq').fields({ territoryId: north.territories[place] })).map(({ key }) => key).sort()
    expect(await at('france')).toEqual(['breton', 'local', 'rival', 'talk', 'trade'])
    expect(await at('basque')).toEqual(['local', 'rival', 'talk', 'trade'])
    expect(await at('bretagne')).toEqual(['breton', 'rival', 'trade'])
  })
})

describe('reports over time', () => {
  it('every step is there, zero included, and the sums agree', async () => {
    const { series, total, people } = await as('hq').overview({ ...view('france'), grain: 'month' })
    expect(series.map(({ at, reports }) => [at, reports])).toEqual([
      ['2026-09-01', 20],
      ['2026-10-01', 60],
      ['2026-11-01', 47],
    ])
    expect(total).toEqual({ reports: 127, visit: 117, call: 10, order: 50, quote: 0, revisit: 0, none: 77 })
    expect(people).toBe(8)
    const days = await as('hq').overview({ ...view('france'), grain: 'day' })
    expect(days.series).toHaveLength(30 + 31 + 20)
    expect(days.series.reduce((sum, { reports }) => sum + reports, 0)).toBe(127)
  })
  it('a period under way is compared with the same days of the months before', async () => {
    const { before, daysBefore } = await as('hq').overview({ ...view('france'), grain: 'week' })
    expect(daysBefore).toEqual({ from: '2026-06-01', to: '2026-08-20' })
    expect(before.reports).toBe(100)
  })
  it('"as organised today" follows the account, "then" the report', async () => {
    const at = async (basis: 'then' | 'today') =>
      (await as('hq').overview({ ...view('finistere', { basis }), grain: 'month' })).total.reports
    expect([await at('then'), await at('today')]).toEqual([30, 33])
  })
})

describe('territories side by side', () => {
  it('under five people, how many end in an order is hidden, and how many people it takes is said', async () => {
    const { rows, total } = await as('hq').byTerritory(view('france'))
    expect(named(rows, 'bretagne')).toMatchObject({
      n: 33,
      people: 2,
      k: null,
      rate: null,
      before: null,
      hidden: { reason: 'people', have: 2, need: 5 },
    })
    expect(total).toMatchObject({ n: 127, k: 50 })
    const { total: own } = await as('hq').byTerritory(view('aquitaine'))
    expect(own).toMatchObject({ n: 90, visits: 80, k: 20, hidden: null })
    expect(own.rate?.share).toBeCloseTo(20 / 90)
  })
  it('the only one that is small is not had by taking the others from the total', async () => {
    const { rows } = await as('hq').byTerritory(view('france'))
    expect(named(rows, 'aquitaine')).toMatchObject({
      n: 90,
      visits: 80,
      k: null,
      rate: null,
      before: null,
      hidden: { reason: 'beside', need: 5 },
    })
  })
  it("a total of one's own branch is shown with one person behind it, and not on fewer than eight cases", async () => {
    await file([{ at: 'basque', day: '2026-05-04', times: 9, people: [0], outcome: 'order' }])
    await file([{ at: 'basque', day: '2026-04-04', times: 7, people: [0], outcome: 'order' }])
    const at = (from: string) => as('local').byTerritory(view('basque', { period: { from, to: from } }))
    expect((await at('2026-05')).total).toMatchObject({ n: 9, people: 1, k: 9, hidden: null })
    expect((await at('2026-04')).total).toMatchObject({
      k: null,
      hidden: { reason: 'cases', have: 7, need: 8 },
    })
  })
  it('a territory without a report is not called hidden: there is nothing to hide', async () => {
    const { rows } = await as('local').byTerritory(
      view('pyrenees', { period: { from: '2026-11', to: '2026-11' } }),
    )
    expect(named(rows, 'basque')).toMatchObject({ n: 0, k: null, rate: null, hidden: null })
  })
  it('what sits at the territory itself is counted apart: the table adds up', async () => {
    const { rows, direct, total } = await as('hq').byTerritory(view('france'))
    expect(direct).toBe(4)
    expect(rows.reduce((sum, { n }) => sum + n, direct)).toBe(total.n)
  })
  it('a change is called a change only when the intervals do not touch', async () => {
    const { total } = await as('hq').byTerritory(view('aquitaine'))
    expect(total.verdict).toBe('higher')
    const { rows: below } = await as('regional').byTerritory(
      view('aquitaine', { period: { from: '2026-08', to: '2026-08' } }),
    )
    expect(named(below, 'pyrenees').verdict).toBe('unclear')
  })
})

describe('answers to one field', () => {
  it('shares leave "I do not know" out, and each answer says how often it ends in an order', async () => {
    const { asked, answered, unknown, buckets } = await as('hq').distribution(
      view('france', { fieldId: rival }),
    )
    expect([asked, answered, unknown]).toEqual([124, 124, 10])
    expect(buckets.map(({ bucket, n }) => [bucket, n])).toEqual([
      ['aucun', 60],
      ['frimat', 50],
      ['sofour', 4],
      ['unknown', 10],
    ])
    const [none, frimat, sofour, unknownBucket] = buckets
    expect(frimat?.share?.share).toBeCloseTo(50 / 114)
    expect(frimat).toMatchObject({ won: 50, wonRate: { k: 50, n: 50 } })
    expect(none?.wonRate).toMatchObject({ k: 0, n: 60 })
    expect(sofour?.wonRate).toBeNull()
    expect(unknownBucket?.share).toBeNull()
  })
  it('a field with too few answers shows its counts and no share', async () => {
    const { hidden, buckets } = await as('hq').distribution(view('france', { fieldId: breton }))
    expect(hidden).toEqual({ reason: 'cases', have: 0, need: 8 })
    expect(buckets.every(({ share }) => share === null)).toBe(true)
  })
  it('what accounts hold is counted whatever the period, and nothing of it is won', async () => {
    const { asked, people, answered, buckets } = await as('hq').distribution(
      view('france', { fieldId: trade, period: { from: '2020-01', to: '2020-01' } }),
    )
    expect([asked, people, answered]).toEqual([null, null, 26])
    expect(buckets.map(({ n, won }) => [n, won])).toEqual([
      [4, null],
      [12, null],
      [9, null],
      [1, null],
    ])
  })
})

const split = { split: [{ by: 'territory' as const }] }

describe('one answer by territory', () => {
  const ask = async (who: 'hq' | 'local', at: keyof TestOrg['territories'], fieldId: string) => {
    const measure = { of: 'share' as const, fieldId, bucket: 'frimat' }
    const found = await as(who).ask({ ...view(at), ...split, measure, compare: null })
    const [axis] = found.axes
    const places = axis?.by === 'territory' ? axis.places : []
    const rows = found.rows.map(({ at: [id], now }) => ({
      place: { name: places.find((place) => place.id === id)?.name ?? '' },
      ...now,
    }))
    return { ...found, rows, total: found.total.now }
  }

  it('is a share of the answers that are known, small groups hidden', async () => {
    const { rows, total, direct } = await ask('hq', 'france', rival)
    expect(named(rows, 'aquitaine')).toMatchObject({
      n: 80,
      k: null,
      value: null,
      hidden: { reason: 'beside' },
    })
    expect((await ask('hq', 'aquitaine', rival)).total).toMatchObject({ n: 80, k: 20, value: 20 / 80 })
    expect(named(rows, 'bretagne')).toMatchObject({
      k: null,
      value: null,
      hidden: { reason: 'people', have: 2, need: 5 },
    })
    expect(total).toMatchObject({ k: 50, n: 114 })
    expect(direct).toBe(4)
  })
  it('a local field is countable above, and only the territories that are asked are listed', async () => {
    const { rows, total } = await ask('hq', 'france', local)
    expect(rows.map(({ place }) => place.name)).toEqual(['aquitaine'])
    expect(total).toMatchObject({ k: 20, n: 20 })
  })
  it('what accounts hold needs eight cases, and counts no people', async () => {
    const { rows } = await ask('local', 'pyrenees', trade)
    expect(named(rows, 'basque')).toMatchObject({ people: null, k: 12, n: 12 })
    // How many they are is a total like any other.
    expect(named(rows, 'bearn')).toMatchObject({
      k: 0,
      value: null,
      hidden: { reason: 'cases', have: 4, need: 8 },
    })
  })
})

describe('a trend', () => {
  const measure = () => ({ of: 'answer' as const, fieldId: rival, bucket: 'frimat' })

  it('has twelve months at least; a month with too few cases is a gap', async () => {
    const { months, here, reference } = await as('hq').trend({ ...view('aquitaine'), measure: measure() })
    expect(months).toHaveLength(12)
    expect(months.at(-1)).toBe('2026-11')
    expect(here.map((rate) => rate && rate.k / rate.n).slice(-5)).toEqual([0, 0, 1, 0, null])
    expect(reference?.place.name).toBe('france')
    expect(reference?.rates.at(-1)?.n).toBe(34)
  })
  it('above the owner of a field there is nothing to compare with', async () => {
    const trend = await as('hq').trend({
      ...view('pyrenees'),
      measure: { of: 'answer', fieldId: local, bucket: 'frimat' },
    })
    expect(trend.reference).toBeNull()
  })
  it('of a group under five, part of a wider branch, is not set beside the others; the whole of one’s own branch is', async () => {
    const orders = { of: 'orders' as const }
    const hq = await as('hq').trend({ ...view('finistere'), measure: orders })
    expect(hq).toMatchObject({ reference: null, alone: { reason: 'people', have: 2, need: 5 } })
    expect(hq.here.some((rate) => rate !== null)).toBe(true)
    const answers = await as('hq').distribution({ ...view('finistere'), fieldId: rival })
    expect(answers).toMatchObject({ reference: null, alone: { have: 2, need: 5 }, answered: 30 })
    expect(await as('local').trend({ ...view('pyrenees'), measure: orders })).toMatchObject({ alone: null })
  })
  it('shows the territory above to somebody without rights there only where five other people stand behind it', async () => {
    const orders = { ...view('aquitaine'), measure: { of: 'orders' as const } }
    const own = await as('hq').trend(orders)
    expect(own.reference?.rates.at(-1)).not.toBeNull()
    // In November, three people outside Aquitaine: taking Aquitaine away would leave them bare.
    const regional = await as('regional').trend(orders)
    expect(regional.here).toEqual(own.here)
    expect(regional.reference?.rates).toEqual(regional.months.map(() => null))
    await file([{ at: 'finistere', day: '2026-03-10', times: 20, people: [4, 5, 6, 7, 8] }])
    await file([{ at: 'bearn', day: '2026-03-10', times: 20, people: [0] }])
    const shown = await as('regional').trend({ ...orders, period: { from: '2026-03', to: '2026-03' } })
    expect(shown.reference?.rates.at(-1)).toMatchObject({ n: 40 })
  })
  it('what accounts hold now has no months', async () => {
    const call = as('hq').trend({
      ...view('france'),
      measure: { of: 'answer', fieldId: trade, bucket: 'frimat' },
    })
    expect(await code(call)).toBe('INVALID_INPUT')
  })
})

describe('rights and bad input', () => {
  const every = (who: keyof TestOrg['people'], over: object) => {
    const at = { ...view('aquitaine'), ...over }
    const of = { ...at, fieldId: rival }
    return [
      as(who).place({ territoryId: at.territoryId }),
      as(who).fields({ territoryId: at.territoryId }),
      as(who).overview({ ...at, grain: 'month' }),
      as(who).byTerritory(at),
      as(who).distribution(of),
      as(who).ask({ ...at, ...split, measure: { of: 'share', fieldId: rival, bucket: 'frimat' } }),
      as(who).trend({ ...at, measure: { of: 'orders' } }),
    ]
  }
  const codes = async (calls: Promise<unknown>[]) => [...new Set(await Promise.all(calls.map(code)))]

  it('reps and administrators read no figures of others', async () => {
    expect(await codes(every('basqueRep', {}))).toEqual(['FORBIDDEN'])
    expect(await codes(every('admin', {}))).toEqual(['FORBIDDEN'])
  })
  it('a manager reads his branch, and neither above nor beside', async () => {
    expect(await codes(every('regional', {}))).toEqual(['none'])
    expect(await codes(every('regional', { territoryId: north.territories.france }))).toEqual(['FORBIDDEN'])
    expect(await codes(every('regional', { territoryId: north.territories.bretagne }))).toEqual(['FORBIDDEN'])
  })
  it("another organisation's territory does not exist", async () => {
    expect(await codes(every('hq', { territoryId: world.other.territories.france }))).toEqual(['NOT_FOUND'])
  })
  it('a field of another branch, of another organisation, or of free text cannot be counted', async () => {
    const elsewhere = await arrangeField(world.sql, world.other, {
      key: 'rival',
      territoryId: world.other.territories.france,
      entity: 'report',
      spec: { type: 'single_choice', options, reportable: true },
    })
    for (const fieldId of [breton, secret, elsewhere, randomUUID()]) {
      const of = { ...view('aquitaine'), fieldId }
      expect(await code(as('regional').distribution(of))).toBe('NOT_FOUND')
      const share = { of: 'share' as const, fieldId, bucket: 'frimat' }
      expect(await code(as('regional').ask({ ...view('aquitaine'), ...split, measure: share }))).toBe(
        'NOT_FOUND',
      )
      const measure = { of: 'answer' as const, fieldId, bucket: 'frimat' }
      expect(await code(as('regional').trend({ ...view('aquitaine'), measure }))).toBe('NOT_FOUND')
    }
  })
  it('36 months are read at once, 37 are not, nor a period turned round or a month that is none', async () => {
    const over = (from: string, to: string) => as('hq').byTerritory(view('france', { period: { from, to } }))
    expect(await code(over('2023-12', '2026-11'))).toBe('none')
    for (const [from, to] of [
      ['2023-11', '2026-11'],
      ['2026-11', '2026-10'],
      ['2026-13', '2026-13'],
      ['', ''],
    ] as const) {
      expect(await code(over(from, to))).toBe('INVALID_INPUT')
    }
  })
})
