import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstDay } from '../analytics/period.ts'
import { askedRule, firstKept, KEPT_FOR_EVER, NOTICE_DAYS, RETENTION_YEARS, ruleAt } from './retention.ts'

const now = new Date('2026-11-20T10:00:00.000Z')
const later = (days: number) => new Date(now.getTime() + days * 86_400_000)
const years = fc.constantFrom(...RETENTION_YEARS)

describe('a rule of retention', () => {
  it('that erases more is announced, and begins a week later', () => {
    const asked = askedRule(KEPT_FOR_EVER, 5, now)
    expect(asked).toEqual({ years: null, next: { years: 5, startsAt: '2026-11-27T10:00:00.000Z' } })
    expect(ruleAt(asked, later(NOTICE_DAYS - 0.001))).toEqual(asked)
    expect(ruleAt(asked, later(NOTICE_DAYS))).toEqual({ years: 5, next: null })
  })

  it('that erases no more than before holds at once, and takes back what was announced', () => {
    const shorter = askedRule({ years: 5, next: null }, 3, now)
    expect(shorter).toMatchObject({ years: 5, next: { years: 3 } })
    expect(askedRule(shorter, 5, now)).toEqual({ years: 5, next: null })
    expect(askedRule(shorter, 8, now)).toEqual({ years: 8, next: null })
    expect(askedRule(shorter, null, now)).toEqual(KEPT_FOR_EVER)
  })

  it('asked for again does not begin later', () => {
    const asked = askedRule(KEPT_FOR_EVER, 5, now)
    expect(askedRule(asked, 5, later(3))).toEqual(asked)
  })

  it('gets shorter by what was asked for a week before and not taken back, whatever is asked for', () => {
    const length = (of: number | null) => of ?? Number.POSITIVE_INFINITY
    const asks = fc.array(fc.tuple(fc.option(years), fc.nat(10)), { maxLength: 12 })
    fc.assert(
      fc.property(asks, (steps) => {
        let rule = KEPT_FOR_EVER
        let at = 0
        let waiting = null as { years: number; since: number } | null
        for (const [wanted, wait] of steps) {
          const before = ruleAt(rule, later(at))
          rule = askedRule(rule, wanted, later(at))
          expect(length(ruleAt(rule, later(at)).years)).toBeGreaterThanOrEqual(length(before.years))
          if (rule.next === null) waiting = null
          else if (waiting?.years !== rule.next.years) waiting = { years: rule.next.years, since: at }
          at += wait
          const { years: inForce } = ruleAt(rule, later(at))
          if (length(inForce) === length(rule.years)) continue
          expect(waiting).toMatchObject({ years: inForce })
          expect(at - (waiting?.since ?? at)).toBeGreaterThanOrEqual(NOTICE_DAYS)
        }
      }),
    )
  })
})

describe('the first month that is kept', () => {
  it('is the same month, so many years before', () => {
    expect(firstKept('2026-11-20', 3)).toBe('2023-11')
    expect(firstKept('2024-02-29', 10)).toBe('2014-02')
  })

  it('leaves every report for as many years at least, and for a month more at most', () => {
    const day = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, years, (today, kept) => {
        const edge = firstDay(firstKept(today, kept))
        const birthday = `${Number(today.slice(0, 4)) - kept}${today.slice(4)}`
        expect(edge <= birthday).toBe(true)
        expect(edge.slice(0, 7)).toBe(birthday.slice(0, 7))
      }),
    )
  })
})
