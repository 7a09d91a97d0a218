import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../agenda/day.ts'
import type { AnswerValue } from '../field/answer.ts'
import type { ReportRow } from '../sync/pull.ts'
import { account, answers, field, report, rowsOf, TODAY } from './fixture.ts'
import { STEP_DAYS, TREND_STEPS, trendOf } from './trend.ts'

const mood = field('mood', {
  entity: 'report',
  spec: {
    type: 'single_choice',
    options: ['good', 'bad'].map((id) => ({ id, label: { fr: id } })),
    givebacks: [{ kind: 'trend' }],
  },
})
/** So many reports of one answer, `ago` days before today. */
const said = (x: AnswerValue, count: number, ago: number): ReportRow[] =>
  Array.from({ length: count }, (_, at) =>
    report(`${x}-${ago}-${at}`, 'a', { day: addDays(TODAY, -ago), values: answers({ mood: x }) }),
  )
const trend = (reports: ReportRow[], answer: AnswerValue = null) =>
  trendOf({ field: mood, answer, rows: rowsOf({ accounts: [account('a')], reports }), today: TODAY })

describe('a trend', () => {
  it('rises when the last thirty days are clearly above the year before', () => {
    const found = trend(
      [...said('good', 18, 3), ...said('bad', 2, 3), ...said('good', 8, 90), ...said('bad', 32, 90)],
      'good',
    )
    expect(found).toMatchObject({
      verdict: 'higher',
      bucket: 'good',
      last: { k: 18, n: 20 },
      before: { k: 8, n: 40 },
    })
    expect(found?.points).toHaveLength(TREND_STEPS)
  })
  it('is unclear while the intervals touch, and says nothing under eight answers a side', () => {
    expect(
      trend([...said('good', 5, 3), ...said('bad', 3, 3), ...said('good', 4, 90), ...said('bad', 4, 90)]),
    ).toMatchObject({ verdict: 'unclear' })
    expect(trend([...said('good', 7, 3), ...said('good', 30, 90)])).toMatchObject({
      verdict: 'too_few',
      have: 7,
      need: 8,
    })
    expect(trend([])).toMatchObject({ verdict: 'too_few', bucket: null, have: 0 })
  })
  it('follows the answer just given, else the most frequent, never "I do not know"', () => {
    const reports = [
      ...said('good', 9, 3),
      ...said('good', 9, 90),
      ...said('bad', 8, 90),
      ...said(null, 40, 3),
    ]
    expect(trend(reports)).toMatchObject({ bucket: 'good', last: { n: 9 } })
    expect(trend(reports, 'bad')).toMatchObject({ bucket: 'bad', last: { k: 0, n: 9 } })
    expect(trend(reports, null)).toMatchObject({ bucket: 'good' })
  })
  it('is of reports alone', () => {
    const stock = field('mood', { entity: 'account', spec: { ...mood.spec } })
    expect(trendOf({ field: stock, answer: null, rows: rowsOf(), today: TODAY })).toBeNull()
  })
  it('counts each report of the year once, in the step of its day, whatever their order', () => {
    const anyReport = fc.tuple(fc.constantFrom('good', 'bad'), fc.integer({ min: -5, max: 500 }))
    fc.assert(
      fc.property(fc.array(anyReport, { maxLength: 60 }), (list) => {
        const reports = list.map(([x, ago], at) =>
          report(`r${at}`, 'a', { day: addDays(TODAY, -ago), values: answers({ mood: x }) }),
        )
        const found = trend(reports)
        const year = list.filter(([, ago]) => ago >= 0 && ago < TREND_STEPS * STEP_DAYS)
        expect(found?.points.reduce((sum, { n }) => sum + n, 0)).toBe(year.length)
        found?.points.forEach(({ n, k }, at) => {
          const step = TREND_STEPS - 1 - at
          expect(n).toBe(year.filter(([, ago]) => Math.floor(ago / STEP_DAYS) === step).length)
          expect(k).toBeLessThanOrEqual(n)
        })
        expect(trend([...reports].reverse())).toEqual(found)
      }),
    )
  })
})
