import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Balance, type Counted, inPieces, NOTHING_COUNTED, rowsIn } from './drift.ts'
import type { ReportFact } from './fact.ts'
import { foldFacts } from './fold.ts'

const LINES: Readonly<Record<string, readonly string[]>> = {
  sector: ['france', 'region', 'sector'],
  other: ['france', 'other'],
}
const fold = (facts: readonly ReportFact[]) => foldFacts(facts, (id) => LINES[id] ?? [])
const facts = fc.array(
  fc.record({
    of: fc.constant('report' as const),
    sign: fc.constantFrom(1, -1),
    thenAt: fc.constantFrom('sector', 'other'),
    todayAt: fc.constantFrom('sector', 'other'),
    day: fc.constantFrom('2026-10-31', '2026-11-01'),
    kind: fc.constantFrom('visit' as const, 'call' as const),
    outcome: fc.constantFrom('order' as const, 'none' as const),
    member: fc.constantFrom('one', 'two'),
    asked: fc.constant(['years']),
    answers: fc.array(
      fc.tuple(fc.constant('years'), fc.constantFrom('0', '5'), fc.double({ min: -9, max: 9, noNaN: true })),
      { maxLength: 2 },
    ),
  }),
  { maxLength: 30 },
)
const balanced = (documents: Counted, kept: Counted, waiting: Counted): Counted => {
  const balance = new Balance()
  balance.add(documents, 1)
  balance.add(kept, -1)
  balance.add(waiting, -1)
  return balance.drift()
}

describe('what has drifted', () => {
  it('is nothing where each fact was counted or waits, however they are shared', () => {
    fc.assert(
      fc.property(facts, fc.nat(), (all, at) => {
        const cut = all.length === 0 ? 0 : at % all.length
        expect(balanced(fold(all), fold(all.slice(0, cut)), fold(all.slice(cut)))).toEqual(NOTHING_COUNTED)
      }),
    )
  })

  it('is what was lost or doubled, and adding it puts the roll-ups right', () => {
    fc.assert(
      fc.property(facts, facts, facts, (kept, lost, doubled) => {
        const documents = fold([...kept, ...lost])
        const counted = fold([...kept, ...doubled])
        const drift = balanced(documents, counted, NOTHING_COUNTED)
        const mended = new Balance()
        mended.add(documents, 1)
        mended.add(counted, -1)
        for (const piece of inPieces(drift, 7)) {
          expect(rowsIn(piece)).toBeLessThanOrEqual(7)
          mended.add(piece, -1)
        }
        expect(mended.drift()).toEqual(NOTHING_COUNTED)
      }),
    )
  })

  it('leaves out what only the last digits of a sum say', () => {
    const row = { fieldId: 'f', territoryId: 't', bucket: '5', n: 3 }
    const stocks = (sum: number): Counted => ({ ...NOTHING_COUNTED, stocks: [{ ...row, sum }] })
    expect(balanced(stocks(0.1 + 0.2), stocks(0.3), NOTHING_COUNTED)).toEqual(NOTHING_COUNTED)
    expect(balanced(stocks(0.31), stocks(0.3), NOTHING_COUNTED).stocks).toMatchObject([{ n: 0 }])
  })
})
