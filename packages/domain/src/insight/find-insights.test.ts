import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ANSWERED } from '../analytics/fact.ts'
import { monthsOf, type Period } from '../analytics/period.ts'
import { type CountCell, type Factor, FactorCounts } from './factor-counts.ts'
import { findInsights, type InsightInput } from './find-insights.ts'
import { type TerritoryNode, TerritoryTree } from './territory-tree.ts'

const PERIOD: Period = { from: '2025-01', to: '2025-12' }
const MONTHS = monthsOf(PERIOD)
const NODES: readonly TerritoryNode[] = [
  { id: 'fr', parentId: null, people: 24 },
  ...['na', 'oc', 'bre'].map((id) => ({ id, parentId: 'fr', people: 8 })),
  ...['na', 'oc', 'bre'].flatMap((id) => [1, 2].map((at) => ({ id: `${id}${at}`, parentId: id, people: 4 }))),
]
const HOMES = NODES.slice(4).map(({ id }) => id)
const RIVAL: Factor = { kind: 'answer', fieldId: 'rival' }

/** Each month, `orders` of `n` reports of a home with this answer end in an order. */
const cellsOf = (
  territoryId: string,
  bucket: string,
  [orders, n]: readonly [number, number],
  months = MONTHS,
): CountCell[] =>
  months.flatMap((month) =>
    [bucket, ANSWERED].flatMap((counted) => [
      { territoryId, month, bucket: counted, outcome: 'order' as const, n: orders },
      { territoryId, month, bucket: counted, outcome: 'none' as const, n: n - orders },
    ]),
  )
/** Orders go with the answer in every home. */
const ASSOCIATED = HOMES.flatMap((home) => [...cellsOf(home, 'a', [5, 10]), ...cellsOf(home, 'b', [3, 12])])
const NOTHING = HOMES.flatMap((home) => [...cellsOf(home, 'a', [3, 12]), ...cellsOf(home, 'b', [3, 12])])

type Given = Partial<Omit<InsightInput, 'factors'>> & {
  readonly nodes?: readonly TerritoryNode[]
  readonly factor?: Factor
  readonly at?: string
  readonly buckets?: readonly string[]
  readonly cells: readonly CountCell[]
}
function find({ nodes = NODES, factor = RIVAL, at = 'fr', buckets = ['a'], cells, ...more }: Given) {
  const tree = new TerritoryTree(nodes)
  const counts = new FactorCounts({ factor, territoryId: at, buckets }, tree, PERIOD)
  for (const cell of cells) counts.add(cell)
  return findInsights({ tree, period: PERIOD, run: 1, shown: [], activity: [], ...more, factors: [counts] })
}

