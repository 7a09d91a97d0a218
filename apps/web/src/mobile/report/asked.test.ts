import type { EffectiveField } from '@fieldback/domain/field/resolve'
import type { ReportRow } from '@fieldback/domain/sync/pull'
import { describe, expect, it } from 'vitest'
import { isDue, SECTION_MOST, sectionsOf, stableAnswers } from './asked.ts'

const field = (over: object = {}): EffectiveField =>
  ({
    id: 'f',
    version: 1,
    entity: 'report',
    spec: { type: 'single_choice', options: [{ id: 'frimat', label: { fr: 'Frimat' } }], ...over },
  }) as unknown as EffectiveField
const report = (day: string, x: unknown, status = 'accepted'): ReportRow =>
  ({ id: day, day, status, values: x === undefined ? {} : { f: { v: 1, x } } }) as unknown as ReportRow

describe('a question about the account or the contact', () => {
  it('is asked in the report while nothing is known', () => {
    expect(isDue(field(), undefined, '2026-11-20')).toBe(true)
    expect(isDue(field(), { v: 1, x: '' }, '2026-11-20')).toBe(true)
  })
  it('is asked again only once the answer is older than its owner accepts', () => {
    const aged = field({ staleAfterDays: 365 })
    expect(isDue(aged, { v: 1, x: 'frimat', d: '2025-11-20' }, '2026-11-20')).toBe(false)
    expect(isDue(aged, { v: 1, x: 'frimat', d: '2025-11-19' }, '2026-11-20')).toBe(true)
    expect(isDue(aged, { v: 1, x: 'frimat' }, '2026-11-20')).toBe(false)
  })
  it('"I do not know" is an answer', () => {
    expect(isDue(field(), { v: 1, x: null }, '2026-11-20')).toBe(false)
  })
})

describe('an answer as last time', () => {
  it('is proposed when the last two reports agree', () => {
    const said = [
      report('2026-11-01', 'frimat'),
      report('2026-10-01', 'frimat'),
      report('2026-09-01', 'aucun'),
    ]
    expect(stableAnswers([field()], said)).toEqual([{ fieldId: 'f', value: 'frimat' }])
  })
  it('is not proposed from one report, from two that differ, or from a withdrawn one', () => {
    expect(stableAnswers([field()], [report('2026-11-01', 'frimat')])).toEqual([])
    expect(stableAnswers([field()], [report('2026-11-01', 'frimat'), report('2026-10-01', 'aucun')])).toEqual(
      [],
    )
    const withdrawn = [report('2026-11-01', 'frimat'), report('2026-10-01', 'frimat', 'withdrawn')]
    expect(stableAnswers([field()], withdrawn)).toEqual([])
  })
  it('is never a position nor a time, which belong to one visit', () => {
    const said = [report('2026-11-01', '2026-11-01T09:00'), report('2026-10-01', '2026-11-01T09:00')]
    expect(stableAnswers([field({ type: 'date' })], said)).toHaveLength(1)
    expect(stableAnswers([field({ type: 'date_time' }), field({ type: 'position' })], said)).toEqual([])
  })
  it('is not proposed once its option is retired', () => {
    const retired = field({ options: [{ id: 'frimat', label: { fr: 'Frimat' }, retired: true }] })
    expect(
      stableAnswers([retired], [report('2026-11-01', 'frimat'), report('2026-10-01', 'frimat')]),
    ).toEqual([])
  })
})

it('a form is cut in even sections of twelve questions at most', () => {
  expect(sectionsOf(Array.from({ length: SECTION_MOST }, (_, i) => i))).toHaveLength(1)
  expect(sectionsOf(Array.from({ length: 13 }, (_, i) => i)).map((section) => section.length)).toEqual([7, 6])
})
