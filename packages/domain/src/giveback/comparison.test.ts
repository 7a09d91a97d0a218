import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerValue } from '../field/answer.ts'
import type { Distribution, ReturnPack } from '../sync/pull.ts'
import { type ComparisonInput, comparisonOf, lacksReference } from './comparison.ts'
import { account, answers, contact, EMPTY_PACK, field, PATH, report, rowsOf, TODAY } from './fixture.ts'

const options = ['frimat', 'nordik', 'none'].map((id) => ({ id, label: { fr: id } }))
const comparison = [{ kind: 'comparison' as const }]
const rival = (owner: string, type: 'single_choice' | 'multiple_choice' = 'single_choice') =>
  field('rival', { entity: 'report', owner, spec: { type, options, givebacks: comparison } })

/** Reports that said each answer so many times, of which so many were orders. */
const said = (...counts: readonly (readonly [x: AnswerValue, n: number, won?: number])[]) =>
  rowsOf({
    accounts: [account('a')],
    reports: counts.flatMap(([x, n, won = 0], at) =>
      Array.from({ length: n }, (_, i) =>
        report(`r${at}-${i}`, 'a', { values: answers({ rival: x }), outcome: i < won ? 'order' : 'none' }),
      ),
    ),
  })

const distribution = (
  territoryId: string,
  counts: Readonly<Record<string, number>>,
  people = 20,
): Distribution => ({
  fieldId: 'rival',
  territoryId,
  people,
  answered: Object.values(counts).reduce((sum, n) => sum + n, 0),
  buckets: Object.fromEntries(Object.entries(counts).map(([bucket, n]) => [bucket, { n, won: 0 }])),
})
const pack = (...distributions: Distribution[]): ReturnPack => ({
  ...EMPTY_PACK,
  asOf: '2026-11-24T05:00:00Z',
  distributions,
})

const compare = (over: Partial<ComparisonInput>) =>
  comparisonOf({
    field: rival('fr'),
    answer: 'frimat',
    path: PATH,
    mine: ['pb'],
    rows: said(['frimat', 30], ['none', 10]),
    pack: EMPTY_PACK,
    today: TODAY,
    ...over,
  })

const REGION = distribution('na', { frimat: 200, none: 800 })

describe('comparison with the territory above', () => {
  it('30 of 40 here against 200 of 1000 in the region is higher, with its counts and its date', () => {
    expect(compare({ pack: pack(REGION) })).toMatchObject({
      verdict: 'higher',
      basis: 'place',
      bucket: 'frimat',
      here: { k: 30, n: 40 },
      there: { k: 200, n: 1000 },
      reference: { id: 'na', name: 'Nouvelle-Aquitaine' },
      asOf: '2026-11-24T05:00:00Z',
      bars: [
        { bucket: 'frimat', here: 30, there: 200 },
        { bucket: 'none', here: 10, there: 800 },
      ],
    })
  })
  it('the region comes before the nation and the local level, whatever their order in the pack', () => {
    const all = [
      distribution('fr', { frimat: 500, none: 500 }),
      distribution('d64', { frimat: 50, none: 50 }),
      REGION,
    ]
    expect(compare({ pack: pack(...all) })).toMatchObject({ reference: { id: 'na' } })
    expect(compare({ pack: pack(...all.slice(0, 2)) })).toMatchObject({ reference: { id: 'fr' } })
  })
  it('a region of four people is skipped for the nation', () => {
    const hidden = distribution('na', { frimat: 200, none: 800 }, 4)
    expect(compare({ pack: pack(hidden, distribution('fr', { frimat: 500, none: 500 })) })).toMatchObject({
      reference: { id: 'fr' },
    })
  })
  it('nobody above the owner is asked: the nation is no reference for a regional question', () => {
    const nation = pack(distribution('fr', { frimat: 500, none: 500 }))
    expect(compare({ field: rival('na'), rows: said(['frimat', 30]), pack: nation })).toMatchObject({
      verdict: 'here_only',
    })
  })
  it('"I do not know" is left out on both sides', () => {
    expect(
      compare({
        rows: said(['frimat', 30], ['none', 10], [null, 60]),
        pack: pack(distribution('na', { frimat: 200, none: 800, unknown: 500 })),
      }),
    ).toMatchObject({ here: { n: 40 }, there: { n: 1000 } })
  })
  it('seven answers here are too few and say that one is missing; eight are enough', () => {
    expect(compare({ rows: said(['frimat', 7]), pack: pack(REGION) })).toEqual({
      verdict: 'too_few',
      bucket: 'frimat',
      side: 'any',
      have: 7,
      need: 8,
    })
    expect(compare({ rows: said(['frimat', 8]), pack: pack(REGION) })).toMatchObject({ verdict: 'higher' })
  })
  it('the pack counts for here when it knows more than this phone, and is never added to it', () => {
    const own = distribution('pb', { frimat: 60, none: 40 })
    expect(compare({ pack: pack(REGION, own) })).toMatchObject({ here: { k: 60, n: 100 } })
    expect(compare({ pack: pack(REGION, distribution('pb', { frimat: 9 })) })).toMatchObject({
      here: { n: 40 },
    })
  })
  it('an empty pack gives what is here alone, and knows that something is missing', () => {
    expect(compare({ rows: said(['frimat', 30], ['none', 7]) })).toMatchObject({
      verdict: 'here_only',
      here: { k: 30, n: 37 },
    })
    expect(lacksReference({ field: rival('fr'), path: PATH, mine: ['pb'], pack: EMPTY_PACK })).toBe(true)
    expect(lacksReference({ field: rival('fr'), path: PATH, mine: ['pb'], pack: pack(REGION) })).toBe(false)
    expect(lacksReference({ field: rival('pb'), path: PATH, mine: ['pb'], pack: EMPTY_PACK })).toBe(false)
  })
  it('reports of more than a year ago, withdrawn or dated tomorrow are not counted', () => {
    const rows = said(['frimat', 10])
    const [first, second, third, ...rest] = rows.reports
    const reports = [
      { ...first, day: '2025-11-24' },
      { ...second, status: 'withdrawn' as const },
      { ...third, day: '2026-11-25' },
      ...rest,
    ] as typeof rows.reports
    expect(compare({ rows: { ...rows, reports } })).toMatchObject({ verdict: 'too_few', have: 7 })
  })
  it('a contact field counts contacts, not the reports about them', () => {
    const speaks = field('rival', { owner: 'fr', spec: { givebacks: comparison } })
    const rows = rowsOf({
      accounts: [account('a')],
      contacts: Array.from({ length: 9 }, (_, i) =>
        contact(`c${i}`, 'a', { values: answers({ rival: i < 6 }) }),
      ),
      reports: [report('r', 'a', { contactId: 'c0' }), report('s', 'a', { contactId: 'c0' })],
    })
    expect(compare({ field: speaks, answer: true, rows })).toMatchObject({ here: { k: 6, n: 9 } })
  })
})

