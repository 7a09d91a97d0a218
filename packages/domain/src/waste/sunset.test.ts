import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day, dayNumber } from '../agenda/day.ts'
import { KEPT_DAYS, lastDayOf, planSunsets, SUNSET_DAYS, type Sunset, WARNED_DAYS } from './sunset.ts'

const FIRST = '2026-09-01'
const NOTHING = { propose: [], warn: [], retire: [], drop: [] }

describe('a question that gives nothing back', () => {
  const plan = (day: number, standing: readonly Sunset[], kept: readonly (readonly [string, Day])[] = []) =>
    planSunsets(addDays(FIRST, day), { unused: new Set(['a']), standing, kept: new Map(kept) })
  const proposed: Sunset = { fieldId: 'a', proposedOn: FIRST, warnedOn: null }

  it('is proposed once', () => {
    expect(plan(0, [])).toEqual({ ...NOTHING, propose: ['a'] })
    expect(plan(1, [proposed])).toEqual(NOTHING)
  })

  it('is announced again a week before its last day, and retired on the day after it', () => {
    const warningDay = SUNSET_DAYS - WARNED_DAYS
    expect(plan(warningDay - 1, [proposed])).toEqual(NOTHING)
    expect(plan(warningDay, [proposed])).toEqual({ ...NOTHING, warn: ['a'] })
    const warned = { ...proposed, warnedOn: addDays(FIRST, warningDay) }
    expect(plan(SUNSET_DAYS, [warned])).toEqual(NOTHING)
    expect(plan(SUNSET_DAYS + 1, [warned])).toEqual({ ...NOTHING, retire: ['a'] })
  })

  it('is left alone by a machine that was off: it is warned first, and has its week', () => {
    expect(plan(90, [proposed])).toEqual({ ...NOTHING, warn: ['a'] })
    const late = { ...proposed, warnedOn: addDays(FIRST, 90) }
    expect(lastDayOf(late)).toBe(addDays(FIRST, 90 + WARNED_DAYS))
    expect(plan(91, [late])).toEqual(NOTHING)
  })

  it('is left alone for half a year when its owner keeps it', () => {
    expect(plan(KEPT_DAYS - 1, [], [['a', FIRST]])).toEqual(NOTHING)
    expect(plan(KEPT_DAYS, [], [['a', FIRST]])).toEqual({ ...NOTHING, propose: ['a'] })
  })

  it('is no longer proposed once it gives something back', () => {
    expect(planSunsets(FIRST, { unused: new Set(), standing: [proposed], kept: new Map() })).toEqual({
      ...NOTHING,
      drop: ['a'],
    })
  })
})

describe('whatever days it is looked at', () => {
  it('nobody loses a question without having been warned a week before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 30 }), (gaps) => {
        let today = FIRST
        let standing: Sunset[] = []
        for (const gap of gaps) {
          today = addDays(today, gap)
          const plan = planSunsets(today, { unused: new Set(['a']), standing, kept: new Map() })
          const [known] = standing
          if (plan.retire.length > 0) {
            expect(known?.warnedOn).not.toBeNull()
            expect(dayNumber(today) - dayNumber(known?.warnedOn ?? today)).toBeGreaterThan(WARNED_DAYS - 1)
            expect(dayNumber(today) - dayNumber(known?.proposedOn ?? today)).toBeGreaterThan(SUNSET_DAYS)
            return
          }
          if (plan.propose.length > 0) standing = [{ fieldId: 'a', proposedOn: today, warnedOn: null }]
          if (plan.warn.length > 0 && known) standing = [{ ...known, warnedOn: today }]
        }
      }),
    )
  })
})
