import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foundUseful, opinionIn } from './opinion.ts'

const day = fc.constantFrom('2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01')
const judged = fc.record({ useful: fc.boolean(), day })

describe('what a person thinks of what comes back', () => {
  it('is of one question and one kind, and nothing where nothing was said', () => {
    const opinion = opinionIn({
      returns: [{ fieldId: 'f', kind: 'badge', useful: false, day: '2026-11-24' }],
    })
    expect(opinion({ fieldId: 'f', kind: 'badge' })).toBe(false)
    expect(opinion({ fieldId: 'f', kind: 'segment' })).toBeNull()
    expect(opinion({ fieldId: 'g', kind: 'badge' })).toBeNull()
  })
  it('counts what is found useful since a day, that day included', () => {
    fc.assert(
      fc.property(fc.array(judged), fc.array(judged), (ofReturns, ofInsights) => {
        const returns = ofReturns.map((one, at) => ({ ...one, fieldId: `f${at}`, kind: 'badge' as const }))
        const insights = ofInsights.map((one, at) => ({ ...one, key: `k${at}` }))
        const within = [...ofReturns, ...ofInsights].filter((one) => one.day > '2026-10-31' && one.useful)
        expect(foundUseful({ returns, insights }, '2026-11-01')).toBe(within.length)
      }),
    )
  })
})
