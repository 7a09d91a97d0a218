import { describe, expect, it } from 'vitest'
import type { MonthlyAnswers } from '../sync/pull.ts'
import { EMPTY_PACK, field, PATH, TODAY } from './fixture.ts'
import { trendAbove } from './trend-above.ts'

const mood = field('mood', { entity: 'report', owner: 'fr', spec: { givebacks: [{ kind: 'trend' }] } })
const monthly = (territoryId: string, ...months: MonthlyAnswers['months']): MonthlyAnswers => ({
  fieldId: 'mood',
  territoryId,
  months,
})
const month = (of: string, k: number, n: number) => ({ month: of, n, buckets: { true: k } })
const above = (told: readonly MonthlyAnswers[], over: Partial<Parameters<typeof trendAbove>[0]> = {}) =>
  trendAbove({
    field: mood,
    bucket: 'true',
    path: PATH,
    mine: ['pb'],
    pack: { ...EMPTY_PACK, asOf: `${TODAY}T08:00:00.000Z`, monthly: told },
    today: TODAY,
    ...over,
  })

describe('the place above a trend', () => {
  it('is drawn where the middle of each month lies among the steps, and breaks where a month is not told', () => {
    const found = above([
      monthly('na', month('2026-07', 10, 40), month('2026-09', 20, 40), month('2026-10', 8, 40)),
    ])
    expect(found).toMatchObject({ place: 'Nouvelle-Aquitaine', k: 38, n: 120 })
    expect(found?.points.map(({ share }) => share)).toEqual([
      ...Array(7).fill(null),
      0.25,
      null,
      0.5,
      // The middle of November comes after that of the last thirty days.
      0.2,
    ])
    const at = found?.points.map((point) => point.at) ?? []
    expect(at).toEqual(at.toSorted((a, b) => a - b))
    // 16 October, the middle of its month, is 39 days ago; the last step's middle is 14.5.
    expect(at[10]).toBeCloseTo(11 - (39 - 14.5) / 30)
  })
  it('is the region; the nation when the region is a small group', () => {
    const months = [month('2026-09', 20, 40), month('2026-10', 8, 40)]
    expect(above([monthly('fr', ...months), monthly('na', ...months)])?.place).toBe('Nouvelle-Aquitaine')
    expect(above([monthly('fr', ...months), monthly('na', ...months.slice(1))])?.place).toBe('France')
  })
  it('is not where nobody above is asked, one month is told, or an earlier server tells none', () => {
    const months = [month('2026-09', 20, 40), month('2026-10', 8, 40)]
    expect(
      above([monthly('na', ...months)], { field: field('mood', { entity: 'report', owner: 'pb' }) }),
    ).toBeNull()
    expect(above([monthly('na', ...months.slice(1))])).toBeNull()
    expect(above([], { pack: EMPTY_PACK })).toBeNull()
  })
  it('counts no answer as none of those who answered otherwise', () => {
    const never = { month: '2026-09', n: 30, buckets: {} }
    expect(above([monthly('na', never, month('2026-10', 8, 40))])).toMatchObject({ k: 8, n: 70 })
  })
  it('ends with the pack when the phone was away for a month', () => {
    const pack = {
      ...EMPTY_PACK,
      asOf: '2026-10-20T08:00:00.000Z',
      monthly: [monthly('na', month('2026-09', 1, 40), month('2026-10', 8, 40))],
    }
    const last = above([], { pack })?.points.at(-1)
    expect(last?.share).toBe(0.2)
    // Told up to the 20th: its middle is 44.5 days ago.
    expect(last?.at).toBeCloseTo(11 - (44.5 - 14.5) / 30)
  })
})
