import { describe, expect, it } from 'vitest'
import { Random } from './random.ts'

describe('numbers that are the same on every run', () => {
  it('a subject draws the same numbers, two subjects different ones', () => {
    const draw = (subject: string) => Array.from({ length: 20 }, () => new Random(subject).unit())
    expect(draw('a')).toEqual(draw('a'))
    expect(new Random('a').unit()).not.toBe(new Random('b').unit())
  })
  it('known numbers guard against a change of generator, which would rename everybody', () => {
    const random = new Random('fieldback')
    expect([random.int(0, 999), random.int(0, 999), random.int(0, 999)]).toEqual([389, 952, 59])
    expect(random.uuid('2026-11-20T08:00:00.000Z')).toBe('01a1f7f8-3000-79f9-81ca-679f05f28a89')
  })
  it('ids are UUIDs of version 7 that carry their instant', () => {
    const random = new Random('ids')
    const ids = Array.from({ length: 5_000 }, () => random.uuid('2026-11-20T08:00:00.000Z'))
    expect(new Set(ids).size).toBe(5_000)
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(
      Date.parse('2026-11-20T08:00:00.000Z'),
    )
  })
  it('weights are followed and a bell has mean 0 and deviation 1', () => {
    const random = new Random('weights')
    const draws = Array.from({ length: 20_000 }, () =>
      random.weighted([
        ['often', 3],
        ['rarely', 1],
      ]),
    )
    expect(draws.filter((draw) => draw === 'often').length / 20_000).toBeCloseTo(0.75, 1)
    const bells = Array.from({ length: 20_000 }, () => random.bell())
    const mean = bells.reduce((sum, x) => sum + x, 0) / bells.length
    const variance = bells.reduce((sum, x) => sum + (x - mean) ** 2, 0) / bells.length
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(variance - 1)).toBeLessThan(0.05)
  })
})
