import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inOrder, type Ranked } from './question-order.ts'
import { reorder } from './reorder.ts'

const at = (id: string, position: number): Ranked => ({ id, position })
const applied = (before: readonly Ranked[], changed: readonly Ranked[]) =>
  inOrder(before.map((one) => changed.find(({ id }) => id === one.id) ?? one)).map(({ id }) => id)

const questions = fc
  .uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), fc.nat(12)), {
    selector: ([id]) => id,
    maxLength: 7,
  })
  .map((list) => list.map(([id, position]) => at(id, position)))
const shuffled = questions.chain((list) =>
  fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
)

describe('questions put in another order', () => {
  it('change the one that was moved, and no other, where there is room', () => {
    const list = [at('a', 10), at('b', 20), at('c', 30), at('d', 40)]
    const [a, b, c, d] = list as [Ranked, Ranked, Ranked, Ranked]
    expect(reorder([a, d, b, c])).toEqual([at('d', 15)])
    expect(reorder([b, c, a, d])).toEqual([at('a', 35)])
    expect(reorder([b, c, d, a])).toEqual([at('a', 50)])
    expect(reorder([d, a, b, c])).toEqual([at('d', 4)])
    expect(reorder(list)).toEqual([])
  })
  it('that were never ordered get room between them as they must change', () => {
    const changed = reorder([at('c', 0), at('a', 0), at('b', 0)])
    expect(changed).toEqual([at('a', 10), at('b', 20)])
  })
  it('stand in the order that was asked, whatever they were', () => {
    fc.assert(
      fc.property(shuffled, (wanted) => {
        const changed = reorder(wanted)
        expect(applied(wanted, changed)).toEqual(wanted.map(({ id }) => id))
        for (const { position } of changed) {
          expect(Number.isInteger(position)).toBe(true)
          expect(position).toBeGreaterThanOrEqual(0)
          expect(position).toBeLessThanOrEqual(10_000)
        }
      }),
      { numRuns: 1_000 },
    )
  })
  it('in the order they have change nothing, and moving one changes no more than moving all', () => {
    fc.assert(
      fc.property(shuffled, (wanted) => {
        expect(reorder(inOrder(wanted))).toEqual([])
        expect(reorder(wanted).length).toBeLessThanOrEqual(Math.max(0, wanted.length - 1))
      }),
    )
  })
  it('as few as can be get a new position: no smaller choice would do', () => {
    fc.assert(
      fc.property(
        shuffled.filter((list) => list.length <= 5),
        (wanted) => {
          const fewest = fewestBySearch(wanted)
          expect(reorder(wanted).length).toBe(fewest)
        },
      ),
      { numRuns: 200 },
    )
  })
})

/** Tries every choice of questions that keep their position, giving the others the least position in turn. */
function fewestBySearch(wanted: readonly Ranked[]): number {
  let fewest = wanted.length
  for (let mask = 0; mask < 2 ** wanted.length; mask++) {
    let before: Ranked = at('', 0)
    const holds = wanted.every((one, index) => {
      const least = one.id > before.id ? before.position : before.position + 1
      const keeps = Math.floor(mask / 2 ** index) % 2 === 1
      if (keeps && one.position < least) return false
      before = keeps ? one : at(one.id, least)
      return true
    })
    const kept = mask.toString(2).replaceAll('0', '').length
    if (holds) fewest = Math.min(fewest, wanted.length - kept)
  }
  return fewest
}
