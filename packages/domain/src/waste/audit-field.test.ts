import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELD_TYPES, type GivebackKind } from '../field/field-spec.ts'
import { ANSWERS_MIN, auditField, type FieldUse, YOUNG_DAYS } from './audit-field.ts'

/** A question that everybody answers in 4 s, thrice a day, and that serves every second time. */
const use = (over: Partial<FieldUse> = {}): FieldUse => ({
  type: 'single_choice',
  required: false,
  givebacks: ['badge'],
  options: 3,
  ageDays: 400,
  days: 100,
  answers: 300,
  cost: { seconds: 4, measured: true },
  asRanges: { seconds: 3, measured: true },
  received: 140,
  used: 10,
  receivers: [{ role: 'rep', rank: 2, people: 9 }],
  insights: 0,
  kept: false,
  asked: 320,
  answered: 300,
  unknown: 20,
  counts: [140, 100, 40],
  contests: 0,
  twins: 0,
  steadiness: null,
  ...over,
})

describe('what a question costs', () => {
  it('is the seconds of all its answers, brought to a month', () => {
    const { monthly, fillRate, unknownRate } = auditField(use())
    expect(monthly).toBeCloseTo((300 * 4 * (365.25 / 12)) / 100)
    expect(fillRate).toBeCloseTo(300 / 320)
    expect(unknownRate).toBeCloseTo(20 / 300)
  })

  it('tells bits of its answers: two in equal parts are one, and all alike none', () => {
    expect(auditField(use({ counts: [50, 50] })).bits).toBeCloseTo(1)
    expect(auditField(use({ counts: [100] })).bits).toBeCloseTo(0)
    expect(auditField(use({ counts: [ANSWERS_MIN - 1] })).bits).toBeNull()
  })

  it('says who was served from five people up', () => {
    const served = (people: number) =>
      auditField(use({ receivers: [{ role: 'rep', rank: 2, people }] })).users
    expect([served(4), served(5)?.people]).toEqual([null, 5])
  })

  it('sets the precision that is asked beside the one that is read', () => {
    const precision = (over: Partial<FieldUse>) => auditField(use(over)).precision
    const figure = { type: 'money', options: 0, counts: [40] } as const
    expect(precision({ ...figure, givebacks: ['comparison'] })).toEqual({ of: 'figure', read: 'ranges' })
    expect(precision({ ...figure, givebacks: ['reminder'] })).toEqual({ of: 'figure', read: 'figure' })
    expect(precision({ options: 12, counts: [150, 120, 30, 1] })).toEqual({
      of: 'answers',
      offered: 12,
      chosen: 3,
    })
    expect(precision({ type: 'short_text', options: 0, counts: [] })).toBeNull()
  })
})

