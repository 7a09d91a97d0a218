import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LedgerRow } from '../analytics/fact.ts'
import { nodeOf } from './fixture.ts'
import { ledgerOf } from './ledger.ts'

const OWNERS: Readonly<Record<string, string>> = {
  budget: 'fr',
  rival: 'na',
  age: 'd64',
  pine: 'd40',
  basque: 'pb',
}
const ownerOf = (fieldId: string) => {
  const owner = OWNERS[fieldId]
  return owner === undefined ? undefined : nodeOf(owner)
}
const row = (fieldId: string, month: string, over: Partial<LedgerRow> = {}): LedgerRow => ({
  fieldId,
  month,
  answers: 1,
  seconds: 4,
  received: 2,
  used: 1,
  ...over,
})

describe('ledger', () => {
  it('adds up what was given and received by level, national first, with the places that ask', () => {
    const { total, levels } = ledgerOf(
      [
        row('age', '2026-11'),
        row('pine', '2026-11', { seconds: 6, followed: 1 }),
        row('budget', '2026-11', { received: 0, used: 0 }),
      ],
      ownerOf,
    )
    expect(
      levels.map(({ rank, owners, seconds, received }) => [
        rank,
        owners.map(({ name }) => name),
        seconds,
        received,
      ]),
    ).toEqual([
      [0, ['France'], 4, 0],
      [2, ['Landes', 'Pyrénées-Atlantiques'], 10, 4],
    ])
    expect(total).toEqual({
      answers: 3,
      seconds: 14,
      received: 4,
      used: 2,
      followed: 1,
      contacted: 0,
    })
  })
  it('a period takes both its months and nothing beyond', () => {
    const rows = ['2026-08', '2026-09', '2026-11', '2026-12'].map((month) => row('age', month))
    expect(ledgerOf(rows, ownerOf, { from: '2026-09', to: '2026-11' }).total.answers).toBe(2)
  })
  it('a question nobody knows any more still counts, under no level', () => {
    expect(ledgerOf([row('gone', '2026-11')], ownerOf)).toMatchObject({
      total: { answers: 1 },
      levels: [{ rank: null, owners: [], answers: 1 }],
    })
  })
  it('levels always add up to the total, of a pack of an earlier version too', () => {
    const counts = fc.record({ followed: fc.nat(20), contacted: fc.nat(20) }, { requiredKeys: [] })
    const counted = fc.record({
      fieldId: fc.constantFrom(...Object.keys(OWNERS), 'gone'),
      month: fc.constantFrom('2026-10', '2026-11'),
      answers: fc.nat(50),
      seconds: fc.nat(500),
      received: fc.nat(20),
      used: fc.nat(20),
    })
    const any = fc.tuple(counted, counts).map(([row, also]): LedgerRow => ({ ...row, ...also }))
    fc.assert(
      fc.property(fc.array(any), (rows) => {
        const { total, levels } = ledgerOf(rows, ownerOf)
        for (const of of ['answers', 'seconds', 'received', 'used', 'followed', 'contacted'] as const) {
          expect(levels.reduce((sum, level) => sum + level[of], 0)).toBe(total[of])
          expect(rows.reduce((sum, row) => sum + (row[of] ?? 0), 0)).toBe(total[of])
        }
      }),
    )
  })
})
