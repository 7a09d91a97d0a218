import { expect, it } from 'vitest'
import type { ReportFact, StockFact } from '../analytics/fact.ts'
import { foldFacts } from '../analytics/fold.ts'
import { movedIn } from './moved.ts'

const report = (over: Partial<ReportFact> = {}): ReportFact => ({
  of: 'report',
  sign: 1,
  thenAt: 'home',
  todayAt: 'home',
  day: '2026-10-30',
  kind: 'visit',
  outcome: 'order',
  member: 'ana',
  asked: ['mood', 'rival'],
  answers: [['mood', 'true', null]],
  ...over,
})
const moved = (...facts: (ReportFact | StockFact)[]) =>
  movedIn(
    foldFacts(facts, (id) => (id === 'home' ? ['top', 'home'] : [id])),
    '2026-10',
  )

it('an answer is told at its home and above, with the reports themselves', () => {
  expect(moved(report(), report({ member: 'bob' }))).toEqual([
    { kind: 'answer', fieldId: 'mood', territoryId: 'home', n: 2 },
    { kind: 'answer', fieldId: 'mood', territoryId: 'top', n: 2 },
    { kind: 'reports', fieldId: null, territoryId: 'home', n: 2 },
    { kind: 'reports', fieldId: null, territoryId: 'top', n: 2 },
  ])
})
it('one that is changed is counted as two, one that is put back as none', () => {
  const changed = report({ answers: [['mood', 'false', null]] })
  expect(moved(report({ sign: -1 }), changed)).toMatchObject([{ kind: 'answer', n: 2 }, { n: 2 }])
  expect(moved(report(), report({ sign: -1 }))).toEqual([])
})
it('a month that was not judged moves nothing, nor does a place of then', () => {
  expect(moved(report({ day: '2026-11-01' }))).toEqual([])
  expect(moved(report({ todayAt: null }))).toEqual([])
})
it('what an account answers has no month', () => {
  const stock: StockFact = { of: 'stock', sign: 1, territory: 'home', answers: [['trade', 'a', null]] }
  expect(moved(stock).map(({ kind, territoryId }) => [kind, territoryId])).toEqual([
    ['profile', 'home'],
    ['profile', 'top'],
  ])
})