describe('what is proposed', () => {
  const kindOf = (over: Partial<FieldUse>) => auditField(use(over)).proposal

  it('keeps a question that serves', () => {
    expect(auditField(use())).toMatchObject({ service: 'well', proposal: { kind: 'keep' } })
  })

  it('retires what never gave anything back, and gives all of its seconds back', () => {
    const audit = auditField(use({ received: 0, used: 0 }))
    expect(audit).toMatchObject({ service: 'never', proposal: { kind: 'retire', reason: 'unused' } })
    expect(audit.saved).toEqual({ monthly: audit.monthly, each: 4 })
  })

  it('retires what is answered alike, what hardly anybody answers, and what is contested and hardly serves', () => {
    expect(kindOf({ counts: [298, 2] })).toMatchObject({ kind: 'retire', reason: 'alike' })
    expect(kindOf({ asked: 10_000 })).toEqual({ kind: 'retire', reason: 'rarely' })
    expect(kindOf({ received: 1, used: 0 })).toEqual({ kind: 'retire', reason: 'seldom' })
    expect(kindOf({ received: 20, contests: 3 })).toEqual({ kind: 'retire', reason: 'contested' })
    expect(kindOf({ contests: 30 })).toEqual({ kind: 'keep' })
  })

  it('does not retire what something stands out of, and says that it does', () => {
    const audit = auditField(use({ received: 0, used: 0, insights: 1 }))
    expect(audit).toMatchObject({ service: 'well', standsOut: true, proposal: { kind: 'keep' } })
    expect(kindOf({ counts: [298, 2], insights: 1 })).toEqual({ kind: 'keep' })
  })

  it('does not retire what its owner keeps, though it still serves nobody', () => {
    expect(auditField(use({ received: 0, used: 0, kept: true }))).toMatchObject({
      service: 'never',
      kept: true,
      proposal: { kind: 'keep' },
      saved: { monthly: 0 },
    })
  })

  it('asks less often what seldom changes from one visit to the next, and gives back the visits between', () => {
    const steadiness = { pairs: 1000, same: 970, gapDays: 30 }
    const audit = auditField(use({ steadiness }))
    expect(audit.proposal).toEqual({ kind: 'lessOften', days: 180, share: 0.97 })
    expect(audit.saved.each).toBeCloseTo((4 * 5) / 6)
    expect(kindOf({ steadiness: { ...steadiness, same: 800 } })).toEqual({ kind: 'keep' })
    expect(kindOf({ steadiness, type: 'photo' })).toEqual({ kind: 'keep' })
  })

  it('no longer requires what is mostly not known', () => {
    const audit = auditField(use({ required: true, unknown: 150, counts: [75, 75] }))
    expect(audit.proposal).toEqual({ kind: 'optional', share: 0.5 })
    expect(audit.saved.each).toBeCloseTo(2)
    expect(kindOf({ unknown: 150, counts: [75, 75] })).toEqual({ kind: 'keep' })
  })

  it('asks a figure by ranges where nobody is shown the figure', () => {
    const figure = {
      type: 'decimal',
      cost: { seconds: 6, measured: true },
      givebacks: ['comparison'],
    } as const
    expect(kindOf(figure)).toEqual({ kind: 'coarsen', reason: 'ranges' })
    expect(auditField(use(figure)).saved.each).toBeCloseTo(3)
    expect(kindOf({ ...figure, givebacks: ['comparison', 'badge'] })).toEqual({ kind: 'keep' })
    expect(kindOf({ ...figure, cost: { seconds: 2, measured: true } })).toEqual({ kind: 'keep' })
  })

  it('shortens a long list of which few answers are chosen, and claims no seconds for it', () => {
    const long = { options: 12, counts: [150, 120, 30, 1, 1] }
    expect(kindOf(long)).toEqual({ kind: 'coarsen', reason: 'answers', chosen: 3, offered: 12 })
    expect(auditField(use(long)).saved.monthly).toBe(0)
  })

  it('shares what several branches ask', () => {
    expect(kindOf({ twins: 2 })).toEqual({ kind: 'promote', branches: 3 })
  })

  it('keeps what costs nothing any more and still serves', () => {
    expect(auditField(use({ answers: 0 }))).toMatchObject({
      service: 'well',
      monthly: 0,
      proposal: { kind: 'keep' },
    })
  })

  it('judges nothing that is young or hardly answered', () => {
    for (const over of [{ ageDays: YOUNG_DAYS - 1 }, { answers: ANSWERS_MIN - 1 }])
      expect(auditField(use({ ...over, received: 0, used: 0 }))).toMatchObject({
        service: 'young',
        proposal: { kind: 'keep' },
        saved: { monthly: 0 },
      })
  })
})

const count = fc.nat({ max: 10_000 })
const anyUse: fc.Arbitrary<FieldUse> = fc.record({
  type: fc.constantFrom(...FIELD_TYPES),
  required: fc.boolean(),
  givebacks: fc.subarray<GivebackKind>(['badge', 'comparison', 'segment', 'reminder']),
  options: fc.nat({ max: 50 }),
  ageDays: fc.nat({ max: 2_000 }),
  days: fc.nat({ max: 130 }),
  answers: count,
  cost: fc.record({ seconds: fc.double({ min: 0, max: 600, noNaN: true }), measured: fc.boolean() }),
  asRanges: fc.record({ seconds: fc.double({ min: 0, max: 600, noNaN: true }), measured: fc.boolean() }),
  received: count,
  used: count,
  receivers: fc.array(
    fc.record({
      role: fc.constantFrom('rep', 'manager', null),
      rank: fc.constantFrom(1, 2),
      people: fc.nat(20),
    }),
  ),
  insights: fc.nat({ max: 2 }),
  kept: fc.boolean(),
  asked: fc.option(count),
  answered: count,
  unknown: count,
  counts: fc.array(count, { maxLength: 20 }),
  contests: fc.nat({ max: 20 }),
  twins: fc.nat({ max: 20 }),
  steadiness: fc.option(
    fc
      .record({ pairs: fc.integer({ min: 1, max: 900 }), changed: fc.nat(), gapDays: fc.nat({ max: 400 }) })
      .map(({ pairs, changed, gapDays }) => ({ pairs, same: pairs - (changed % (pairs + 1)), gapDays })),
  ),
})

describe('whatever is known of a question', () => {
  it('it is never said to give back more than it costs, nor anything that is no number', () => {
    fc.assert(
      fc.property(anyUse, (known) => {
        const { monthly, saved, returnsEach, fillRate, bits } = auditField(known)
        for (const figure of [monthly, saved.monthly, saved.each, returnsEach, fillRate ?? 0, bits ?? 0])
          expect(Number.isFinite(figure) && figure >= 0).toBe(true)
        expect(saved.monthly).toBeLessThanOrEqual(monthly)
        expect(saved.each).toBeLessThanOrEqual(known.cost.seconds)
        expect(fillRate ?? 0).toBeLessThanOrEqual(1)
      }),
    )
  })
})
