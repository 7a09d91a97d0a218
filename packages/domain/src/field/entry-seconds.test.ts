import { describe, expect, it } from 'vitest'
import { ASSUMED_SECONDS, entryCost, expectedCost } from './entry-seconds.ts'

const entry = { type: 'single_choice', answers: 10, seconds: 42, people: 5 } as const

describe('seconds of an answer', () => {
  it('are measured once five people have answered', () => {
    expect(entryCost(entry)).toEqual({ seconds: 4.2, measured: true })
  })
  it('of four people or fewer are not told: the assumption stands in their place', () => {
    expect(entryCost({ ...entry, people: 4 })).toEqual({
      seconds: ASSUMED_SECONDS.single_choice,
      measured: false,
    })
  })
  it('without any time recorded are assumed', () => {
    expect(entryCost({ ...entry, seconds: 0 }).measured).toBe(false)
    expect(entryCost({ ...entry, answers: 0 }).measured).toBe(false)
  })
  it('are those of the middle answer once thirty of five people are known one by one, and say between which', () => {
    const bins = [
      { from: 3, n: 14 },
      { from: 8, n: 2 },
      { from: 50, n: 14 },
    ]
    expect(entryCost({ ...entry, took: { bins, people: 5 } })).toEqual({
      seconds: 8.25,
      measured: true,
      median: { from: 8, to: 9 },
    })
    const mean = { seconds: 4.2, measured: true }
    expect(entryCost({ ...entry, took: { bins, people: 4 } })).toEqual(mean)
    expect(entryCost({ ...entry, took: { bins: bins.slice(1), people: 5 } })).toEqual(mean)
    expect(entryCost({ ...entry, people: 4, took: { bins, people: 4 } }).measured).toBe(false)
  })
  it('of a new question are the median of measured questions of its type', () => {
    const entries = [20, 30, 90].map((seconds) => ({ ...entry, seconds }))
    expect(expectedCost('single_choice', entries)).toEqual({ seconds: 3, measured: true })
    expect(expectedCost('single_choice', entries.slice(0, 2))).toEqual({ seconds: 2.5, measured: true })
    expect(expectedCost('date', entries)).toEqual({ seconds: ASSUMED_SECONDS.date, measured: false })
  })
})