describe('comparison by outcome', () => {
  const mine = rival('pb')
  it("where the question is asked in one's own territory alone, orders with this answer against the others", () => {
    expect(
      compare({ field: mine, rows: said(['frimat', 30, 24], ['none', 20, 3], ['nordik', 10, 2]) }),
    ).toMatchObject({
      verdict: 'higher',
      basis: 'outcome',
      here: { k: 24, n: 30 },
      there: { k: 5, n: 30 },
      reference: null,
      asOf: null,
    })
  })
  it('either side with seven reports is too few, and says which', () => {
    expect(compare({ field: mine, rows: said(['frimat', 7], ['none', 20]) })).toMatchObject({
      side: 'this',
      have: 7,
    })
    expect(compare({ field: mine, rows: said(['frimat', 20], ['none', 7]) })).toMatchObject({
      side: 'others',
      have: 7,
    })
    expect(compare({ field: mine, rows: said(['frimat', 8], ['none', 8]) })).toMatchObject({
      verdict: 'unclear',
    })
  })
  it('reports that do not know are on neither side', () => {
    const rows = said(['frimat', 20], ['none', 10], [null, 30])
    expect(compare({ field: mine, rows })).toMatchObject({ here: { n: 20 }, there: { n: 10 } })
  })
  it('a contact field follows the contact met in each report', () => {
    const speaks = field('rival', { owner: 'pb', spec: { givebacks: comparison } })
    const rows = rowsOf({
      accounts: [account('a')],
      contacts: [
        contact('yes', 'a', { values: answers({ rival: true }) }),
        contact('no', 'a', { values: answers({ rival: false }) }),
      ],
      reports: Array.from({ length: 40 }, (_, i) =>
        report(`r${i}`, 'a', { contactId: i < 20 ? 'yes' : 'no', outcome: i < 18 ? 'order' : 'none' }),
      ),
    })
    expect(compare({ field: speaks, answer: true, rows })).toMatchObject({
      verdict: 'higher',
      here: { k: 18, n: 20 },
      there: { k: 0, n: 20 },
    })
  })
  it('steps in while the territory above may not be shown, as soon as both sides have eight reports', () => {
    expect(compare({ rows: said(['frimat', 30, 24], ['none', 30, 5]) })).toMatchObject({ basis: 'outcome' })
    expect(compare({ rows: said(['frimat', 30, 24], ['none', 30, 5]), pack: pack(REGION) })).toMatchObject({
      basis: 'place',
    })
  })
})

describe('which answer', () => {
  it('of several choices, the one that differs most', () => {
    const input = { field: rival('fr', 'multiple_choice'), answer: ['none', 'frimat', 'nordik'] }
    const rows = said([['frimat', 'none'], 20], [['nordik'], 20])
    expect(
      compare({ ...input, rows, pack: pack(distribution('na', { frimat: 50, nordik: 480, none: 470 })) }),
    ).toMatchObject({ bucket: 'frimat' })
  })
  it('no answer, or "I do not know", says how many answers there are to compare with', () => {
    expect(compare({ answer: null })).toMatchObject({ verdict: 'too_few', bucket: null, have: 40, need: 8 })
    expect(compare({ answer: null, rows: said(['none', 3]) })).toMatchObject({ have: 3 })
  })
  it('dates and texts are not compared', () => {
    const day = field('rival', {
      entity: 'report',
      owner: 'fr',
      spec: { type: 'date', givebacks: comparison },
    })
    expect(compare({ field: day, answer: '2026-11-24' })).toBeNull()
  })
})

describe('evidence', () => {
  it('a difference is only claimed on eight cases and five people on each side, with intervals that do not touch', () => {
    const count = fc.integer({ min: 0, max: 60 })
    fc.assert(
      fc.property(count, count, count, count, fc.nat(12), (frimat, none, thereFrimat, thereNone, people) => {
        const found = compare({
          rows: said(['frimat', frimat], ['none', none]),
          pack: pack(distribution('na', { frimat: thereFrimat, none: thereNone }, people)),
        })
        if (!found || !('there' in found) || found.verdict === 'unclear') return
        expect(found.here.n).toBeGreaterThanOrEqual(8)
        expect(found.there.n).toBeGreaterThanOrEqual(8)
        if (found.basis === 'place') expect(people).toBeGreaterThanOrEqual(5)
        expect(found.here.low > found.there.high || found.here.high < found.there.low).toBe(true)
      }),
    )
  })
})
