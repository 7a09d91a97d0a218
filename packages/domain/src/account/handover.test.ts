import { describe, expect, it } from 'vitest'
import { newPlaces, type RepPlace, whoMatters } from './handover.ts'

const DAY = '2026-11-20'
const place = (over: Partial<RepPlace> = {}): RepPlace => ({
  assignmentId: 'a',
  role: 'rep',
  territoryId: 'basque',
  path: 'france/pyrenees/basque/',
  validFrom: '2026-11-10',
  validTo: null,
  inReplacement: false,
  ...over,
})
const since = (...held: RepPlace[]) => newPlaces(held, DAY).map((one) => one.since)

describe('a place that came to a rep', () => {
  it('is one that he holds for ninety days at most and did not hold the day before', () => {
    expect(since(place())).toEqual(['2026-11-10'])
    expect(since(place({ validFrom: '2026-08-22' }))).toEqual(['2026-08-22'])
    expect(since(place({ validFrom: '2026-08-21' }))).toEqual([])
  })
  it('is none that is still to come or is over', () => {
    expect(since(place({ validFrom: '2026-11-21' }))).toEqual([])
    expect(since(place({ validTo: '2026-11-19' }))).toEqual([])
  })
  it('is none that follows another assignment of his, there or above', () => {
    const before = { assignmentId: 'b', validFrom: '2026-01-01', validTo: '2026-11-09' }
    expect(since(place(), place(before))).toEqual([])
    expect(since(place(), place({ ...before, path: 'france/pyrenees/' }))).toEqual([])
    expect(since(place(), place({ ...before, path: 'france/pyrenees/bearn/' }))).toEqual(['2026-11-10'])
  })
  it('is none that he holds in replacement, and one that he replaced somebody at before', () => {
    expect(since(place({ inReplacement: true }))).toEqual([])
    const before = place({
      assignmentId: 'b',
      validFrom: '2026-11-01',
      validTo: '2026-11-09',
      inReplacement: true,
    })
    expect(since(place(), before)).toEqual(['2026-11-10'])
  })
})

it('who matters at an account is who was met most often, then last', () => {
  const contacts = ['never', 'once', 'often', 'lately'].map((id) => ({ id }))
  const met = (contactId: string | null, day: string) => ({ contactId, day })
  const reports = [
    met('often', '2026-01-05'),
    met('often', '2026-02-05'),
    met('once', '2026-03-01'),
    met('lately', '2026-11-01'),
    met(null, '2026-11-02'),
  ]
  expect(whoMatters(contacts, reports, 3).map(({ id }) => id)).toEqual(['often', 'lately', 'once'])
})
