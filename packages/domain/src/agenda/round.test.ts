import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movedTo, type Stop, suggestOrder } from './round.ts'

type Point = NonNullable<Stop['point']>
const flat = (a: Point, b: Point): number => Math.hypot(a.latitude - b.latitude, a.longitude - b.longitude)
const stop = (id: string, x: number | null, town = ''): Stop => ({
  id,
  point: x === null ? null : { latitude: 0, longitude: x },
  town,
})

const point = fc.record({
  latitude: fc.integer({ min: -50, max: 50 }),
  longitude: fc.integer({ min: -50, max: 50 }),
})
const someStops = fc
  .array(fc.record({ point: fc.option(point, { nil: null }), town: fc.constantFrom('', 'a', 'b') }), {
    maxLength: 12,
  })
  .map((list) => list.map((one, at) => ({ id: String(at), ...one })))
const somewhere = fc.option(point, { nil: null })

describe('a suggested order', () => {
  it('goes along a line instead of to and fro, and says what that saves', () => {
    const stops = [stop('a', 0), stop('c', 20), stop('b', 10), stop('d', 30)]
    expect(suggestOrder(stops, flat)).toEqual({
      order: ['a', 'b', 'c', 'd'],
      before: 50,
      after: 30,
      unplaced: 0,
    })
  })
  it('starts from where one is when that is known', () => {
    const stops = [stop('a', 0), stop('b', 10)]
    expect(suggestOrder(stops, flat, { latitude: 0, longitude: 12 }).order).toEqual(['b', 'a'])
  })
  it('groups by town those that nobody can place', () => {
    const stops = [
      stop('x', null, 'v'),
      stop('a', 0, 'u'),
      stop('y', null, 'u'),
      stop('z', null, 'v'),
      stop('b', 5, 'u'),
    ]
    expect(suggestOrder(stops, flat).order).toEqual(['a', 'b', 'y', 'x', 'z'])
  })
  it('is a permutation of the stops, whatever is known of them', () => {
    fc.assert(
      fc.property(someStops, somewhere, (stops, start) => {
        const { order } = suggestOrder(stops, flat, start)
        expect([...order].sort()).toEqual(stops.map(({ id }) => id).sort())
      }),
    )
  })
  it('is never longer than the given order, and its length is that of the order it names', () => {
    fc.assert(
      fc.property(someStops, somewhere, (stops, start) => {
        const { order, before, after } = suggestOrder(stops, flat, start)
        expect(after).toBeLessThanOrEqual(before)
        const points = order.flatMap((id) => stops.find((one) => one.id === id)?.point ?? [])
        const way = start ? [start, ...points] : points
        const length = way.slice(1).reduce((sum, to, at) => sum + flat(way[at] as Point, to), 0)
        expect(length).toBeCloseTo(after, 6)
      }),
    )
  })
  it('of what it suggested is no longer', () => {
    fc.assert(
      fc.property(someStops, (stops) => {
        const { order, after } = suggestOrder(stops, flat)
        const ordered = order.flatMap((id) => stops.find((one) => one.id === id) ?? [])
        const again = suggestOrder(ordered, flat)
        expect(again.after).toBeLessThanOrEqual(after + 1e-6)
      }),
    )
  })
})

describe('moving a stop', () => {
  it('keeps every other in its order', () => {
    expect(movedTo(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(movedTo(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
    expect(movedTo(['a', 'b'], 0, 5)).toEqual(['a', 'b'])
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer()), fc.nat(9), fc.nat(9), (list, from, to) => {
        const moved = movedTo(list, from, to)
        const item = list[from]
        expect(moved.filter((one) => one !== item)).toEqual(list.filter((one) => one !== item))
        expect(moved).toHaveLength(list.length)
      }),
    )
  })
})
