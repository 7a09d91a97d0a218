import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../agenda/day.ts'
import { meeting, placesPassedOn, type Replacement, replacementFault, standsInFor } from './replacement.ts'

const TODAY = '2026-11-20'
const lea = 'lea'
const marc = 'marc'
const paul = 'paul'
const asked = (over: Partial<Replacement> = {}): Replacement => ({
  id: 'r',
  absentId: marc,
  substituteId: lea,
  validFrom: '2026-12-01',
  validTo: '2026-12-10',
  ...over,
})
const fault = (one: Replacement, standing: readonly Replacement[] = []) =>
  replacementFault(one, standing, TODAY)?.code ?? null

describe('a replacement', () => {
  it('is of two people, begins today or later, and ends on its first day or after', () => {
    expect(fault(asked())).toBeNull()
    expect(fault(asked({ substituteId: marc }))).toBe('INVALID_INPUT')
    expect(fault(asked({ validFrom: '2026-11-19' }))).toBe('ASSIGNMENT_DATES')
    expect(fault(asked({ validTo: '2026-11-30' }))).toBe('ASSIGNMENT_DATES')
  })
  it('of somebody who has a substitute on one of these days is refused, and made on the days after', () => {
    const other = asked({ substituteId: paul, validFrom: '2026-12-10', validTo: '2026-12-20' })
    expect(fault(asked(), [other])).toBe('REPLACEMENT_OVERLAPS')
    expect(fault(asked({ validTo: '2026-12-09' }), [other])).toBeNull()
  })
  it('by somebody who is away himself is refused', () => {
    expect(fault(asked(), [asked({ absentId: lea, substituteId: paul })])).toBe('REPLACEMENT_SUBSTITUTE_AWAY')
  })
  it('of each other on the same days leaves nobody, and is refused', () => {
    expect(fault(asked(), [asked({ absentId: lea, substituteId: marc })])).toBe('REPLACEMENT_SUBSTITUTE_AWAY')
  })
  it('of two people by one is made, and so is that of a substitute', () => {
    expect(fault(asked(), [asked({ absentId: paul })])).toBeNull()
    expect(fault(asked({ absentId: lea, substituteId: paul }), [asked()])).toBeNull()
  })
})

describe('what passes to a substitute', () => {
  const place = (over: object) => ({
    assignmentId: 'a',
    role: 'rep' as const,
    territoryId: 't',
    path: 't/',
    validFrom: '2026-01-01',
    validTo: null,
    replacesId: null,
    ...over,
  })
  it('is each place of the other on the days they share, and not what he holds in place of a third', () => {
    const held = [
      place({ assignmentId: 'always' }),
      place({ assignmentId: 'ending', validTo: '2026-12-04' }),
      place({ assignmentId: 'coming', validFrom: '2026-12-08' }),
      place({ assignmentId: 'over', validTo: '2026-11-30' }),
      place({ assignmentId: 'for another', replacesId: 'x' }),
    ]
    expect(placesPassedOn(held, asked()).map((p) => [p.assignmentId, p.validFrom, p.validTo])).toEqual([
      ['always', '2026-12-01', '2026-12-10'],
      ['ending', '2026-12-01', '2026-12-04'],
      ['coming', '2026-12-08', '2026-12-10'],
    ])
  })
  it('never outlasts the replacement nor the place it stands for', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-11-01', n))
    const period = fc.tuple(day, day).map((days) => {
      const [validFrom = '', validTo = ''] = days.sort()
      return { validFrom, validTo }
    })
    fc.assert(
      fc.property(period, period, day, (own, away, on) => {
        const held = placesPassedOn([place(own)], away).some((p) => p.validFrom <= on && on <= p.validTo)
        const within = (p: typeof own) => p.validFrom <= on && on <= p.validTo
        expect(held).toBe(within(own) && within(away))
        expect(meeting(own, away)).toEqual(meeting(away, own))
      }),
    )
  })
})

it('a substitute settles what the other promised on the days he stands in, and not after', () => {
  const standIns = [{ absentId: marc, accountId: 'a', validFrom: '2026-12-01', validTo: '2026-12-10' }]
  const at = (accountId: string, assigneeId = marc) => ({ assigneeId, accountId })
  expect(standsInFor(standIns, at('a'), '2026-12-10')).toBe(true)
  expect(standsInFor(standIns, at('a'), '2026-12-11')).toBe(false)
  expect(standsInFor(standIns, at('a', paul), '2026-12-05')).toBe(false)
  expect(standsInFor(standIns, at('b'), '2026-12-05')).toBe(false)
})