describe('an association', () => {
  it('is told once, at the highest territory where it holds, with its evidence and no text', () => {
    const [first, ...others] = find({ cells: ASSOCIATED })
    expect(others).toEqual([])
    expect(first).toMatchObject({
      kind: 'association',
      territoryId: 'fr',
      bucket: 'a',
      outcome: 'order',
      direction: 'more',
      compared: 'other_answers',
      period: PERIOD,
      here: { k: 360, n: 720 },
      there: { k: 216, n: 864 },
    })
  })
  it('of a local question is told at its own territory', () => {
    const cells = HOMES.filter((home) => home.startsWith('na')).flatMap((home) => [
      ...cellsOf(home, 'a', [12, 20]),
      ...cellsOf(home, 'b', [5, 20]),
    ])
    expect(find({ cells, at: 'na' })).toMatchObject([{ territoryId: 'na', bucket: 'a' }])
  })
  it('of an account question tells of accounts that look like won ones, and of nobody to avoid', () => {
    const profile: Factor = { kind: 'profile', fieldId: 'size' }
    const given = { factor: profile, cells: ASSOCIATED, buckets: ['a', 'b'] }
    expect(find(given)).toMatchObject([
      { kind: 'lookalike', bucket: 'a', direction: 'more', here: { k: 360, n: 720 } },
    ])
  })
  it('does not depend on the order of counts or territories', () => {
    const expected = find({ cells: ASSOCIATED })
    fc.assert(
      fc.property(
        fc.shuffledSubarray(ASSOCIATED, { minLength: ASSOCIATED.length }),
        fc.shuffledSubarray([...NODES], { minLength: NODES.length }),
        (cells, nodes) => {
          expect(find({ cells, nodes })).toEqual(expected)
        },
      ),
      { numRuns: 20 },
    )
  })
  it('keeps its direction within a territory whatever sister is added beside it', () => {
    const rates = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
    fc.assert(
      fc.property(rates, ([a, b]) => {
        const sister = { id: 'zz', parentId: 'fr', people: 9 }
        const cells = [...ASSOCIATED, ...cellsOf('zz', 'a', [a, 40]), ...cellsOf('zz', 'b', [b, 40])]
        const here = find({ cells, nodes: [...NODES, sister] }).filter(
          ({ kind, territoryId, outcome }) =>
            kind === 'association' && territoryId !== 'zz' && outcome === 'order',
        )
        expect(here.every(({ direction }) => direction === 'more')).toBe(true)
        expect(here.length).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is shown', () => {
  const [shown] = find({ cells: ASSOCIATED })
  it('stays between two runs and at later ones while it holds', () => {
    const keys = [shown?.key ?? '']
    expect(find({ cells: ASSOCIATED, run: null, shown: keys })).toEqual([shown])
    expect(find({ cells: ASSOCIATED, run: 10_000_000, shown: keys })).toEqual([shown])
  })
  it('goes when it no longer holds', () => {
    expect(find({ cells: NOTHING, run: 2, shown: [shown?.key ?? ''] })).toEqual([])
  })
  it('nothing new is found between two runs', () => {
    expect(find({ cells: ASSOCIATED, run: null })).toEqual([])
  })
})

describe('sisters', () => {
  const reports = HOMES.flatMap((home) => cellsOf(home, 'x', home.startsWith('bre') ? [8, 20] : [4, 20]))
  const given = { factor: { kind: 'reports' } as const, buckets: [], cells: reports }
  it('that differ are told, at the level of five people or more', () => {
    expect(find(given)).toMatchObject([
      { kind: 'sister', territoryId: 'bre', outcome: 'order', direction: 'more', compared: 'sisters' },
    ])
  })
  it('of fewer than five people are never compared', () => {
    const nodes = NODES.map((node) => (node.id === 'bre' ? { ...node, people: 4 } : node))
    expect(find({ ...given, nodes }).filter(({ territoryId }) => territoryId === 'bre')).toEqual([])
  })
})

describe('an anomaly', () => {
  const before = MONTHS.slice(0, -1)
  const last = MONTHS.slice(-1)
  const risen = HOMES.flatMap((home) => [
    ...cellsOf(home, 'a', [2, 10], before),
    ...cellsOf(home, 'b', [10, 50], before),
    ...cellsOf(home, 'a', [6, 30], last),
    ...cellsOf(home, 'b', [6, 30], last),
  ])
  it('is an answer given much more in the last month than before', () => {
    expect(find({ cells: risen })).toMatchObject([
      {
        kind: 'anomaly',
        territoryId: 'fr',
        bucket: 'a',
        month: '2025-12',
        direction: 'more',
        compared: 'own_past',
      },
    ])
  })
  it('is none where months differ as much anyway', () => {
    const cells = MONTHS.flatMap((month, at) =>
      HOMES.flatMap((home) => [
        ...cellsOf(home, 'a', at % 3 === 2 ? [6, 30] : [2, 10], [month]),
        ...cellsOf(home, 'b', at % 3 === 2 ? [6, 30] : [10, 50], [month]),
      ]),
    )
    expect(find({ cells })).toEqual([])
  })
})

describe('accounts going cold', () => {
  const account = (at: number, since: number, territoryId = 'na1') => ({
    accountId: `a${String(at).padStart(3, '0')}`,
    territoryId,
    gaps: 12,
    span: 360,
    since,
  })
  it('are named where more are late than their own rhythm lets expect, the latest first', () => {
    const activity = Array.from({ length: 60 }, (_, at) => account(at, at < 25 ? 120 + at : 20))
    const [cold, ...others] = find({ cells: [], activity })
    expect(others).toEqual([])
    expect(cold).toMatchObject({
      kind: 'cold',
      territoryId: 'fr',
      here: { k: 25, n: 60 },
      compared: 'own_rhythm',
    })
    expect(cold?.accounts.slice(0, 2)).toEqual(['a024', 'a023'])
  })
  it('one late account is no finding, nor are accounts without a rhythm', () => {
    expect(
      find({ cells: [], activity: Array.from({ length: 60 }, (_, at) => account(at, at < 1 ? 900 : 20)) }),
    ).toEqual([])
    const unknown = Array.from({ length: 60 }, (_, at) => ({ ...account(at, 900), gaps: 1, span: 0 }))
    expect(find({ cells: [], activity: unknown })).toEqual([])
  })
})

describe('of little or odd data nothing is said', () => {
  const one: CountCell = { territoryId: 'na1', month: '2025-03', bucket: ANSWERED, outcome: 'order', n: 1 }
  it.each<[string, Given]>([
    ['an empty organisation', { cells: [], nodes: [] }],
    ['no report', { cells: [] }],
    ['one report', { cells: [one, { ...one, bucket: 'a' }] }],
    ['one rep, whose visits are few', { cells: cellsOf('na1', 'a', [1, 2]) }],
    ['all answers equal', { cells: HOMES.flatMap((home) => cellsOf(home, 'a', [3, 12])) }],
    [
      'every visit won',
      { cells: HOMES.flatMap((home) => [...cellsOf(home, 'a', [9, 9]), ...cellsOf(home, 'b', [9, 9])]) },
    ],
    ['a question whose territory is gone', { cells: ASSOCIATED, at: 'gone' }],
    ['a question that is no longer asked', { cells: ASSOCIATED, buckets: [] }],
    ['territories that are gone', { cells: ASSOCIATED.map((cell) => ({ ...cell, territoryId: 'gone' })) }],
    ['months of another time', { cells: ASSOCIATED.map((cell) => ({ ...cell, month: '2031-01' })) }],
    ['counts below nothing', { cells: ASSOCIATED.map((cell) => ({ ...cell, n: -cell.n })) }],
    ['more of an answer than answers', { cells: ASSOCIATED.filter(({ bucket }) => bucket !== ANSWERED) }],
  ])('%s', (_, given) => {
    expect(find(given)).toEqual([])
  })
  it('"I do not know" is set against nothing, and a retired option still counts among the others', () => {
    const unknown = HOMES.flatMap((home) => cellsOf(home, 'unknown', [20, 20]))
    const [told] = find({ cells: [...ASSOCIATED, ...unknown] })
    expect(told).toMatchObject({ here: { k: 360, n: 720 }, there: { k: 216, n: 864 } })
  })
  it('territories in a circle, or below nothing, do not stop the rest', () => {
    const circle = [
      { id: 'x', parentId: 'y', people: 1 },
      { id: 'y', parentId: 'x', people: 1 },
      { id: 'z', parentId: 'gone', people: 1 },
    ]
    expect(find({ cells: ASSOCIATED, nodes: [...NODES, ...circle] })).toHaveLength(1)
  })
})
